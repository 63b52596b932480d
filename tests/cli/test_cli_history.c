/* What was recorded, over the commits of a real repository. The sessions are made by hand
 * and put into the store by its own means; one test lets pawl record. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/json.h"
#include "gate/base/str.h"
#include "gate/store/store.h"
#include "runners/machine_fact.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

enum {
    COMMITS = 24,
    STEP = 12 /* the first commit that is slower */
};

static void add_row(struct session *session,
                    const char *bench,
                    enum metric metric,
                    bool is_judged,
                    double value)
{
    *array_push(&session->head.rows) = (struct session_row){
        .bench_id = xstrdup(bench),
        .metric = metric,
        .is_judged = is_judged,
        .run_count = 15,
        .median = value,
        .low = value * 0.99,
        .high = value * 1.01,
        .spread = 0.01,
        .change = (double)NAN,
        .change_low = (double)NAN,
        .change_high = (double)NAN,
    };
}

static void make_session(const char *commit, size_t number, struct session *out)
{
    double wobble = 1 + 0.003 * (double)(number * 7 % 5);
    *out = (struct session){ .pawl_version = xstrdup("0.1.0"),
                             .command = xstrdup("run"),
                             .recorded_at =
                                 str_format("2026-02-%02zuT12:00:00Z", number + 1),
                             .toolchain = xstrdup("cc (made up) 12.2.0"),
                             .config_hash = xstrdup(commit) };
    out->machine = (struct machine){ .cpu_model = xstrdup("made up"),
                                     .cpus_online = 2,
                                     .microcode = xstrdup(""),
                                     .kernel = xstrdup("6.1.0"),
                                     .governor = xstrdup(""),
                                     .virtualisation = xstrdup(""),
                                     .image = xstrdup(""),
                                     .libc = xstrdup("") };
    machine_class_of(&out->machine, out->toolchain, machine_facts_default(),
                     &out->machine_class);
    out->head.commit = xstrdup(commit);
    out->head.tree = xstrdup(commit);
    out->head.subject = str_format("change %zu", number);
    out->head.committed_s = 1769904000 + (int64_t)number * 86400; /* 2026-02-01 */
    add_row(out, "list[n=1000]", METRIC_CPU, true,
            0.003 * wobble * (number < STEP ? 1 : 1.1));
    add_row(out, "list[n=1000]", METRIC_WALL, true, 0.004 * wobble);
    add_row(out, "list[n=1000]", METRIC_PEAK_RSS, false, 1e6 * wobble);
    add_row(out, "load", METRIC_CPU, true, 0.5 * wobble);
    session_side_sort(&out->head);
}

/* The name of the class that they are of, the caller's. */
static char *record(struct sandbox *sandbox, const struct strvec *commits)
{
    AUTO_STORE struct store *store =
        store_open_directory(sandbox_file(sandbox, "project/baselines"));
    char *class_name = NULL;
    for (size_t i = 0; i < commits->count; i++) {
        AUTO_SESSION struct session session = { 0 };
        struct error err = { 0 };
        make_session(commits->items[i], i, &session);
        if (store_add(store, &session, NULL, &err) < 0)
            fail_msg("%s", err.message);
        free(class_name);
        class_name = xstrdup(session.machine_class.name);
    }
    return class_name;
}

/* A repository with so many commits, the first with the config; their ids, oldest first.
 */
static void
make_commits(struct sandbox *sandbox, size_t count, const char *top, struct strvec *out)
{
    const struct gate_config config = { .top = top };
    char id[REPOSITORY_ID_SIZE];
    repository_make(sandbox, "project");
    gate_write_config(sandbox, &config);
    repository_commit_all(sandbox, "project", "change 0", id);
    strvec_push(out, id);
    for (size_t i = 1; i < count; i++) {
        repository_git(sandbox, "project", "commit -q --allow-empty -m 'change %zu'", i);
        repository_id(sandbox, "project", "HEAD", id);
        strvec_push(out, id);
    }
}

