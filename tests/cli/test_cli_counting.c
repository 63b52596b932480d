/* Gates on what is counted: instructions under callgrind (skipped where valgrind is
 * absent), allocations with the preloaded library. */
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

#define NO_TIME   GATE_NO_TIME ", "
#define QUICK     "--budget 60s --pairs 8 --no-identical"
#define IN_MARGIN "\"instructions\": \"0.2%\""

/* A gate whose only margins are these, and two commits of so many thousand turns that
 * first run a statement. */
static void two_commits(struct sandbox *sandbox,
                        const char *margins,
                        const char *base_statement,
                        const char *head_statement,
                        int head_thousands)
{
    AUTO_FREE char *all = str_format(NO_TIME "%s", margins);
    repository_make(sandbox, "project");
    gate_write_config(sandbox, &(struct gate_config){ .margins = all });
    gate_write_loop(sandbox, base_statement, 1000);
    repository_commit_all(sandbox, "project", "base", NULL);
    gate_write_loop(sandbox, head_statement, head_thousands);
    sandbox_must(sandbox, "echo '/* the head */' >> project/bench.c");
    repository_commit_all(sandbox, "project", "head", NULL);
}

/* 1,005,000 turns where it was 1,000,000: 0.5 % more work, and a start-up beside it. */
static void half_a_percent_more_instructions_are_a_regression(void **state)
{
    struct sandbox *sandbox = *state;
    gate_need_valgrind(sandbox);

    two_commits(sandbox, IN_MARGIN, "", "", 1005);
    struct outcome outcome = pawl_exits(sandbox, 1, "check " QUICK " --json r.json");

    assert_contains(
        outcome.err,
        "counting instructions of 1 bench under callgrind: about 50 times as slow");
    assert_contains(outcome.out, "No: 1 of 1 row got worse.");
    assert_contains(outcome.out, "regressed  spin instructions");
    AUTO_FREE char *result = sandbox_read(sandbox, "project/r.json");
    assert_contains(result, "\"is_exact\": true");
    outcome_clear(&outcome);
}

static void the_same_work_has_the_same_instructions(void **state)
{
    struct sandbox *sandbox = *state;
    gate_need_valgrind(sandbox);

    two_commits(sandbox, IN_MARGIN, "", "", 1000);
    struct outcome outcome = pawl_exits(sandbox, 0, "check " QUICK);

    assert_contains(outcome.out, "Yes: nothing got worse");
    outcome_clear(&outcome);
}

/* A directory that has what a build needs, and nothing else. */
static void without_valgrind_the_row_fails_and_says_how_to_mend_it(void **state)
{
    struct sandbox *sandbox = *state;

    two_commits(sandbox, IN_MARGIN, "", "", 1005);
    sandbox_must(sandbox,
                 "mkdir bin && for tool in cc gcc clang as ld ld.bfd sh true; do "
                 "path=$(command -v $tool) && ln -s $path bin/$tool; done; :");
    struct outcome outcome = sandbox_run(
        sandbox,
        "cd project && PATH=%s GIT_CONFIG_NOSYSTEM=1 " PAWL_PROGRAM " check " QUICK,
        sandbox_file(sandbox, "bin"));

    if (outcome.exit_code != 3)
        fail_msg("exited with %d:\n%s%s", outcome.exit_code, outcome.out, outcome.err);
    assert_contains(outcome.err,
                    "instructions can't be counted: valgrind is not installed "
                    "(Debian, Ubuntu: apt-get install valgrind)");
    assert_contains(outcome.out, "Could not measure 1 of 1 benchmark: 1 failed.");
    assert_contains(outcome.out, "valgrind is not installed");
    outcome_clear(&outcome);
    outcome = sandbox_run(sandbox,
                          "cd project && PATH=%s GIT_CONFIG_NOSYSTEM=1 " PAWL_PROGRAM
                          " run --runs 2",
                          sandbox_file(sandbox, "bin"));
    assert_int_equal(outcome.exit_code, 3);
    assert_contains(outcome.out, "1 of 1 benches measured");
    assert_contains(outcome.out, " wall ");
    assert_contains(outcome.out, " was not measured in full: ");
    outcome_clear(&outcome);
}

#define ALLOCATE_1000 "for (int k = 0; k < 1000; k++) free(malloc(100));"
#define ALLOCATE_1020 "for (int k = 0; k < 1020; k++) free(malloc(100));"
#define ALLOCATE_MORE "for (int k = 0; k < 1000; k++) free(malloc(103));"
#define KEEP_MORE     "free(malloc(10)); for (int k = 0; k < 999; k++) malloc(100);"
#define ALL_OF_HEAP \
    "\"allocations\": \"1%\", \"allocated_bytes\": \"1%\", \"peak_heap\": \"1%\""

