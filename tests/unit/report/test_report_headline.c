#include "gate/base/array.h"
#include "gate/report/headline.h"
#include "sample.h"
#include "tests/support/check.h"

static void check_headline(struct result *result, const char *wanted)
{
    struct headline headline = HEADLINE_INIT;
    headline_of(result, &headline);
    str_addf(&headline.answer, "|%s", headline.detail.data);
    assert_string_equal(headline.answer.data, wanted);
    headline_clear(&headline);
    result_clear(result);
}

static void add_goal(struct result *result, enum goal_outcome outcome, bool was_missed)
{
    *array_push(&result->goals) =
        (struct goal_result){ .outcome = outcome, .was_missed_on_base = was_missed };
}

static void a_missed_goal_alone_says_no(void **state)
{
    struct result result = { 0 };
    (void)state;
    sample_pass(&result);
    add_goal(&result, GOAL_MISSED, false);
    add_goal(&result, GOAL_MET, false);

    check_headline(&result, "No: 1 of 2 goals was missed.|");
}

static void a_goal_that_base_missed_too_does_not(void **state)
{
    struct result result = { 0 };
    (void)state;
    sample_pass(&result);
    add_goal(&result, GOAL_MISSED, true);

    check_headline(&result,
                   "Yes: nothing got worse by more than its margin|(8 rows judged, "
                   "each with at most 5 % risk of a miss).");
}

static void regressions_and_goals_are_said_together(void **state)
{
    struct result result = { 0 };
    (void)state;
    sample_regression(&result);
    add_goal(&result, GOAL_MISSED, false);

    check_headline(
        &result, "No: 3 of 8 rows got slower and 1 of 1 goal was missed.|Worst: +18.2 %; "
                 "the chance that this is a false alarm is at most 1 %.");
}

static void memory_gets_larger_and_a_mixture_worse(void **state)
{
    struct result memory = { .false_alarm = 0.01 };
    struct result mixture = { .false_alarm = 0.01 };
    (void)state;
    sample_add_bench(&memory, "a");
    sample_add_row(&memory, METRIC_PEAK_RSS, 1, 0.1, 0.01)->verdict = VERDICT_REGRESSED;
    sample_add_bench(&mixture, "a");
    sample_add_row(&mixture, METRIC_PEAK_RSS, 1, 0.1, 0.01)->verdict = VERDICT_REGRESSED;
    sample_add_row(&mixture, METRIC_CPU, 1, 0.1, 0.01)->verdict = VERDICT_REGRESSED;

    check_headline(&memory, "No: 1 of 1 row got larger.|Worst: +10.0 %; the chance that "
                            "this is a false alarm is at most 1 %.");
    check_headline(&mixture, "No: 2 of 2 rows got worse.|Worst: +10.0 %; the chance that "
                             "this is a false alarm is at most 1 %.");
}

static void undecided_rows_depend_on_what_fails_the_gate(void **state)
{
    struct result passing = { 0 };
    struct result failing = { 0 };
    (void)state;
    sample_inconclusive(&passing);
    sample_inconclusive(&failing);
    failing.exit = GATE_INCONCLUSIVE;

    check_headline(&passing,
                   "Yes, but 3 of 9 rows could not be decided.|None was shown to "
                   "have got worse.");
    check_headline(&failing,
                   "Not yet: 3 of 9 rows could not be decided.|None was shown to "
                   "have got worse.");
}

static void what_could_not_be_measured_comes_before_all_else(void **state)
{
    struct result result = { 0 };
    (void)state;
    sample_trouble(&result);

    check_headline(&result, "Could not measure 2 of 7 benchmarks: 1 failed, 1 missing in "
                            "head.|Of the rest, 1 of 8 rows got slower.");
}

static void identical_programs_need_no_timing(void **state)
{
    struct result result = { 0 };
    (void)state;
    sample_identical(&result);

    check_headline(&result,
                   "Yes: base and head run the same program|(the same bytes in 2 "
                   "of 2 benchmarks), so nothing had to be timed.");
}

static void new_benchmarks_alone_judge_nothing(void **state)
{
    struct result result = { .verdict = VERDICT_NEW };
    (void)state;
    sample_add_bench(&result, "a")->verdict = VERDICT_NEW;
    sample_add_empty_row(&result, VERDICT_NEW);

    check_headline(&result,
                   "Yes, but nothing was judged:|no benchmark exists on both sides.");
}

static void layout_sensitive_rows_pass_with_a_but(void **state)
{
    struct result result = { 0 };
    (void)state;
    sample_sensitive(&result);

    check_headline(&result, "Yes, but 1 of 8 rows is layout-sensitive.|What it shows as "
                            "built does not hold wherever else the same code may lie.");
}

static void layout_sensitive_rows_say_no_where_they_fail_the_gate(void **state)
{
    struct result result = { 0 };
    (void)state;
    sample_sensitive(&result);
    result.rows.items[1].verdict = VERDICT_LAYOUT_SENSITIVE;
    result.rows.items[2].verdict = VERDICT_INCONCLUSIVE;
    result.rows.items[1].is_judged = true;
    result.exit = GATE_REGRESSED;

    check_headline(&result,
                   "No: 2 of 8 rows are layout-sensitive.|What they show as built does "
                   "not hold wherever else the same code may lie.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(layout_sensitive_rows_pass_with_a_but),
        cmocka_unit_test(layout_sensitive_rows_say_no_where_they_fail_the_gate),
        cmocka_unit_test(a_missed_goal_alone_says_no),
        cmocka_unit_test(a_goal_that_base_missed_too_does_not),
        cmocka_unit_test(regressions_and_goals_are_said_together),
        cmocka_unit_test(memory_gets_larger_and_a_mixture_worse),
        cmocka_unit_test(undecided_rows_depend_on_what_fails_the_gate),
        cmocka_unit_test(what_could_not_be_measured_comes_before_all_else),
        cmocka_unit_test(identical_programs_need_no_timing),
        cmocka_unit_test(new_benchmarks_alone_judge_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
