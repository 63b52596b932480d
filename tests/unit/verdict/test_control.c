#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/verdict/judge.h"
#include "tests/support/check.h"

/* A result of one bench that is ok, with a control of one row that is. */
static int setup(void **state)
{
    struct result *result = xcalloc(1, sizeof *result);
    array_push(&result->benches)->verdict = VERDICT_OK;
    result->control = xcalloc(1, sizeof *result->control);
    *array_push(&result->control->rows) = (struct row){ .bench_id = xstrdup("list"),
                                                        .metric = METRIC_CPU,
                                                        .is_judged = true,
                                                        .verdict = VERDICT_OK,
                                                        .reason = xstrdup(""),
                                                        .pair_count = 12,
                                                        .change = 0.05,
                                                        .change_low = 0.04,
                                                        .change_high = 0.06,
                                                        .order_bias = 0.01,
                                                        .order_bias_low = -0.01,
                                                        .order_bias_high = 0.03 };
    *state = result;
    return 0;
}

static int teardown(void **state)
{
    result_clear(*state);
    free(*state);
    return 0;
}

static struct row *the_row(struct result *result)
{
    return &result->control->rows.items[0];
}

static enum gate_exit exit_with(struct result *result, enum verdict verdict)
{
    const struct judge_policy policy = { 0 };
    the_row(result)->verdict = verdict;
    judge_control(result->control);
    judge_gate(&policy, result);
    return result->exit;
}

static void good_control_leaves_the_verdict_alone(void **state)
{
    struct result *result = *state;

    assert_int_equal(exit_with(result, VERDICT_OK), GATE_PASS);
    assert_int_equal(exit_with(result, VERDICT_INCONCLUSIVE), GATE_PASS);
    assert_int_equal(result->verdict, VERDICT_OK);
    assert_string_equal(the_row(result)->reason, "");
}

static void difference_in_either_direction_fails_the_gate(void **state)
{
    struct result *result = *state;

    assert_int_equal(exit_with(result, VERDICT_REGRESSED), GATE_NOT_MEASURED);
    assert_int_equal(result->verdict, VERDICT_FAILED);
    assert_int_equal(exit_with(result, VERDICT_IMPROVED), GATE_NOT_MEASURED);
    assert_int_equal(result_discrediting(result), 1);
}

static void distrust_outdoes_a_regression(void **state)
{
    struct result *result = *state;
    result->benches.items[0].verdict = VERDICT_REGRESSED;

    assert_int_equal(exit_with(result, VERDICT_REGRESSED), GATE_NOT_MEASURED);
}

static void rows_that_are_shown_only_discredit_nothing(void **state)
{
    struct result *result = *state;
    the_row(result)->is_judged = false;

    assert_int_equal(exit_with(result, VERDICT_REGRESSED), GATE_PASS);
}

static void reason_without_evidence_points_to_the_place(void **state)
{
    exit_with(*state, VERDICT_REGRESSED);

    assert_string_equal(the_row(*state)->reason,
                        "a copy of base is off by +5.0 % (+4.0 % .. +6.0 %); no pair was "
                        "disturbed and their order makes no difference, so it is where "
                        "the build or its files lie (path, memory, disk)");
}

static void reason_names_disturbed_pairs_and_the_bias_of_the_order(void **state)
{
    the_row(*state)->discarded_count = 3;
    the_row(*state)->order_bias_low = 0.005;
    exit_with(*state, VERDICT_IMPROVED);

    assert_string_equal(
        the_row(*state)->reason,
        "a copy of base is off by +5.0 % (+4.0 % .. +6.0 %); pairs thrown away, disturbed from outside: 3; the second run of a pair is "
        "off by +1.0 % (+0.50 % .. +3.0 %), so runs disturb each other");
}

static void copy_that_failed_keeps_its_reason(void **state)
{
    struct result *result = *state;
    free(the_row(result)->reason);
    the_row(result)->reason = xstrdup("head exited with 7");

    assert_int_equal(exit_with(result, VERDICT_FAILED), GATE_NOT_MEASURED);
    assert_string_equal(the_row(result)->reason, "head exited with 7");
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(good_control_leaves_the_verdict_alone),
        T(difference_in_either_direction_fails_the_gate),
        T(distrust_outdoes_a_regression),
        T(rows_that_are_shown_only_discredit_nothing),
        T(reason_without_evidence_points_to_the_place),
        T(reason_names_disturbed_pairs_and_the_bias_of_the_order),
        T(copy_that_failed_keeps_its_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
