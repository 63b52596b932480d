#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/verdict/judge.h"
#include "tests/support/check.h"

/* A result of one bench "list" whose row regressed by 5 %, measured again. */
static int setup(void **state)
{
    struct result *result = xcalloc(1, sizeof *result);
    *array_push(&result->benches) =
        (struct bench_result){ .id = xstrdup("list"), .verdict = VERDICT_REGRESSED };
    *array_push(&result->rows) = (struct row){ .bench_id = xstrdup("list"),
                                               .metric = METRIC_CPU,
                                               .is_judged = true,
                                               .verdict = VERDICT_REGRESSED,
                                               .reason = xstrdup(""),
                                               .pair_count = 12,
                                               .change = 0.05,
                                               .change_low = 0.04,
                                               .change_high = 0.06 };
    result->confirm = xcalloc(1, sizeof *result->confirm);
    *state = result;
    return 0;
}

static int teardown(void **state)
{
    result_clear(*state);
    free(*state);
    return 0;
}

static struct row *
measure_again(struct result *result, enum verdict verdict, const char *reason)
{
    struct row *row = array_push(&result->confirm->rows);
    *row = (struct row){ .bench_id = xstrdup("list"),
                         .metric = METRIC_CPU,
                         .is_judged = true,
                         .verdict = verdict,
                         .reason = xstrdup(reason),
                         .pair_count = 18,
                         .change = 0.01,
                         .change_low = -0.005,
                         .change_high = 0.025 };
    return row;
}

static void assert_settled(struct result *result, enum verdict want, const char *reason)
{
    const struct judge_policy policy = { 0 };
    judge_confirmation(result);
    judge_gate(&policy, result);
    assert_string_equal(verdict_name(result->rows.items[0].verdict), verdict_name(want));
    assert_string_equal(result->rows.items[0].reason, reason);
    assert_int_equal(result->benches.items[0].verdict, want);
    assert_int_equal(result->verdict, want);
}

static void regressed_twice_is_regressed(void **state)
{
    measure_again(*state, VERDICT_REGRESSED, "");

    assert_settled(
        *state, VERDICT_REGRESSED,
        "fresh builds showed it again: +1.0 % (-0.50 % .. +2.5 %) in 18 pairs");
}

static void regressed_and_then_ok_is_inconclusive(void **state)
{
    measure_again(*state, VERDICT_OK, "");

    assert_settled(*state, VERDICT_INCONCLUSIVE,
                   "regressed at first with +5.0 % (+4.0 % .. +6.0 %) in 12 pairs, but "
                   "fresh builds did not confirm it: +1.0 % (-0.50 % .. +2.5 %) in 18 "
                   "pairs, which is ok");
}

static void regressed_and_then_improved_is_inconclusive(void **state)
{
    struct result *result = *state;
    measure_again(result, VERDICT_IMPROVED, "");
    judge_confirmation(result);

    assert_int_equal(result->rows.items[0].verdict, VERDICT_INCONCLUSIVE);
    assert_contains(result->rows.items[0].reason, "which is improved");
}

static void regressed_and_then_undecided_says_what_would_decide(void **state)
{
    struct row *row = measure_again(*state, VERDICT_INCONCLUSIVE,
                                    "the time budget was spent: about 40 more pairs "
                                    "(2.00 s) would decide");
    row->change_low = (double)-INFINITY;
    row->change_high = (double)INFINITY;

    assert_settled(*state, VERDICT_INCONCLUSIVE,
                   "regressed at first with +5.0 % (+4.0 % .. +6.0 %) in 12 pairs, but "
                   "fresh builds did not confirm it: +1.0 % in 18 pairs; the time budget "
                   "was spent: about 40 more pairs (2.00 s) would decide");
}

static void second_measurement_that_fails_is_a_failure(void **state)
{
    measure_again(*state, VERDICT_FAILED, "head exited with 7");

    assert_settled(*state, VERDICT_FAILED,
                   "measuring it again with fresh builds failed: head exited with 7");
}

static void row_that_was_not_measured_again_is_no_longer_regressed(void **state)
{
    measure_again(*state, VERDICT_REGRESSED, "")->metric = METRIC_WALL;

    assert_settled(*state, VERDICT_INCONCLUSIVE,
                   "regressed at first with +5.0 % (+4.0 % .. +6.0 %) in 12 pairs, but "
                   "fresh builds did not confirm it");
}

static void p_values_of_the_first_measurement_are_kept(void **state)
{
    struct result *result = *state;
    result->rows.items[0].p_regressed_holm = 0.0001;
    measure_again(result, VERDICT_OK, "");
    judge_confirmation(result);

    assert_close(result->rows.items[0].p_regressed_holm, 0.0001, 0);
    assert_close(result->rows.items[0].change, 0.05, 0);
    assert_int_equal(result->rows.items[0].pair_count, 12);
}

static void other_rows_of_the_bench_keep_its_verdict(void **state)
{
    struct result *result = *state;
    *array_push(&result->rows) = (struct row){ .bench_id = xstrdup("list"),
                                               .metric = METRIC_PEAK_RSS,
                                               .is_judged = true,
                                               .verdict = VERDICT_REGRESSED,
                                               .reason = xstrdup("") };
    measure_again(result, VERDICT_OK, "");
    measure_again(result, VERDICT_REGRESSED, "")->metric = METRIC_PEAK_RSS;
    judge_confirmation(result);

    assert_int_equal(result->rows.items[0].verdict, VERDICT_INCONCLUSIVE);
    assert_int_equal(result->rows.items[1].verdict, VERDICT_REGRESSED);
    assert_int_equal(result->benches.items[0].verdict, VERDICT_REGRESSED);
}

static void rows_that_did_not_regress_are_left_alone(void **state)
{
    struct result *result = *state;
    result->rows.items[0].verdict = VERDICT_IMPROVED;
    result->benches.items[0].verdict = VERDICT_IMPROVED;
    measure_again(result, VERDICT_REGRESSED, "");

    assert_settled(result, VERDICT_IMPROVED, "");
}

static void without_a_second_measurement_nothing_changes(void **state)
{
    struct result *result = *state;
    second_opinion_free(result->confirm);
    result->confirm = NULL;

    assert_settled(result, VERDICT_REGRESSED, "");
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(regressed_twice_is_regressed),
        T(regressed_and_then_ok_is_inconclusive),
        T(regressed_and_then_improved_is_inconclusive),
        T(regressed_and_then_undecided_says_what_would_decide),
        T(second_measurement_that_fails_is_a_failure),
        T(row_that_was_not_measured_again_is_no_longer_regressed),
        T(p_values_of_the_first_measurement_are_kept),
        T(other_rows_of_the_bench_keep_its_verdict),
        T(rows_that_did_not_regress_are_left_alone),
        T(without_a_second_measurement_nothing_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
