/* What the gate says when everything could be measured. */
#include "tests/cli/gate.h"
#include "tests/support/check.h"

#define QUICK "--budget 20s --pairs 40"

static void comment_alone_is_identical_and_passes(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 2000, 2000);
    sandbox_must(sandbox, "echo '/* a comment */' >> project/bench.c");
    repository_commit_all(sandbox, "project", "comment", NULL);
    struct outcome outcome = pawl_exits(sandbox, 0, "check " QUICK);

    assert_contains(outcome.out, "Yes: base and head run the same program");
    assert_contains(outcome.err,
                    "the same bytes on both sides, not timed: 1 of 1 benches");
    assert_lacks(outcome.err, "measuring");
    outcome_clear(&outcome);
}

static void same_bytes_measured_all_the_same_are_ok(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 2000, 2000);
    struct outcome outcome = pawl_exits(sandbox, 0, "check " QUICK " --no-identical");

    assert_contains(outcome.out, "Yes: nothing got larger");
    assert_contains(outcome.err, "measuring 1 bench, 1 row, at most 20.0 s");
    outcome_clear(&outcome);
}

static void more_than_its_margin_is_a_regression(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 6000, 14000);
    struct outcome outcome = pawl_exits(sandbox, 1, "check " QUICK);

    assert_contains(outcome.out, "No: 1 of 1 row got larger.");
    assert_contains(outcome.out, "regressed  spin written_bytes");
    assert_contains(outcome.out, "report: ");
    assert_contains(outcome.err, "(parent of HEAD, as there is no other branch");
    outcome_clear(&outcome);
}

/* Thirty times as long: no machine is so busy that this is missed. */
static void much_longer_loop_is_slower(void **state)
{
    struct sandbox *sandbox = *state;

    repository_make(sandbox, "project");
    gate_write_config(
        sandbox,
        &(struct gate_config){
            .margins = "\"cpu\": \"20%\", \"wall\": \"none\", \"peak_rss\": \"none\"" });
    gate_write_loop(sandbox, "", 1000);
    repository_commit_all(sandbox, "project", "base", NULL);
    gate_write_loop(sandbox, "", 30000);
    repository_commit_all(sandbox, "project", "head", NULL);
    struct outcome outcome = pawl_exits(sandbox, 1, "check " QUICK);

    assert_contains(outcome.out, "No: 1 of 1 row got slower.");
    assert_contains(outcome.out, "regressed  spin cpu");
    outcome_clear(&outcome);
}

static void less_than_half_is_an_improvement(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 14000, 6000);
    struct outcome outcome = pawl_exits(sandbox, 0, "check " QUICK);

    assert_contains(outcome.out, "Yes: nothing got larger");
    assert_contains(outcome.out, "improved  spin written_bytes");
    outcome_clear(&outcome);
}

/* Eight pairs can't speak below 1/256, and three rows share 1 %: whatever the pairs show,
 * it is too little to call twice as much worse, and it is never ok. */
static void too_few_pairs_leave_it_open(void **state)
{
    struct sandbox *sandbox = *state;

    repository_make(sandbox, "project");
    gate_write_config(sandbox, &(struct gate_config){
                                   .benchmark = ", \"sizes\": { \"n\": [1, 2, 3] }" });
    gate_write_bench(sandbox, "", 3000);
    repository_commit_all(sandbox, "project", "base", NULL);
    gate_write_bench(sandbox, "", 7000);
    repository_commit_all(sandbox, "project", "head", NULL);
    struct outcome lenient = pawl_exits(sandbox, 0, "check --pairs 8");
    struct outcome strict =
        pawl_exits(sandbox, 4, "check --pairs 8 --fail-on inconclusive");

    assert_contains(lenient.out, "Yes, but 3 of 3 rows could not be decided.");
    assert_contains(lenient.out, "not decided  spin[n=1] written_bytes");
    assert_contains(strict.out, "Not yet: 3 of 3 rows could not be decided.");
    outcome_clear(&lenient);
    outcome_clear(&strict);
}

static void spent_budget_is_no_pass(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 2000, 2001);
    struct outcome outcome =
        pawl_exits(sandbox, 4, "check --budget 1ns --fail-on=inconclusive");

    assert_contains(outcome.out, "the time budget was spent before its turn");
    outcome_clear(&outcome);
}

static void second_check_finds_its_builds_in_the_cache(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 6000, 14000);
    struct outcome first = pawl_exits(sandbox, 1, "check " QUICK);
    struct outcome second = pawl_exits(sandbox, 1, "check " QUICK);
    struct outcome without = pawl_exits(sandbox, 1, "check --no-cache " QUICK);

    assert_lacks(first.err, "found in the cache");
    assert_contains(second.err, "building base: found in the cache");
    assert_contains(second.err, "building head: found in the cache");
    assert_lacks(without.err, "found in the cache");
    outcome_clear(&first);
    outcome_clear(&second);
    outcome_clear(&without);
}

static void build_with_other_flags_is_another(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 100, 100);
    pawl_must_exit(sandbox, 0, "check");
    struct outcome flags =
        sandbox_run(sandbox, "cd project && CFLAGS=-O0 %s check", PAWL_PROGRAM);
    struct outcome home =
        sandbox_run(sandbox, "cd project && TERM=other %s check", PAWL_PROGRAM);

    assert_contains(flags.err, "building base (");
    assert_contains(home.err, "building base: found in the cache");
    outcome_clear(&flags);
    outcome_clear(&home);
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(comment_alone_is_identical_and_passes),
        T(same_bytes_measured_all_the_same_are_ok),
        T(more_than_its_margin_is_a_regression),
        T(much_longer_loop_is_slower),
        T(less_than_half_is_an_improvement),
        T(too_few_pairs_leave_it_open),
        T(spent_budget_is_no_pass),
        T(build_with_other_flags_is_another),
        T(second_check_finds_its_builds_in_the_cache),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
