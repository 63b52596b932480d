#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/verdict/judge.h"
#include "tests/support/check.h"

static void add_bench(struct result *result, enum verdict verdict)
{
    array_push(&result->benches)->verdict = verdict;
}

static void add_goal(struct result *result, enum goal_outcome outcome, bool on_base)
{
    *array_push(&result->goals) =
        (struct goal_result){ .outcome = outcome, .was_missed_on_base = on_base };
}

static enum gate_exit judged(struct result *result, bool fails_on_inconclusive)
{
    const struct judge_policy policy = { .fails_on_inconclusive = fails_on_inconclusive };
    judge_gate(&policy, result);
    enum gate_exit exit = result->exit;
    result_clear(result);
    return exit;
}

static enum gate_exit exit_of(enum verdict verdict, bool fails_on_inconclusive)
{
    struct result result = { 0 };
    add_bench(&result, VERDICT_IDENTICAL);
    add_bench(&result, verdict);
    return judged(&result, fails_on_inconclusive);
}

static void each_verdict_has_its_exit(void **state)
{
    (void)state;
    assert_int_equal(exit_of(VERDICT_NEW, true), 0);
    assert_int_equal(exit_of(VERDICT_IDENTICAL, true), 0);
    assert_int_equal(exit_of(VERDICT_OK, true), 0);
    assert_int_equal(exit_of(VERDICT_IMPROVED, true), 0);
    assert_int_equal(exit_of(VERDICT_REGRESSED, false), 1);
    assert_int_equal(exit_of(VERDICT_MISSING, false), 3);
    assert_int_equal(exit_of(VERDICT_FAILED, false), 3);
}

static void inconclusive_passes_unless_the_policy_fails_it(void **state)
{
    (void)state;
    assert_int_equal(exit_of(VERDICT_INCONCLUSIVE, false), 0);
    assert_int_equal(exit_of(VERDICT_INCONCLUSIVE, true), 4);
}

static void the_worst_bench_is_the_gate(void **state)
{
    struct result result = { 0 };
    const struct judge_policy policy = { 0 };
    (void)state;
    add_bench(&result, VERDICT_REGRESSED);
    add_bench(&result, VERDICT_MISSING);
    add_bench(&result, VERDICT_OK);

    judge_gate(&policy, &result);

    assert_int_equal(result.verdict, VERDICT_MISSING);
    result_clear(&result);
}

static void nothing_measured_is_no_pass(void **state)
{
    struct result result = { 0 };

    (void)state;
    assert_int_equal(judged(&result, false), 3);
}

static enum gate_exit
exit_with_goal(enum verdict verdict, enum goal_outcome outcome, bool was_missed_on_base)
{
    struct result result = { 0 };
    add_bench(&result, verdict);
    add_goal(&result, GOAL_MET, false);
    add_goal(&result, outcome, was_missed_on_base);
    return judged(&result, true);
}

static void a_goal_missed_anew_fails_like_a_regression(void **state)
{
    (void)state;
    assert_int_equal(exit_with_goal(VERDICT_OK, GOAL_MISSED, false), 1);
    assert_int_equal(exit_with_goal(VERDICT_INCONCLUSIVE, GOAL_MISSED, false), 1);
    assert_int_equal(exit_with_goal(VERDICT_FAILED, GOAL_MISSED, false), 3);
}

static void a_goal_that_base_missed_too_fails_nothing(void **state)
{
    (void)state;
    assert_int_equal(exit_with_goal(VERDICT_OK, GOAL_MISSED, true), 0);
}

static void a_goal_that_is_open_fails_nothing(void **state)
{
    (void)state;
    assert_int_equal(exit_with_goal(VERDICT_OK, GOAL_CANNOT_TELL, false), 0);
    assert_int_equal(exit_with_goal(VERDICT_OK, GOAL_MET, true), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_verdict_has_its_exit),
        cmocka_unit_test(inconclusive_passes_unless_the_policy_fails_it),
        cmocka_unit_test(the_worst_bench_is_the_gate),
        cmocka_unit_test(nothing_measured_is_no_pass),
        cmocka_unit_test(a_goal_missed_anew_fails_like_a_regression),
        cmocka_unit_test(a_goal_that_base_missed_too_fails_nothing),
        cmocka_unit_test(a_goal_that_is_open_fails_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
