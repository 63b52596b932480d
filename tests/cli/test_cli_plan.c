/* `pawl plan`: what a check would take, without judging anything. */
#include "gate/base/alloc.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

static void plan_tells_pairs_time_and_margin_of_each_row(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 1000, 3000);
    AUTO_FREE char *before = repository_listing(sandbox, "project");
    struct outcome outcome = pawl_exits(sandbox, 0, "plan");
    AUTO_FREE char *after = repository_listing(sandbox, "project");

    assert_contains(outcome.err, "trying 1 bench, 1 row");
    assert_contains(outcome.out, "spin written_bytes ");
    assert_contains(outcome.out, "the budget is");
    assert_lacks(outcome.out, "regressed  ");
    assert_string_equal(after, before);
    outcome_clear(&outcome);
}

static void a_dry_run_of_check_is_a_plan(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 1000, 3000);
    struct outcome outcome = pawl_exits(sandbox, 0, "check --dry-run");

    assert_contains(outcome.err, "trying 1 bench, 1 row");
    assert_contains(outcome.out, "spin written_bytes ");
    assert_contains(outcome.out, "the budget is");
    assert_lacks(outcome.err, "report");
    outcome_clear(&outcome);
}

static void the_same_bytes_need_no_plan(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 1000, 1000);
    struct outcome outcome = pawl_exits(sandbox, 0, "plan");

    assert_string_equal(outcome.out, "nothing to measure\n");
    outcome_clear(&outcome);
}

static void plan_refuses_what_check_refuses(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 1000, 3000);

    pawl_refuses(sandbox, 2, "no benchmark matches 'other'", "plan -q other");
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(plan_tells_pairs_time_and_margin_of_each_row),
        T(a_dry_run_of_check_is_a_plan),
        T(the_same_bytes_need_no_plan),
        T(plan_refuses_what_check_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
