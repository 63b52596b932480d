#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/verdict/creep.h"
#include "gate/verdict/judge.h"
#include "tests/support/check.h"

/* A result whose own bench is ok, and head against v1.0 with one row. */
static struct result with_creep(enum verdict verdict)
{
    struct result result = { 0 };
    array_push(&result.benches)->verdict = VERDICT_OK;
    result.creep = xcalloc(1, sizeof *result.creep);
    result.creep->anchor.asked = xstrdup("v1.0");
    array_push(&result.creep->benches)->verdict = verdict;
    *array_push(&result.creep->rows) = (struct row){ .bench_id = xstrdup("list"),
                                                     .metric = METRIC_CPU,
                                                     .is_judged = true,
                                                     .verdict = verdict,
                                                     .margin = 0.05,
                                                     .change = 0.104,
                                                     .change_low = 0.098,
                                                     .change_high = 0.111 };
    return result;
}

static enum gate_exit exit_with(enum verdict verdict, bool fails_on_inconclusive)
{
    const struct judge_policy policy = { .fails_on_inconclusive = fails_on_inconclusive };
    struct result result = with_creep(verdict);
    judge_gate(&policy, &result);
    enum gate_exit exit = result.exit;
    result_clear(&result);
    return exit;
}

static void row_that_crept_says_since_when_and_how_far(void **state)
{
    struct result result = with_creep(VERDICT_REGRESSED);
    (void)state;

    judge_creep(result.creep);

    assert_string_equal(result.creep->rows.items[0].reason,
                        "since v1.0: +10.4 % (+9.8 % .. +11.1 %), creep margin 5 %");
    assert_int_equal(result_crept(&result), 1);
    result_clear(&result);
}

static void creep_fails_the_gate_whose_own_rows_are_ok(void **state)
{
    (void)state;
    assert_int_equal(exit_with(VERDICT_REGRESSED, false), GATE_REGRESSED);
    assert_int_equal(exit_with(VERDICT_FAILED, false), GATE_NOT_MEASURED);
    assert_int_equal(exit_with(VERDICT_INCONCLUSIVE, false), GATE_PASS);
    assert_int_equal(exit_with(VERDICT_INCONCLUSIVE, true), GATE_INCONCLUSIVE);
    assert_int_equal(exit_with(VERDICT_NEW, true), GATE_PASS);
    assert_int_equal(exit_with(VERDICT_OK, true), GATE_PASS);
}

static void anchor_that_could_not_be_measured_is_no_pass(void **state)
{
    const struct judge_policy policy = { 0 };
    struct result result = with_creep(VERDICT_OK);
    (void)state;
    result.creep->trouble = xstrdup("the anchor's build failed");

    judge_gate(&policy, &result);

    assert_int_equal(result.exit, GATE_NOT_MEASURED);
    result_clear(&result);
}

static void without_an_anchor_there_is_nothing_to_say(void **state)
{
    const struct result result = { 0 };
    (void)state;

    assert_int_equal(result_crept(&result), 0);
    assert_int_equal(result_creep_verdict(&result), VERDICT_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(row_that_crept_says_since_when_and_how_far),
        cmocka_unit_test(creep_fails_the_gate_whose_own_rows_are_ok),
        cmocka_unit_test(anchor_that_could_not_be_measured_is_no_pass),
        cmocka_unit_test(without_an_anchor_there_is_nothing_to_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