/* The usual repository, all commits recorded; the class. */
static char *make_history(struct sandbox *sandbox, struct strvec *commits)
{
    make_commits(sandbox, COMMITS, "", commits);
    return record(sandbox, commits);
}

static void assert_contains_commit(const char *text, const char *format, const char *id)
{
    AUTO_FREE char *shown = xstrndup(id, 10);
    AUTO_STR struct str part = STR_INIT;
    for (; *format; format++) {
        if (*format == '@')
            str_add(&part, shown);
        else
            str_add_char(&part, *format);
    }
    assert_contains(text, part.data);
}

static void a_row_is_shown_with_the_commits_around_its_change(void **state)
{
    AUTO_STRVEC struct strvec commits = { 0 };
    AUTO_FREE char *class_name = make_history(*state, &commits);
    struct outcome outcome =
        pawl_exits(*state, 0, "history --class %s 'list[n=1000]'", class_name);
    assert_contains(outcome.out, "list[n=1000] cpu\n24 sessions of 24 commits");
    assert_contains(outcome.out, "1  +10.");
    assert_contains_commit(outcome.out, "last before  @  2026-02-12  change 11\n",
                           commits.items[STEP - 1]);
    assert_contains_commit(outcome.out, "first after  @  2026-02-13  change 12\n",
                           commits.items[STEP]);
    assert_string_equal(outcome.err, "");
    outcome_clear(&outcome);

    outcome = pawl_exits(*state, 0, "history --class %s 'list[n=1000] wall'", class_name);
    assert_contains(outcome.out, "list[n=1000] wall\n");
    assert_contains(outcome.out, "No change was found.");
    outcome_clear(&outcome);
}

static void all_rows_are_the_judged_ones_the_largest_change_first(void **state)
{
    AUTO_STRVEC struct strvec commits = { 0 };
    AUTO_FREE char *class_name = make_history(*state, &commits);
    struct outcome all = pawl_exits(*state, 0, "history --class %s --all", class_name);
    struct outcome bare = pawl_exits(*state, 0, "history --class %s", class_name);
    struct outcome some =
        pawl_exits(*state, 0, "history --class %s 'l*' -m peak_rss", class_name);
    assert_string_equal(all.out, bare.out);
    assert_contains(all.out, "1 of 3 rows changed, in 24 sessions of 24 commits");
    assert_contains(all.out, "\n\n+10.");
    assert_contains(all.out, "list[n=1000] wall");
    assert_lacks(all.out, "peak_rss");
    assert_contains(some.out, "list[n=1000] peak_rss");
    outcome_clear(&all);
    outcome_clear(&bare);
    outcome_clear(&some);
}

static void json_and_svg_are_the_same_each_time(void **state)
{
    struct sandbox *sandbox = *state;
    AUTO_STRVEC struct strvec commits = { 0 };
    AUTO_FREE char *class_name = make_history(sandbox, &commits);
    struct error err = { 0 };
    struct outcome one = pawl_exits(
        sandbox, 0, "history --class %s 'list[n=1000]' --json --svg a.svg", class_name);
    struct outcome two = pawl_exits(
        sandbox, 0, "history --class %s 'list[n=1000]' --json --svg b.svg", class_name);
    assert_string_equal(one.out, two.out);
    sandbox_must(sandbox, "cmp project/a.svg project/b.svg");
    AUTO_FREE char *svg = sandbox_read(sandbox, "project/a.svg");
    assert_contains(svg, "<title id=\"title\">History of list[n=1000] cpu</title>");
    AUTO_JSON json_t *json = json_read_text(one.out, "stdout", ERROR_USAGE, &err);
    assert_non_null(json);
    json_t *row = json_array_get(json_object_get(json, "rows"), 0);
    json_t *change = json_array_get(json_object_get(row, "changes"), 0);
    assert_string_equal(json_string_value(json_object_get(json, "schema")),
                        "pawl-history/1");
    assert_string_equal(json_string_value(json_object_get(change, "first_after")),
                        commits.items[STEP]);
    outcome_clear(&one);
    outcome_clear(&two);
}

