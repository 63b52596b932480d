/* How goals moved, in every report. */
#include <math.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/report/goal_phrase.h"
#include "gate/report/report.h"
#include "sample.h"
#include "tests/support/check.h"

static struct goal_trend *make_trend(size_t sessions, double first, double within)
{
    struct goal_trend *trend = xcalloc(1, sizeof *trend);
    *trend = (struct goal_trend){ .session_count = sessions,
                                  .since = xstrdup("2026-08-02T10:11:12Z"),
                                  .first = first,
                                  .within = within };
    return trend;
}

static struct goal_result *add_goal(struct result *result,
                                    enum metric metric,
                                    double limit,
                                    double value,
                                    struct goal_trend *trend)
{
    double room = metric_info(metric)->larger_is_better ? value - limit : limit - value;
    struct goal_result *goal = array_push(&result->goals);
    *goal = (struct goal_result){ .bench_id = xstrdup("list[n=1000]"),
                                  .label = xstrdup(metric_name(metric)),
                                  .metric = metric,
                                  .limit = limit,
                                  .value = value,
                                  .low = value,
                                  .high = value,
                                  .run_count = 40,
                                  .outcome = room < 0 ? GOAL_MISSED : GOAL_MET,
                                  .trend = trend };
    return goal;
}

static void
check_phrase(enum metric metric, double value, struct goal_trend *trend, const char *want)
{
    AUTO(result_clear) struct result result = { 0 };
    AUTO_STR struct str out = STR_INIT;
    goal_add_trend(&out, add_goal(&result, metric, 0.5, value, trend));
    assert_string_equal(out.data, want);
}

static void movement_is_told_with_what_is_left(void **state)
{
    (void)state;
    check_phrase(
        METRIC_WALL, 0.540, make_trend(14, 0.612, 0.03),
        "612 ms in the first of 14 sessions (2026-08-02), 540 ms now, 40.0 ms to "
        "go");
    check_phrase(
        METRIC_WALL, 0.440, make_trend(14, 0.612, 0.03),
        "612 ms in the first of 14 sessions (2026-08-02), 440 ms now, 60.0 ms of "
        "room");
}

static void the_wrong_way_is_said_to_be_worse(void **state)
{
    (void)state;
    check_phrase(METRIC_WALL, 0.540, make_trend(3, 0.470, 0.03),
                 "470 ms in the first of 3 sessions (2026-08-02), 540 ms now: it got "
                 "worse, 40.0 ms to go");
}

static void what_is_within_the_spread_is_no_trend(void **state)
{
    (void)state;
    check_phrase(METRIC_WALL, 0.540, make_trend(5, 0.550, 0.03),
                 "550 ms in the first of 5 sessions (2026-08-02), 540 ms now: no more "
                 "apart than sessions differ (30.0 ms), 40.0 ms to go");
}

static void few_sessions_tell_no_trend(void **state)
{
    (void)state;
    check_phrase(METRIC_WALL, 0.540, make_trend(2, 0.9, (double)NAN),
                 "2 sessions tell no trend, 40.0 ms to go");
    check_phrase(METRIC_WALL, 0.440, make_trend(1, 0.9, (double)NAN),
                 "1 session tells no trend, 60.0 ms of room");
    check_phrase(METRIC_WALL, 0.540, NULL, "");
}

static void more_is_better_for_throughput(void **state)
{
    AUTO(result_clear) struct result result = { 0 };
    AUTO_STR struct str out = STR_INIT;
    (void)state;
    struct goal_result *goal =
        add_goal(&result, METRIC_THROUGHPUT, 200, 150, make_trend(9, 180, 5));

    goal_add_trend(&out, goal);

    assert_contains(out.data, " now: it got worse, ");
    assert_contains(out.data, " to go");
    assert_close(goal_room(goal), -50, 0);
    assert_close(goal_room_share(goal), -0.25, 1e-12);
}

static char *render(const struct result *result, const char *format)
{
    struct str out = STR_INIT;
    report_find_writer(format)->write(result, &out);
    return str_detach(&out);
}

static void fill(struct result *result)
{
    sample_pass(result);
    add_goal(result, METRIC_WALL, 0.5, 0.54, make_trend(14, 0.612, 0.03));
    add_goal(result, METRIC_CPU, 0.5, 0.44, make_trend(14, 0.612, 0.03));
    add_goal(result, METRIC_PEAK_RSS, 4e6, 1e6, NULL);
}

static void every_goal_with_a_trend_shows_it(void **state)
{
    AUTO(result_clear) struct result result = { 0 };
    (void)state;
    fill(&result);

    AUTO_FREE char *terminal = render(&result, "terminal");
    AUTO_FREE char *markdown = render(&result, "markdown");

    assert_contains(terminal, "612 ms in the first of 14 sessions (2026-08-02), 540 ms");
    assert_contains(terminal, "goal met           list[n=1000] cpu");
    assert_contains(terminal, "60.0 ms of room");
    assert_contains(terminal, "2 of 3 goals met; the least room: 60.0 ms (12 %) at "
                              "list[n=1000] cpu\n");
    assert_contains(markdown, "540 ms now, 40.0 ms to go");
    assert_contains(markdown, "440 ms now, 60.0 ms of room");
}

static void hostile_days_are_shown_clean(void **state)
{
    AUTO(result_clear) struct result result = { 0 };
    (void)state;
    fill(&result);
    sample_set(&result.goals.items[0].trend->since, "\033[31m<b>");

    AUTO_FREE char *terminal = render(&result, "terminal");
    AUTO_FREE char *markdown = render(&result, "markdown");

    assert_lacks(terminal, "\033");
    assert_lacks(markdown, "\033");
    assert_lacks(markdown, "<b>");
}

static void trends_are_read_again_and_need_not_be_there(void **state)
{
    AUTO(result_clear) struct result result = { 0 };
    AUTO(result_clear) struct result again = { 0 };
    struct error err = { 0 };
    (void)state;
    fill(&result);
    json_t *json = report_json(&result);

    assert_int_equal(report_json_read(json, &again, &err), 0);

    json_decref(json);
    assert_int_equal(again.goals.items[0].trend->session_count, 14);
    assert_string_equal(again.goals.items[0].trend->since, "2026-08-02T10:11:12Z");
    assert_close(again.goals.items[0].trend->first, 0.612, 0);
    assert_close(again.goals.items[0].trend->within, 0.03, 0);
    assert_null(again.goals.items[2].trend);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(movement_is_told_with_what_is_left),
        cmocka_unit_test(the_wrong_way_is_said_to_be_worse),
        cmocka_unit_test(what_is_within_the_spread_is_no_trend),
        cmocka_unit_test(few_sessions_tell_no_trend),
        cmocka_unit_test(more_is_better_for_throughput),
        cmocka_unit_test(every_goal_with_a_trend_shows_it),
        cmocka_unit_test(hostile_days_are_shown_clean),
        cmocka_unit_test(trends_are_read_again_and_need_not_be_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
