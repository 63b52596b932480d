/* No measured pair is lost. */
#include <signal.h>

#include "gate/base/alloc.h"
#include "gate/base/json.h"
#include "tests/cli/background.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

/* Two runs compare outputs; five pairs are whole before run 13. */
#define BLOCKED_RUN  13
#define PAIRS_BEFORE 5

static size_t count_pairs(struct sandbox *sandbox, const char *file)
{
    struct error err = { 0 };
    AUTO_JSON json_t *result =
        json_read_file(sandbox_file(sandbox, file), ERROR_USAGE, &err);
    const json_t *bench = json_array_get(json_object_get(result, "benches"), 0);
    return json_array_size(json_object_get(bench, "pairs"));
}

static void check_resumed(struct sandbox *sandbox, int signal_number)
{
    background_make_project(sandbox);
    background_block_at(sandbox, BLOCKED_RUN);
    struct background background = background_start(sandbox, "check");
    background_end(&background, signal_number);
    background_block_at(sandbox, 0);
    struct outcome outcome =
        pawl_exits(sandbox, 0, "check --resume --json ../result.json");
    size_t pairs = count_pairs(sandbox, "result.json");

    assert_contains(outcome.err, "resuming: 5 pairs were measured before");
    assert_true(pairs >= 10);
    assert_int_equal(background_runs(sandbox),
                     BLOCKED_RUN + 2 + 2 * (pairs - PAIRS_BEFORE));
    assert_int_equal(count_entries(sandbox, "cache/journals"), 0);
    outcome_clear(&outcome);
}

static void killed_run_is_gone_on_with(void **state)
{
    check_resumed(*state, SIGKILL);
}

static void interrupted_run_is_gone_on_with(void **state)
{
    check_resumed(*state, SIGINT);
}

static void another_comparison_is_not_gone_on_with(void **state)
{
    struct sandbox *sandbox = *state;

    background_make_project(sandbox);
    background_block_at(sandbox, BLOCKED_RUN);
    struct background background = background_start(sandbox, "check");
    background_end(&background, SIGINT);
    background_block_at(sandbox, 0);

    pawl_refuses(sandbox, 2, "nothing to resume", "check --resume -q --base HEAD");
    pawl_refuses(sandbox, 2, "nothing to resume", "check --resume -q --pairs 50");
}

static void there_is_nothing_to_resume_at_first_and_after_a_whole_run(void **state)
{
    struct sandbox *sandbox = *state;

    background_make_project(sandbox);

    pawl_refuses(sandbox, 2, "nothing to resume", "check --resume -q");
    pawl_must_exit(sandbox, 0, "check");
    pawl_refuses(sandbox, 2, "nothing to resume", "check --resume -q");
}

static void pairs_outlive_a_result_that_could_not_be_written(void **state)
{
    struct sandbox *sandbox = *state;

    background_make_project(sandbox);
    struct outcome failed = pawl_exits(sandbox, 5, "check --json /dev/full");
    size_t runs = background_runs(sandbox);
    pawl_must_exit(sandbox, 0, "check --resume --json ../result.json");

    assert_contains(failed.err, "the pairs are kept");
    assert_int_equal(background_runs(sandbox), runs + 2);
    assert_int_equal(runs, 2 + 2 * count_pairs(sandbox, "result.json"));
    outcome_clear(&failed);
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(killed_run_is_gone_on_with),
        T(interrupted_run_is_gone_on_with),
        T(another_comparison_is_not_gone_on_with),
        T(there_is_nothing_to_resume_at_first_and_after_a_whole_run),
        T(pairs_outlive_a_result_that_could_not_be_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
