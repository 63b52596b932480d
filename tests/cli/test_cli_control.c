/* --control: base against a copy of itself. Builds: base, head, the copy. */
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "tests/cli/gate.h"
#include "tests/cli/rebuilt.h"
#include "tests/support/check.h"

#define CONTROL "check --control --budget 30s --pairs 40 --json ../result.json"

static void copy_like_base_leaves_the_answer_alone(void **state)
{
    struct sandbox *sandbox = *state;
    struct outcome outcome = rebuilt_exits(sandbox, 6001, "", 0, CONTROL);

    assert_contains(outcome.out, "Yes: nothing got larger");
    assert_contains(outcome.out, "control (base against a copy of itself): 1 of 1 rows");
    assert_contains(outcome.err, "building base's copy (");
    assert_contains(outcome.err, "about twice as much is to be measured");
    assert_contains(outcome.err, "measuring 2 benches, 2 rows, ");
    assert_true(rebuilt_pairs(sandbox, "result.json", "control") > 8);
    outcome_clear(&outcome);
}

static void check_distrusted(struct sandbox *sandbox, const char *statement)
{
    struct outcome outcome =
        rebuilt_exits(sandbox, 6001, statement, 3, CONTROL " --markdown ../report.md");
    AUTO_FREE char *report = sandbox_read(sandbox, "report.md");

    assert_true(str_starts_with(outcome.out, "Not to be trusted: the control (base "
                                             "against a copy of itself) went wrong in"));
    assert_true(str_starts_with(report, "**Not to be trusted: "));
    assert_contains(report, "### Control: base against a copy of itself");
    assert_contains(report, "a copy of base is off by ");
    outcome_clear(&outcome);
}

static void slower_copy_is_not_to_be_trusted(void **state)
{
    check_distrusted(*state, "if (BUILD == 3) thousands = 14000;");
}

static void faster_copy_is_not_to_be_trusted_either(void **state)
{
    check_distrusted(*state, "if (BUILD == 3) thousands = 2500;");
}

static void crash_of_the_copy_is_not_to_be_trusted_either(void **state)
{
    struct outcome outcome =
        rebuilt_exits(*state, 6001, "if (BUILD == 3) return 7;", 3, CONTROL);

    assert_contains(outcome.out, "Not to be trusted: ");
    assert_contains(outcome.out, "exited with 7");
    outcome_clear(&outcome);
}

static void distrust_outdoes_a_regression_and_is_not_confirmed(void **state)
{
    struct outcome outcome = rebuilt_exits(
        *state, 14000, "if (BUILD == 3) thousands = 14000;", 3, CONTROL " --confirm");

    assert_contains(outcome.out, "Not to be trusted: ");
    assert_contains(outcome.out, "regressed  spin written_bytes");
    assert_lacks(outcome.err, "again");
    outcome_clear(&outcome);
}

static void regression_with_a_good_control_is_one(void **state)
{
    struct sandbox *sandbox = *state;
    struct outcome outcome = rebuilt_exits(sandbox, 14000, "", 1, CONTROL " --confirm");

    assert_contains(outcome.out, "No: 1 of 1 row got larger.");
    assert_contains(outcome.out, "fresh builds showed it again: +");
    assert_true(rebuilt_pairs(sandbox, "result.json", "control") > 8);
    assert_true(rebuilt_pairs(sandbox, "result.json", "confirm") > 8);
    outcome_clear(&outcome);
}

static void identical_programs_need_no_control(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 2000, 2000);
    sandbox_must(sandbox, "echo '/* a comment */' >> project/bench.c");
    repository_commit_all(sandbox, "project", "comment", NULL);
    struct outcome outcome = pawl_exits(sandbox, 0, CONTROL);

    assert_contains(outcome.out, "Yes: base and head run the same program");
    assert_lacks(outcome.out, "control");
    assert_lacks(outcome.err, "copy");
    outcome_clear(&outcome);
}

static void interrupted_control_is_gone_on_with(void **state)
{
    rebuilt_check_resumed(*state, 6001, "control", 0);
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(copy_like_base_leaves_the_answer_alone),
        T(slower_copy_is_not_to_be_trusted),
        T(faster_copy_is_not_to_be_trusted_either),
        T(crash_of_the_copy_is_not_to_be_trusted_either),
        T(distrust_outdoes_a_regression_and_is_not_confirmed),
        T(regression_with_a_good_control_is_one),
        T(identical_programs_need_no_control),
        T(interrupted_control_is_gone_on_with),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