static void more_allocations_are_a_regression(void **state)
{
    struct sandbox *sandbox = *state;

    two_commits(sandbox, ALL_OF_HEAP, ALLOCATE_1000, ALLOCATE_1020, 1000);
    struct outcome outcome = pawl_exits(sandbox, 1, "check " QUICK);

    assert_contains(outcome.err, "counting allocations of 1 bench, in runs of their own");
    assert_contains(outcome.out, "No: 2 of 3 rows got worse.");
    assert_contains(outcome.out, "regressed  spin allocations");
    assert_contains(outcome.out, "regressed  spin allocated_bytes");
    outcome_clear(&outcome);
}

static void a_heap_that_grows_is_a_regression(void **state)
{
    struct sandbox *sandbox = *state;

    two_commits(sandbox, "\"peak_heap\": \"1%\"", ALLOCATE_1000, KEEP_MORE, 1000);
    struct outcome outcome = pawl_exits(sandbox, 1, "check " QUICK " --json r.json");

    assert_contains(outcome.out, "regressed  spin peak_heap");
    AUTO_FREE char *result = sandbox_read(sandbox, "project/r.json");
    assert_contains(result, "\"peak_heap\": 99900");
    outcome_clear(&outcome);
}

static void the_same_allocations_pass(void **state)
{
    struct sandbox *sandbox = *state;

    two_commits(sandbox, ALL_OF_HEAP, ALLOCATE_1000, "\n    " ALLOCATE_1000, 1001);
    pawl_must_exit(sandbox, 0, "check " QUICK);
}

static void a_static_program_fails_its_rows(void **state)
{
    struct sandbox *sandbox = *state;

    two_commits(sandbox, ALL_OF_HEAP, ALLOCATE_1000, ALLOCATE_MORE, 1000);
    sandbox_must(sandbox, "sed -i 's/cc -O1/cc -static -O1/' project/pawl.json");
    repository_commit_all(sandbox, "project", "static", NULL);
    struct outcome outcome = pawl_exits(sandbox, 3, "check " QUICK);

    assert_contains(outcome.out, "can't be counted: './bench' is linked statically");
    outcome_clear(&outcome);
}

static void commit_with_goal(struct sandbox *sandbox, const char *build)
{
    repository_make(sandbox, "project");
    gate_write_config(sandbox,
                      &(struct gate_config){
                          .margins = NO_TIME "\"user\": \"none\"",
                          .benchmark = ", \"goals\": [{ \"peak_heap\": \"99B\" }]" });
    sandbox_must(sandbox, "sed -i 's/cc -O1/%s/' project/pawl.json", build);
    gate_write_loop(sandbox, "", 1000);
    repository_commit_all(sandbox, "project", "base", NULL);
    gate_write_loop(sandbox, ALLOCATE_1000, 1000);
    repository_commit_all(sandbox, "project", "head", NULL);
}

static void a_goal_alone_is_counted_for(void **state)
{
    struct sandbox *sandbox = *state;

    commit_with_goal(sandbox, "cc -O1");
    struct outcome outcome = pawl_exits(sandbox, 1, "check " QUICK);

    assert_contains(outcome.out, "spin peak_heap: 100 B");
    outcome_clear(&outcome);
}

static void a_goal_that_can_not_be_counted_for_is_no_pass(void **state)
{
    struct sandbox *sandbox = *state;

    commit_with_goal(sandbox, "cc -static -O1");
    struct outcome outcome = pawl_exits(sandbox, 3, "check " QUICK);

    assert_contains(outcome.out, "can't be counted: './bench' is linked statically");
    outcome_clear(&outcome);
}

static void confirmation_counts_again(void **state)
{
    struct sandbox *sandbox = *state;

    two_commits(sandbox, "\"allocations\": \"1%\"", ALLOCATE_1000, ALLOCATE_1020, 1000);
    struct outcome outcome =
        pawl_exits(sandbox, 1, "check " QUICK " --confirm --control");

    assert_contains(outcome.out, "regressed  spin allocations");
    assert_contains(outcome.err, "confirming 1 bench");
    outcome_clear(&outcome);
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(half_a_percent_more_instructions_are_a_regression),
        T(the_same_work_has_the_same_instructions),
        T(without_valgrind_the_row_fails_and_says_how_to_mend_it),
        T(more_allocations_are_a_regression),
        T(a_heap_that_grows_is_a_regression),
        T(the_same_allocations_pass),
        T(a_static_program_fails_its_rows),
        T(a_goal_alone_is_counted_for),
        T(a_goal_that_can_not_be_counted_for_is_no_pass),
        T(confirmation_counts_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