/* First parents alone, unless all are asked for; --since by commit and by day. */
static void sessions_outside_of_the_history_are_left_out_and_counted(void **state)
{
    struct sandbox *sandbox = *state;
    AUTO_STRVEC struct strvec commits = { 0 };
    char id[REPOSITORY_ID_SIZE];
    make_commits(sandbox, 4, "", &commits);
    repository_git(sandbox, "project", "checkout -q -b side HEAD~1");
    repository_git(sandbox, "project", "commit -q --allow-empty -m side");
    repository_id(sandbox, "project", "HEAD", id);
    strvec_push(&commits, id);
    repository_git(sandbox, "project", "checkout -q main");
    repository_git(sandbox, "project", "merge -q --no-ff -m merge side");
    AUTO_FREE char *class_name = record(sandbox, &commits);

    struct outcome first = pawl_exits(sandbox, 0, "history --class %s load", class_name);
    struct outcome whole =
        pawl_exits(sandbox, 0, "history --class %s load --all-parents", class_name);
    struct outcome since =
        pawl_exits(sandbox, 0, "history --class %s load --since HEAD~2", class_name);
    struct outcome day =
        pawl_exits(sandbox, 0, "history --class %s load --since 2026-02-04", class_name);
    assert_contains(first.out, "4 sessions of 4 commits");
    assert_contains(first.out,
                    "1 measurement of commits outside of this history left out\n");
    assert_contains(whole.out, "5 sessions of 5 commits");
    assert_lacks(whole.out, "left out");
    assert_contains(since.out, "2 sessions of 2 commits");
    assert_contains(since.out, "2 measurements from before --since left");
    assert_contains(day.out, "1 session of 1 commit");
    assert_contains(day.out, "One commit is no trend yet.");
    outcome_clear(&first);
    outcome_clear(&whole);
    outcome_clear(&since);
    outcome_clear(&day);
}

static void creep_since_the_configs_anchor_is_shown(void **state)
{
    struct sandbox *sandbox = *state;
    AUTO_STRVEC struct strvec commits = { 0 };
    make_commits(sandbox, COMMITS, "\"anchor\": \"v1.0\",", &commits);
    AUTO_FREE char *class_name = record(sandbox, &commits);
    struct outcome without =
        pawl_exits(sandbox, 0, "history --class %s load", class_name);
    repository_git(sandbox, "project", "tag v1.0 HEAD~23");
    struct outcome with =
        pawl_exits(sandbox, 0, "history --class %s 'list[n=1000]'", class_name);
    assert_contains(without.err, "the anchor: ");
    assert_contains(with.out, " since the anchor 'v1.0'");
    outcome_clear(&without);
    outcome_clear(&with);
}

static void names_that_there_are_not_are_refused_with_the_nearest(void **state)
{
    struct sandbox *sandbox = *state;
    AUTO_STRVEC struct strvec commits = { 0 };
    AUTO_FREE char *class_name = make_history(sandbox, &commits);
    AUTO_FREE char *row = str_format("history --class %s laod", class_name);
    AUTO_FREE char *far = str_format("history --class %s 'x*'", class_name);
    AUTO_FREE char *metric = str_format("history --class %s load -m wall", class_name);
    AUTO_FREE char *since = str_format("history --class %s --since nosuch", class_name);
    pawl_refuses(sandbox, 2, "no recorded row matches 'laod', did you mean 'load'?", row);
    pawl_refuses(sandbox, 2,
                 "no recorded row matches 'x*' (there are: list[n=1000], load)", far);
    pawl_refuses(sandbox, 2, "--metric: 'wall' was not recorded for load", metric);
    pawl_refuses(sandbox, 2, "--metric: there is no metric 'cpuu', did you mean 'cpu'?",
                 "history -m cpuu");
    struct outcome outcome = pawl_exits(sandbox, 2, "%s", since);
    assert_contains(outcome.err, "--since takes a day of the calendar such as "
                                 "\"2027-01-31\", or a commit: ");
    outcome_clear(&outcome);
    pawl_must_exit(sandbox, 2, "history --since 2026-02-30");
    pawl_must_exit(sandbox, 2, "history load --all");
    pawl_must_exit(sandbox, 2, "history --svg x.svg");
}

