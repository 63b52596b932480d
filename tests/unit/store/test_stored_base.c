/* Which stored sessions stand for base. */
#include <stdio.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/store/stored_base.h"
#include "tests/support/check.h"

/* date -u -d 2026-11-26T12:00:00Z +%s */
#define NOW_S INT64_C(1795694400)

/* base is "0", the commit before it "1", and so on down to "9". */
static struct strvec history(void)
{
    struct strvec commits = { 0 };
    for (int i = 0; i < 10; i++)
        strvec_pushf(&commits, "%d", i);
    return commits;
}

static struct session_row row_of(double median, double change)
{
    return (struct session_row){ .bench_id = xstrdup("list"),
                                 .metric = METRIC_CPU,
                                 .run_count = 10,
                                 .median = median,
                                 .change = change,
                                 .change_low = change - 0.001,
                                 .change_high = change + 0.001 };
}

/* A session of `pawl run`. */
static void
add_run(struct sessions *sessions, const char *commit, const char *day, double median)
{
    struct session *session = array_push(sessions);
    session->recorded_at = str_format("2026-11-%sT12:00:00Z", day);
    session->head.commit = xstrdup(commit);
    *array_push(&session->head.rows) = row_of(median, 0);
}

/* A session of a check, whose head differs from its base by the change. */
static void add_check(struct sessions *sessions,
                      const char *commit,
                      const char *base,
                      const char *day,
                      double change)
{
    add_run(sessions, commit, day, 1 + change);
    struct session *session = &sessions->items[sessions->count - 1];
    session->head.rows.items[0].change = change;
    session->head.rows.items[0].change_low = change - 0.001;
    session->head.rows.items[0].change_high = change + 0.001;
    session->base = xcalloc(1, sizeof *session->base);
    session->base->commit = xstrdup(base);
    *array_push(&session->base->rows) = row_of(1, 0);
}

/* "commit:median" of what is picked, with '!' behind stale ones; then "since X". */
static char *picked(const struct sessions *sessions, const struct stale_limits *limits)
{
    AUTO_STORED_BASE struct stored_base base = { 0 };
    AUTO_STORED_PICKS struct stored_picks picks = { 0 };
    AUTO_STRVEC struct strvec commits = history();
    const struct margin margin = { .is_gated = true, .share = 0.02 };
    struct str text = STR_INIT;
    stored_base_of(sessions, &commits, NOW_S, &base);
    stored_base_pick(&base, limits, "list", METRIC_CPU, &margin, &picks);
    for (size_t i = 0; i < picks.count; i++)
        str_addf(&text, "%s%s:%g%s", i ? " " : "", picks.items[i].from->side->commit,
                 picks.items[i].row->median, picks.items[i].is_stale ? "!" : "");
    if (picks.since)
        str_addf(&text, " since %s", picks.since);
    return str_detach(&text);
}

static const struct stale_limits usual = { .commits = 50, .age_s = 30 * 86400 };

static void assert_picked(struct sessions *sessions,
                          const struct stale_limits *limits,
                          const char *want)
{
    char *got = picked(sessions, limits);
    assert_string_equal(got, want);
    free(got);
    sessions_clear(sessions);
}

static void nearest_and_newest_come_first(void **state)
{
    (void)state;
    struct sessions sessions = { 0 };
    add_run(&sessions, "3", "20", 3);
    add_run(&sessions, "0", "21", 1);
    add_run(&sessions, "0", "22", 2);
    add_run(&sessions, "elsewhere", "22", 9);

    assert_picked(&sessions, &usual, "0:2 0:1 3:3");
}

static void session_gives_one_value_that_of_the_nearer_commit(void **state)
{
    (void)state;
    struct sessions sessions = { 0 };
    add_check(&sessions, "2", "3", "20", 0.001);
    add_check(&sessions, "elsewhere", "1", "20", 0.5);

    assert_picked(&sessions, &usual, "1:1 2:1.001");
}

static void what_came_before_a_known_change_is_left_out(void **state)
{
    (void)state;
    struct sessions sessions = { 0 };
    add_run(&sessions, "0", "22", 1.2);
    add_check(&sessions, "2", "3", "20", 0.2);
    add_run(&sessions, "3", "20", 1);
    add_run(&sessions, "5", "20", 1);

    assert_picked(&sessions, &usual, "0:1.2 2:1.2 since 2");
}

static void change_that_is_too_small_to_matter_is_none(void **state)
{
    (void)state;
    struct sessions sessions = { 0 };
    add_check(&sessions, "2", "3", "20", 0.0099);
    add_run(&sessions, "3", "20", 1);

    assert_picked(&sessions, &usual, "2:1.0099 3:1");
}

static void stale_ones_fill_up_to_five(void **state)
{
    (void)state;
    struct sessions sessions = { 0 };
    const struct stale_limits narrow = { .commits = 2, .age_s = 10 * 86400 };
    add_run(&sessions, "0", "22", 1);
    add_run(&sessions, "1", "22", 2);
    add_run(&sessions, "1", "02", 3);
    add_run(&sessions, "4", "22", 4);
    add_run(&sessions, "6", "22", 5);
    add_run(&sessions, "7", "22", 6);

    assert_picked(&sessions, &narrow, "0:1 1:2 1:3! 4:4! 6:5!");
}

static void with_five_fresh_ones_no_stale_one_is_used(void **state)
{
    (void)state;
    struct sessions sessions = { 0 };
    const struct stale_limits narrow = { .commits = 2, .age_s = 10 * 86400 };
    for (int i = 0; i < 5; i++)
        add_run(&sessions, "1", "22", 1);
    add_run(&sessions, "7", "22", 6);

    assert_picked(&sessions, &narrow, "1:1 1:1 1:1 1:1 1:1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nearest_and_newest_come_first),
        cmocka_unit_test(session_gives_one_value_that_of_the_nearer_commit),
        cmocka_unit_test(what_came_before_a_known_change_is_left_out),
        cmocka_unit_test(change_that_is_too_small_to_matter_is_none),
        cmocka_unit_test(stale_ones_fill_up_to_five),
        cmocka_unit_test(with_five_fresh_ones_no_stale_one_is_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
