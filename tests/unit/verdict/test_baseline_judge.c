/* Rows held against stored sessions. */
#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/verdict/baseline_judge.h"
#include "tests/support/check.h"

static const struct margin two_percent = { .is_gated = true, .share = 0.02 };

/* A result with one bench of one judged row. */
static struct row *add_row(struct result *result, const char *id, enum metric metric)
{
    array_push(&result->benches)->id = xstrdup(id);
    struct row *row = array_push(&result->rows);
    *row = (struct row){ .bench_id = xstrdup(id),
                         .metric = metric,
                         .is_judged = true,
                         .reason = xstrdup("") };
    return row;
}

static struct baseline_value value_of(double median)
{
    return (struct baseline_value){ .median = median, .run_count = 40, .spread = 0.01 };
}

/* Medians of so many days, in ms. */
static const double days[] = { 12.1, 12.2, 12.0, 12.15, 12.05, 12.1, 12.2 };

static void hold(struct row *row, const double *medians, size_t count, double head)
{
    struct baseline_value stored[8];
    for (size_t i = 0; i < count; i++)
        stored[i] = value_of(medians[i]);
    struct baseline_value measured = value_of(head);
    baseline_fill(&two_percent, stored, count, &measured, row);
}

static const char *verdict_against(size_t count, double head)
{
    struct result result = { 0 };
    hold(add_row(&result, "b", METRIC_CPU), days, count, head);
    baseline_settle(0.01, 0.05, &result);
    const char *verdict = verdict_name(result.rows.items[0].verdict);
    result_clear(&result);
    return verdict;
}

static void change_beyond_the_spread_between_days_is_called(void **state)
{
    (void)state;
    assert_string_equal(verdict_against(5, 12.1), "ok");
    assert_string_equal(verdict_against(5, 12.35), "inconclusive");
    assert_string_equal(verdict_against(5, 13.5), "regressed");
    assert_string_equal(verdict_against(5, 10.9), "improved");
}

static void fewer_than_five_sessions_decide_nothing(void **state)
{
    (void)state;
    for (size_t count = 0; count < 5; count++)
        assert_string_equal(verdict_against(count, 1000), "inconclusive");
    struct result result = { 0 };
    struct row *row = add_row(&result, "b", METRIC_CPU);
    hold(row, days, 4, 13.5);

    assert_string_equal(row->reason, "4 stored sessions of base or before it can be "
                                     "compared with, and 5 are needed");
    assert_close(row->head_median, 13.5, 1e-12);
    result_clear(&result);
}

/* R: y <- log(days[1:5]); x <- log(13.5); d <- x - mean(y); se <- sd(y) * sqrt(1.2);
 * expm1(d), expm1(d - qt(.975, 4) * se), expm1(d + qt(.975, 4) * se), exp(mean(y)),
 * pt((d - log(1.02)) / se, 4, lower = FALSE) */
static void figures_are_those_of_the_prediction_interval(void **state)
{
    (void)state;
    struct result result = { 0 };
    struct row *row = add_row(&result, "b", METRIC_CPU);

    hold(row, days, 5, 13.5);

    assert_close(row->change, 0.115721531049681, 1e-12);
    assert_close(row->change_low, 0.0937686340070895, 1e-12);
    assert_close(row->change_high, 0.138115042015162, 1e-12);
    assert_close(row->base_median, 12.099793384196, 1e-10);
    assert_close(row->p_regressed, 0.00011662285894123, 1e-12);
    assert_close(row->margin, 0.02, 1e-12);
    result_clear(&result);
}

static void several_rows_share_the_false_alarms(void **state)
{
    (void)state;
    struct result result = { 0 };
    hold(add_row(&result, "a", METRIC_CPU), days, 5, 12.1);
    hold(add_row(&result, "b", METRIC_CPU), days, 5, 12.85);
    hold(add_row(&result, "c", METRIC_CPU), days, 5, 12.1);
    double alone = result.rows.items[1].p_regressed;

    baseline_settle(0.01, 0.05, &result);

    assert_close(result.rows.items[1].p_regressed_holm, 3 * alone, 1e-12);
    result_clear(&result);
}