static void classes_are_named_where_none_fits(void **state)
{
    struct sandbox *sandbox = *state;
    AUTO_STRVEC struct strvec commits = { 0 };
    AUTO_FREE char *class_name = make_history(sandbox, &commits);
    AUTO_FREE char *there = str_format("there are '%s' (24 sessions)", class_name);
    struct outcome other = pawl_exits(sandbox, 2, "history --class other load");
    struct outcome here = pawl_exits(sandbox, 2, "history load");
    assert_contains(other.err, "--class: there is no session of 'other' in baselines; ");
    assert_contains(other.err, there);
    assert_contains(here.err, "there is no session of this machine's class '");
    assert_contains(here.err, there);
    outcome_clear(&other);
    outcome_clear(&here);
}

static void nothing_recorded_is_said_and_exits_with_3(void **state)
{
    struct sandbox *sandbox = *state;
    AUTO_STRVEC struct strvec commits = { 0 };
    make_commits(sandbox, 1, "", &commits);
    const char *message = "no session is recorded in baselines: 'pawl run --record' and "
                          "'pawl check --record' keep what they measure";
    pawl_refuses(sandbox, 3, message, "history");
    sandbox_must(sandbox, "mkdir project/baselines");
    pawl_refuses(sandbox, 3, message, "history load");
}

/* One bad file costs a warning, all bad files the history. */
static void damaged_sessions_are_named(void **state)
{
    struct sandbox *sandbox = *state;
    AUTO_STRVEC struct strvec commits = { 0 };
    make_commits(sandbox, 2, "", &commits);
    AUTO_FREE char *class_name = record(sandbox, &commits);
    sandbox_must(sandbox, "truncate -s 99 project/baselines/*/2026-02/%.12s-*.json",
                 commits.items[0]);
    struct outcome one = pawl_exits(sandbox, 0, "history --class %s load", class_name);
    assert_contains(one.err, ": not read");
    assert_contains(one.out, "1 session of 1 commit");
    outcome_clear(&one);
    sandbox_must(sandbox, "truncate -s 99 project/baselines/*/2026-02/*.json");
    struct outcome all = pawl_exits(sandbox, 3, "history --class %s load", class_name);
    assert_contains(all.err, "none of the sessions of '");
    assert_contains(all.err, "can be read: ");
    outcome_clear(&all);
}

static void what_pawl_records_here_is_of_this_machines_class(void **state)
{
    struct sandbox *sandbox = *state;
    gate_two_commits(sandbox, 1, 1);
    pawl_must_exit(sandbox, 0, "run --record -q");
    struct outcome outcome = pawl_exits(sandbox, 0, "history spin");
    assert_contains(outcome.out, "\n1 session of 1 commit");
    assert_contains(outcome.out, "One commit is no trend yet.");
    outcome_clear(&outcome);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_row_is_shown_with_the_commits_around_its_change),
        TEST(all_rows_are_the_judged_ones_the_largest_change_first),
        TEST(json_and_svg_are_the_same_each_time),
        TEST(sessions_outside_of_the_history_are_left_out_and_counted),
        TEST(creep_since_the_configs_anchor_is_shown),
        TEST(names_that_there_are_not_are_refused_with_the_nearest),
        TEST(classes_are_named_where_none_fits),
        TEST(nothing_recorded_is_said_and_exits_with_3),
        TEST(damaged_sessions_are_named),
        TEST(what_pawl_records_here_is_of_this_machines_class),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
