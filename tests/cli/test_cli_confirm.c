/* --confirm: regressed is what fresh builds show again. */
#include "gate/base/alloc.h"
#include "tests/cli/gate.h"
#include "tests/cli/rebuilt.h"
#include "tests/support/check.h"

#define CONFIRM "check --confirm --budget 30s --pairs 40 --json ../result.json"

static void regression_of_every_build_is_confirmed(void **state)
{
    struct sandbox *sandbox = *state;
    struct outcome outcome = rebuilt_exits(sandbox, 14000, "", 1, CONFIRM);

    assert_contains(outcome.out, "No: 1 of 1 row got larger.");
    assert_contains(outcome.out, "Fresh builds of both");
    assert_contains(outcome.out, "fresh builds showed it again: +");
    assert_contains(outcome.err, "building base again (");
    assert_contains(outcome.err, "building head again (");
    assert_contains(outcome.err, "confirming 1 bench, 1 row, at most ");
    assert_true(rebuilt_pairs(sandbox, "result.json", NULL) > 8);
    assert_true(rebuilt_pairs(sandbox, "result.json", "confirm") > 8);
    outcome_clear(&outcome);
}

static void regression_of_one_build_is_inconclusive(void **state)
{
    struct sandbox *sandbox = *state;
    struct outcome outcome =
        rebuilt_exits(sandbox, 6001, "if (BUILD == 2) thousands = 14000;", 4,
                      CONFIRM " --fail-on inconclusive --markdown ../report.md");
    AUTO_FREE char *report = sandbox_read(sandbox, "report.md");

    assert_contains(outcome.out, "Not yet: 1 of 1 row could not be decided.");
    assert_contains(outcome.out, "not decided  spin written_bytes");
    assert_contains(report, "regressed at first with +");
    assert_contains(report, "but fresh builds did not confirm it: ");
    assert_contains(report, "which is ok");
    outcome_clear(&outcome);
}

static void fresh_builds_that_differ_the_same_way_by_chance_still_confirm(void **state)
{
    struct sandbox *sandbox = *state;

    rebuilt_make_project(sandbox, 6000, 6001, "if (BUILD % 2 == 0) thousands = 14000;");
    pawl_must_exit(sandbox, 1, CONFIRM);
}

static void what_is_ok_is_not_built_again(void **state)
{
    struct sandbox *sandbox = *state;
    struct outcome outcome = rebuilt_exits(sandbox, 6001, "", 0, CONFIRM);
    AUTO_FREE char *result = sandbox_read(sandbox, "result.json");

    assert_lacks(outcome.err, "again");
    assert_contains(
        result,
        "\"confirm\": {\n    \"benches\": [],\n    \"growths\": [],\n    \"rows\": []\n  }");
    outcome_clear(&outcome);
}

static void without_it_there_is_no_second_measurement(void **state)
{
    struct sandbox *sandbox = *state;
    struct outcome outcome =
        rebuilt_exits(sandbox, 14000, "", 1, "check --json ../result.json");
    AUTO_FREE char *result = sandbox_read(sandbox, "result.json");

    assert_lacks(outcome.err, "again");
    assert_lacks(result, "\"confirm\"");
    outcome_clear(&outcome);
}

static void crash_of_a_fresh_build_is_a_failure(void **state)
{
    struct outcome outcome =
        rebuilt_exits(*state, 14000, "if (BUILD == 4) return 7;", 3, CONFIRM);

    assert_contains(outcome.out, "Could not measure 1 of 1 benchmark: 1 failed.");
    assert_contains(outcome.out, "measuring it again with fresh builds failed: head "
                                 "exited with 7");
    outcome_clear(&outcome);
}

/* The builds of the second measurement are removed with everything else. */
static void fresh_builds_outside_the_cache_leave_nothing(void **state)
{
    struct sandbox *sandbox = *state;

    rebuilt_make_project(sandbox, 6000, 14000, "");
    pawl_must_exit(sandbox, 1, CONFIRM " --no-cache");

    assert_int_equal(count_entries(sandbox, "cache/builds"), 0);
    assert_int_equal(count_entries(sandbox, "cache/sessions"), 0);
}

static void build_that_fails_the_second_time_loses_no_pair(void **state)
{
    struct sandbox *sandbox = *state;

    rebuilt_make_project(sandbox, 6000, 14000, "");
    rebuilt_break_from(sandbox, 3);
    struct outcome failed = pawl_exits(sandbox, 3, CONFIRM);
    size_t runs = rebuilt_runs(sandbox);
    rebuilt_break_from(sandbox, 0);
    struct outcome resumed = pawl_exits(sandbox, 1, CONFIRM " --resume");

    assert_contains(failed.err, "building base again failed");
    assert_int_equal(runs, 2 + 2 * rebuilt_pairs(sandbox, "result.json", NULL));
    assert_int_equal(rebuilt_runs(sandbox),
                     runs + 4 + 2 * rebuilt_pairs(sandbox, "result.json", "confirm"));
    outcome_clear(&failed);
    outcome_clear(&resumed);
}

static void pairs_of_both_measurements_are_gone_on_with(void **state)
{
    rebuilt_check_resumed(*state, 14000, "confirm", 1);
}

static void run_without_it_is_not_gone_on_with(void **state)
{
    struct sandbox *sandbox = *state;

    rebuilt_make_project(sandbox, 6000, 14000, "");
    pawl_must_exit(sandbox, 5, "check --json /dev/full");

    pawl_refuses(sandbox, 2, "nothing to resume", "check --confirm --resume -q");
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(regression_of_every_build_is_confirmed),
        T(regression_of_one_build_is_inconclusive),
        T(fresh_builds_that_differ_the_same_way_by_chance_still_confirm),
        T(what_is_ok_is_not_built_again),
        T(without_it_there_is_no_second_measurement),
        T(crash_of_a_fresh_build_is_a_failure),
        T(fresh_builds_outside_the_cache_leave_nothing),
        T(build_that_fails_the_second_time_loses_no_pair),
        T(pairs_of_both_measurements_are_gone_on_with),
        T(run_without_it_is_not_gone_on_with),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
