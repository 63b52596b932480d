/* Signals: pawl ends at once, and leaves nothing behind. */
#include <signal.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "tests/cli/background.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

/* The run that blocks: in the first pair that counts, after two runs to compare outputs
 * and two pairs of warm-up. */
#define IN_FIRST_PAIR 7

static void check_signal(struct sandbox *sandbox, int signal_number, const char *words)
{
    background_make_project(sandbox);
    background_block_at(sandbox, IN_FIRST_PAIR);
    AUTO_FREE char *before = repository_listing(sandbox, "project");
    struct background background = background_start(sandbox, "check");

    assert_int_equal(background_end(&background, signal_number), 130);
    AUTO_FREE char *after = repository_listing(sandbox, "project");
    AUTO_FREE char *err = sandbox_read(sandbox, "err");
    AUTO_FREE char *out = sandbox_read(sandbox, "out");
    assert_contains(err, words);
    assert_contains(err, "2 pairs are kept: the same command with --resume goes on");
    assert_string_equal(out, "");
    assert_string_equal(after, before);
    assert_int_equal(count_entries(sandbox, "cache/sessions"), 0);
    assert_int_equal(count_entries(sandbox, "cache/results"), 0);
}

static void interrupt_ends_with_130_and_leaves_nothing(void **state)
{
    check_signal(*state, SIGINT, "pawl: interrupted by SIGINT");
}

static void termination_ends_with_130_and_leaves_nothing(void **state)
{
    check_signal(*state, SIGTERM, "pawl: interrupted by SIGTERM");
}

static void closed_terminal_ends_with_130_and_leaves_nothing(void **state)
{
    check_signal(*state, SIGHUP, "pawl: interrupted by SIGHUP");
}

static void kill_leaves_the_repository_alone_and_the_next_run_sweeps(void **state)
{
    struct sandbox *sandbox = *state;

    background_make_project(sandbox);
    background_block_at(sandbox, IN_FIRST_PAIR);
    AUTO_FREE char *before = repository_listing(sandbox, "project");
    struct background background = background_start(sandbox, "check");
    assert_int_equal(background_end(&background, SIGKILL), 128 + SIGKILL);
    AUTO_FREE char *after = repository_listing(sandbox, "project");
    size_t left = count_entries(sandbox, "cache/sessions");
    background_block_at(sandbox, 0);
    pawl_must_exit(sandbox, 0, "check");

    assert_string_equal(after, before);
    assert_true(left > 0);
    assert_int_equal(count_entries(sandbox, "cache/sessions"), 0);
}

/* The recipe is the script too: its first run builds base. */
static void make_building_project(struct sandbox *sandbox)
{
    background_make_project(sandbox);
    sandbox_must(sandbox,
                 "sed -i 's|\"version\": 1,|&\"build\": { \"run\": [\"./script\"] },|' "
                 "project/pawl.json");
    repository_commit_all(sandbox, "project", "recipe", NULL);
    sandbox_must(sandbox, "echo '# more' >>project/script");
    repository_commit_all(sandbox, "project", "script", NULL);
}

static void interrupted_build_leaves_no_half_of_one(void **state)
{
    struct sandbox *sandbox = *state;

    make_building_project(sandbox);
    background_block_at(sandbox, 2);
    AUTO_FREE char *before = repository_listing(sandbox, "project");
    struct background background = background_start(sandbox, "check");
    assert_int_equal(background_end(&background, SIGINT), 130);
    AUTO_FREE char *after = repository_listing(sandbox, "project");
    background_block_at(sandbox, 0);
    struct outcome again = pawl_exits(sandbox, 0, "check");

    assert_string_equal(after, before);
    assert_contains(again.err, "building base: found in the cache");
    assert_contains(again.err, "building head (");
    outcome_clear(&again);
}

static void killed_build_is_built_anew(void **state)
{
    struct sandbox *sandbox = *state;

    make_building_project(sandbox);
    background_block_at(sandbox, 1);
    struct background background = background_start(sandbox, "check");
    assert_int_equal(background_end(&background, SIGKILL), 128 + SIGKILL);
    background_block_at(sandbox, 0);
    struct outcome again = pawl_exits(sandbox, 0, "check");

    assert_lacks(again.err, "found in the cache");
    assert_int_equal(count_entries(sandbox, "cache/sessions"), 0);
    outcome_clear(&again);
}

static void two_checks_share_one_cache(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 6000, 14000);
    sandbox_must(sandbox,
                 "cd project\n"
                 "%s check --budget 20s --pairs 40 -o ../one >../1 2>&1 & first=$!\n"
                 "%s check --budget 20s --pairs 40 -o ../two >../2 2>&1 & second=$!\n"
                 "wait $first; a=$?; wait $second; b=$?\n"
                 "[ $a = 1 ] && [ $b = 1 ] || { cat ../1 ../2; exit 1; }",
                 PAWL_PROGRAM, PAWL_PROGRAM);

    pawl_must_exit(sandbox, 0, "report ../one/result.json");
    pawl_must_exit(sandbox, 0, "report ../two/result.json");
    assert_int_equal(count_entries(sandbox, "cache/sessions"), 0);
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(interrupt_ends_with_130_and_leaves_nothing),
        T(termination_ends_with_130_and_leaves_nothing),
        T(closed_terminal_ends_with_130_and_leaves_nothing),
        T(kill_leaves_the_repository_alone_and_the_next_run_sweeps),
        T(interrupted_build_leaves_no_half_of_one),
        T(killed_build_is_built_anew),
        T(two_checks_share_one_cache),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
