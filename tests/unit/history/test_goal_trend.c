#include <math.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/history/goal_trend.h"
#include "tests/support/check.h"
#include "tests/unit/history/fixture.h"

#define BASE 40 /* the number of base's commit; the history begins at 0 */

/* A goal of so many seconds, and its trend over what was made. */
static void judge(struct made_history *made,
                  const char *label,
                  enum goal_outcome outcome,
                  double now,
                  struct result *result)
{
    AUTO_STRVEC struct strvec commits = { 0 };
    AUTO_STORED_BASE struct stored_base base = { 0 };
    for (size_t i = BASE + 1; i-- > 0;) {
        char id[41];
        made_commit_id(i, id);
        strvec_push(&commits, id);
    }
    *array_push(&result->goals) = (struct goal_result){ .bench_id = xstrdup("list"),
                                                        .label = xstrdup(label),
                                                        .metric = METRIC_CPU,
                                                        .limit = 0.5,
                                                        .value = now,
                                                        .outcome = outcome };
    stored_base_of(&made->sessions, &commits, INT64_C(1900000000), &base);
    goal_trends_add(&base, result);
    made_clear(made);
}

static const struct goal_trend *trend_of(const struct result *result)
{
    return result->goals.items[0].trend;
}

static void sessions_are_taken_in_the_order_of_their_commits(void **state)
{
    static const double values[] = { 0.612, 0.605, 0.598, 0.570, 0.566 };
    static const size_t order[] = { 3, 0, 4, 2, 1 };
    AUTO(result_clear) struct result result = { 0 };
    struct made_history made = { 0 };
    (void)state;
    for (size_t i = 0; i < 5; i++)
        made_add(&made, 30 + order[i], values[order[i]]);
    made_add(&made, BASE + 1, 9);

    judge(&made, "cpu", GOAL_MISSED, 0.540, &result);

    assert_int_equal(trend_of(&result)->session_count, 5);
    assert_string_equal(trend_of(&result)->since, "2026-11-26T21:14:00Z");
    assert_close(trend_of(&result)->first, 0.612, 0);
    /* tests/data/goal_trend.R */
    assert_close(trend_of(&result)->within, 0.03038, 1e-9);
    assert_true(goal_trend_is_movement(trend_of(&result), 0.540));
    assert_false(goal_trend_is_movement(trend_of(&result), 0.582));
}

static void two_sessions_tell_no_trend(void **state)
{
    AUTO(result_clear) struct result result = { 0 };
    struct made_history made = { 0 };
    (void)state;
    made_add(&made, 1, 0.9);
    made_add(&made, 2, 0.8);

    judge(&made, "cpu", GOAL_MISSED, 0.6, &result);

    assert_int_equal(trend_of(&result)->session_count, 2);
    assert_true(isnan(trend_of(&result)->within));
    assert_false(goal_trend_is_movement(trend_of(&result), 0.6));
}

static void a_step_of_what_repeats_is_movement(void **state)
{
    AUTO(result_clear) struct result result = { 0 };
    struct made_history made = { 0 };
    (void)state;
    for (size_t i = 0; i < 3; i++)
        made_add(&made, i, 0.9);

    judge(&made, "cpu", GOAL_MISSED, 0.6, &result);

    assert_close(trend_of(&result)->within, 0, 0);
    assert_true(goal_trend_is_movement(trend_of(&result), 0.6));
    assert_false(goal_trend_is_movement(trend_of(&result), 0.9));
}

static void only_the_latest_sessions_count(void **state)
{
    AUTO(result_clear) struct result result = { 0 };
    struct made_history made = { 0 };
    (void)state;
    for (size_t i = 0; i <= BASE; i++)
        made_add(&made, i, 1 - 0.01 * (double)i);

    judge(&made, "cpu", GOAL_MISSED, 0.6, &result);

    assert_int_equal(trend_of(&result)->session_count, GOAL_TREND_MOST);
    assert_close(trend_of(&result)->first, 1 - 0.01 * (BASE + 1 - GOAL_TREND_MOST),
                 1e-12);
}

static void what_sessions_do_not_hold_has_no_trend(void **state)
{
    static const struct {
        const char *label;
        enum goal_outcome outcome;
        double now;
    } cases[] = {
        { "cpu_p95", GOAL_MISSED, 0.6 },
        { "cpu", GOAL_ELSEWHERE, 0.6 },
        { "cpu", GOAL_CANNOT_TELL, (double)NAN },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        AUTO(result_clear) struct result result = { 0 };
        struct made_history made = { 0 };
        made_add(&made, 1, 0.9);
        judge(&made, cases[i].label, cases[i].outcome, cases[i].now, &result);
        assert_null(trend_of(&result));
    }
}

static void sessions_of_other_commits_and_benches_tell_nothing(void **state)
{
    AUTO(result_clear) struct result result = { 0 };
    struct made_history made = { 0 };
    (void)state;
    made_add(&made, BASE + 7, 0.9);
    struct session_side *side = made_add(&made, 3, 0.9);
    side->rows.items[0].metric = METRIC_WALL;

    judge(&made, "cpu", GOAL_MISSED, 0.6, &result);

    assert_null(trend_of(&result));
}

/* The sum of twelve uniform numbers, less 6. */
static double noise(uint64_t series, uint64_t i)
{
    double sum = -6;
    for (uint64_t j = 0; j < 12; j++)
        sum += (double)(random_at(series, i, j) >> 11) * 0x1p-53;
    return sum;
}

static void flat_series_are_seldom_said_to_move(void **state)
{
    enum {
        SERIES = 2000
    };
    static const size_t counts[] = { 4, 8, 31 };
    (void)state;
    for (size_t c = 0; c < sizeof counts / sizeof counts[0]; c++) {
        size_t false_claims = 0;
        for (uint64_t series = 0; series < SERIES; series++) {
            double values[31];
            for (size_t i = 0; i < counts[c]; i++)
                values[i] = 10 + noise(series, i);
            false_claims += fabs(values[counts[c] - 1] - values[0]) >
                            goal_trend_within(values, counts[c]);
        }
        /* 5 % and three standard errors of it */
        assert_in_range(false_claims, SERIES / 100, SERIES * 65 / 1000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sessions_are_taken_in_the_order_of_their_commits),
        cmocka_unit_test(two_sessions_tell_no_trend),
        cmocka_unit_test(a_step_of_what_repeats_is_movement),
        cmocka_unit_test(only_the_latest_sessions_count),
        cmocka_unit_test(what_sessions_do_not_hold_has_no_trend),
        cmocka_unit_test(sessions_of_other_commits_and_benches_tell_nothing),
        cmocka_unit_test(flat_series_are_seldom_said_to_move),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