static void larger_may_be_better(void **state)
{
    (void)state;
    struct result result = { 0 };
    hold(add_row(&result, "slower", METRIC_THROUGHPUT), days, 5, 10.5);
    hold(add_row(&result, "faster", METRIC_THROUGHPUT), days, 5, 14.5);

    baseline_settle(0.01, 0.05, &result);

    assert_int_equal(result.rows.items[0].verdict, VERDICT_REGRESSED);
    assert_int_equal(result.rows.items[1].verdict, VERDICT_IMPROVED);
    result_clear(&result);
}

static void counts_that_always_repeat_are_compared_outright(void **state)
{
    (void)state;
    struct result result = { 0 };
    struct baseline_value stored[5];
    for (size_t i = 0; i < 5; i++)
        stored[i] = (struct baseline_value){ .median = 1000000, .run_count = 2 };
    const double heads[] = { 1019000, 1021000, 970000 };
    static const char *const ids[] = { "within", "beyond", "below" };
    for (size_t i = 0; i < 3; i++) {
        const struct baseline_value head = { .median = heads[i], .run_count = 2 };
        struct row *row = add_row(&result, ids[i], METRIC_INSTRUCTIONS);
        baseline_fill(&two_percent, stored, 5, &head, row);
    }

    baseline_settle(0.01, 0.05, &result);

    assert_true(result.rows.items[0].is_exact);
    assert_int_equal(result.rows.items[0].verdict, VERDICT_OK);
    assert_int_equal(result.rows.items[1].verdict, VERDICT_REGRESSED);
    assert_int_equal(result.rows.items[2].verdict, VERDICT_IMPROVED);
    assert_close(result.rows.items[1].change_high, 0.021, 2e-6);
    result_clear(&result);
}

static void absolute_floor_counts_where_it_is_larger(void **state)
{
    (void)state;
    struct result result = { 0 };
    const struct margin floor = { .is_gated = true, .share = 0.02, .floor = 2 };
    struct baseline_value stored[5];
    for (size_t i = 0; i < 5; i++)
        stored[i] = value_of(days[i]);
    const struct baseline_value head = value_of(13.5);
    struct row *row = add_row(&result, "b", METRIC_CPU);

    baseline_fill(&floor, stored, 5, &head, row);
    baseline_settle(0.01, 0.05, &result);

    assert_close(row->margin, 2 / 12.099793384196, 1e-10);
    assert_int_equal(row->verdict, VERDICT_OK);
    result_clear(&result);
}

static void wide_spread_says_what_it_could_find(void **state)
{
    (void)state;
    struct result result = { 0 };
    const double wild[] = { 10, 12, 14, 11, 13 };
    struct row *row = add_row(&result, "b", METRIC_CPU);
    hold(row, wild, 5, 14.5);

    baseline_settle(0.01, 0.05, &result);

    assert_int_equal(row->verdict, VERDICT_INCONCLUSIVE);
    assert_contains(row->reason, "the stored sessions differ by 13 % from each other");
    assert_contains(row->reason, "base and head measured together would tell more");
    assert_true(row->detection_limit > 0.5);
    result_clear(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(change_beyond_the_spread_between_days_is_called),
        cmocka_unit_test(fewer_than_five_sessions_decide_nothing),
        cmocka_unit_test(figures_are_those_of_the_prediction_interval),
        cmocka_unit_test(several_rows_share_the_false_alarms),
        cmocka_unit_test(larger_may_be_better),
        cmocka_unit_test(counts_that_always_repeat_are_compared_outright),
        cmocka_unit_test(absolute_floor_counts_where_it_is_larger),
        cmocka_unit_test(wide_spread_says_what_it_could_find),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
