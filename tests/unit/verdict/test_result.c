#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/verdict/result.h"
#include "tests/support/check.h"

static int setup(void **state)
{
    *state = xcalloc(1, sizeof(struct result));
    return 0;
}

static int teardown(void **state)
{
    result_clear(*state);
    free(*state);
    return 0;
}

static void add(struct result *result, enum verdict verdict, bool is_judged)
{
    *array_push(&result->rows) = (struct row){ .bench_id = xstrdup("b"),
                                               .reason = xstrdup(""),
                                               .verdict = verdict,
                                               .is_judged = is_judged };
}

static void every_verdict_has_a_name(void **state)
{
    static const char *const names[] = {
        "none",         "new",       "removed", "identical",
        "ok",           "improved",  "waived",  "layout-sensitive",
        "inconclusive", "regressed", "missing", "failed"
    };

    (void)state;
    assert_int_equal(sizeof names / sizeof names[0], VERDICT_COUNT);
    for (int i = 0; i < VERDICT_COUNT; i++)
        assert_string_equal(verdict_name((enum verdict)i), names[i]);
}

static void every_outcome_of_a_goal_has_a_name(void **state)
{
    (void)state;
    assert_string_equal(goal_outcome_name(GOAL_MET), "met");
    assert_string_equal(goal_outcome_name(GOAL_ELSEWHERE), "not judged");
    assert_string_equal(goal_outcome_name(GOAL_WAIVED), "waived");
    assert_string_equal(goal_outcome_name(GOAL_CANNOT_TELL), "can't tell");
    assert_string_equal(goal_outcome_name(GOAL_MISSED), "missed");
}

static void only_judged_rows_are_counted(void **state)
{
    struct result *result = *state;
    add(result, VERDICT_OK, true);
    add(result, VERDICT_OK, false);
    add(result, VERDICT_REGRESSED, true);

    assert_int_equal(result_count(result, VERDICT_OK), 1);
    assert_int_equal(result_count(result, VERDICT_REGRESSED), 1);
    assert_int_equal(result_count(result, VERDICT_FAILED), 0);
}

static void coverage_names_what_has_no_answer_worst_first(void **state)
{
    struct result *result = *state;
    add(result, VERDICT_OK, true);
    add(result, VERDICT_REGRESSED, true);
    add(result, VERDICT_IDENTICAL, true);
    add(result, VERDICT_NEW, true);
    add(result, VERDICT_INCONCLUSIVE, true);
    add(result, VERDICT_INCONCLUSIVE, true);
    add(result, VERDICT_FAILED, true);
    add(result, VERDICT_NONE, false);
    AUTO_FREE char *line = result_coverage(result);

    assert_string_equal(line, "3 of 7 rows judged: 1 failed, 2 inconclusive, 1 new");
}

static void full_coverage_needs_no_more_words(void **state)
{
    struct result *result = *state;
    AUTO_FREE char *empty = result_coverage(result);
    add(result, VERDICT_OK, true);
    AUTO_FREE char *full = result_coverage(result);

    assert_string_equal(empty, "0 of 0 rows judged");
    assert_string_equal(full, "1 of 1 rows judged");
}

static void clearing_leaves_an_empty_result(void **state)
{
    struct result *result = *state;
    add(result, VERDICT_OK, true);
    result->toolchain = xstrdup("cc");
    result_clear(result);

    assert_int_equal(result->rows.count, 0);
    assert_null(result->toolchain);
}

int main(void)
{
#define RESULT(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_verdict_has_a_name),
        cmocka_unit_test(every_outcome_of_a_goal_has_a_name),
        RESULT(only_judged_rows_are_counted),
        RESULT(coverage_names_what_has_no_answer_worst_first),
        RESULT(full_coverage_needs_no_more_words),
        RESULT(clearing_leaves_an_empty_result),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
