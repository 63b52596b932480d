/* Goals, and changes to the gate's own rules. */
#include "gate/base/alloc.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

#define WIDE GATE_NO_TIME ", \"written_bytes\": \"900%\""

static void two_commits_with_goal(struct sandbox *sandbox,
                                  const char *goal,
                                  int base_thousands,
                                  int head_thousands)
{
    repository_make(sandbox, "project");
    gate_write_config(sandbox,
                      &(struct gate_config){ .margins = WIDE, .benchmark = goal });
    gate_write_bench(sandbox, "", base_thousands);
    repository_commit_all(sandbox, "project", "base", NULL);
    gate_write_bench(sandbox, "", head_thousands);
    repository_commit_all(sandbox, "project", "head", NULL);
}

static void goal_that_head_alone_misses_fails_the_gate(void **state)
{
    struct sandbox *sandbox = *state;

    two_commits_with_goal(sandbox, ", \"goals\": [{ \"written_bytes\": \"20MB\" }]",
                          15000, 100000);
    struct outcome outcome = pawl_exits(sandbox, 1, "check --pairs 12 --budget 20s");

    assert_contains(outcome.out, "No: ");
    assert_contains(outcome.out, "missed");
    assert_contains(outcome.out, "at most 19.1 MiB");
    outcome_clear(&outcome);
}

static void goal_that_both_miss_is_said_and_passes(void **state)
{
    struct sandbox *sandbox = *state;

    two_commits_with_goal(sandbox, ", \"goals\": [{ \"written_bytes\": \"1kB\" }]", 6000,
                          6001);
    struct outcome outcome = pawl_exits(sandbox, 0, "check --pairs 12 --budget 20s");

    assert_contains(outcome.out, "missed");
    assert_contains(outcome.out, "base");
    outcome_clear(&outcome);
}

static void goal_is_judged_on_identical_binaries_too(void **state)
{
    struct sandbox *sandbox = *state;

    two_commits_with_goal(sandbox, ", \"goals\": [{ \"written_bytes\": \"1MB\" }]", 100,
                          100);
    struct outcome outcome = pawl_exits(sandbox, 0, "check --pairs 12 --budget 20s");

    assert_contains(outcome.err, "measuring 1 bench,");
    assert_contains(outcome.out, "goal");
    outcome_clear(&outcome);
}

static void head_can_not_loosen_its_own_margin_unseen(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 6000, 6000);
    gate_write_config(sandbox, &(struct gate_config){ .margins = WIDE });
    gate_write_bench(sandbox, "", 14000);
    repository_commit_all(sandbox, "project", "looser and slower", NULL);
    struct outcome outcome =
        pawl_exits(sandbox, 1, "check --pairs 40 --budget 20s --markdown ../report.md");
    AUTO_FREE char *report = sandbox_read(sandbox, "report.md");

    assert_contains(outcome.out, "regressed  spin written_bytes");
    assert_contains(outcome.out, "margin of written_bytes: 20 % on base, 900 % on head");
    assert_contains(report, "## Changed rules");
    assert_contains(report, "margin of written\\_bytes: 20 % on base, 900 % on head");

    outcome_clear(&outcome);
}

static void head_can_not_drop_its_goal_unseen(void **state)
{
    struct sandbox *sandbox = *state;

    two_commits_with_goal(sandbox, ", \"goals\": [{ \"written_bytes\": \"20MB\" }]",
                          15000, 15000);
    gate_write_config(sandbox, &(struct gate_config){ .margins = WIDE });
    gate_write_bench(sandbox, "", 100000);
    repository_commit_all(sandbox, "project", "no goal", NULL);
    struct outcome outcome = pawl_exits(sandbox, 1, "check --pairs 12 --budget 20s");

    assert_contains(outcome.out, "missed");
    assert_contains(outcome.out, "goal for written_bytes of 'spin'");
    outcome_clear(&outcome);
}

static void first_config_is_used_for_both_and_said(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 100, 100);
    repository_git(sandbox, "project", "checkout -q --orphan fresh");
    repository_git(sandbox, "project", "rm -q --cached pawl.json");
    sandbox_must(sandbox, "mv project/pawl.json kept");
    repository_commit_all(sandbox, "project", "no config", NULL);
    sandbox_must(sandbox, "mv kept project/pawl.json");
    repository_commit_all(sandbox, "project", "a config", NULL);
    struct outcome outcome =
        pawl_exits(sandbox, 0, "check --base HEAD~1 --pairs 12 --budget 20s");

    assert_contains(outcome.out, "base has no pawl.json: head's was used for both");
    outcome_clear(&outcome);
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(goal_that_head_alone_misses_fails_the_gate),
        T(goal_that_both_miss_is_said_and_passes),
        T(goal_is_judged_on_identical_binaries_too),
        T(head_can_not_loosen_its_own_margin_unseen),
        T(head_can_not_drop_its_goal_unseen),
        T(first_config_is_used_for_both_and_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
