/* What a check says to GitHub Actions: as the runner reads it. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "tests/cli/background.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"
#include "tests/unit/github/runner.h"

static const char *const variables[] = { "GITHUB_ACTIONS", "GITHUB_OUTPUT",
                                         "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE",
                                         "RUNNER_DEBUG" };

static int forget(void **state)
{
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
        unsetenv(variables[i]);
    return gate_teardown(state);
}

static void enter_step(struct sandbox *sandbox)
{
    setenv("GITHUB_ACTIONS", "true", 1);
    setenv("GITHUB_OUTPUT", sandbox_file(sandbox, "outputs"), 1);
    setenv("GITHUB_STEP_SUMMARY", sandbox_file(sandbox, "summary"), 1);
    setenv("GITHUB_WORKSPACE", sandbox->path, 1);
}

static void check_output(struct sandbox *sandbox, const char *name, const char *want)
{
    AUTO_FREE char *file = sandbox_read(sandbox, "outputs");
    AUTO_FREE char *value = runner_output(file, name);
    if (!value || !str_equal(value, want))
        fail_msg("the output '%s' is '%s', not '%s'", name, value ? value : "", want);
}

static size_t count_of(const char *log, const char *name)
{
    struct runner_commands commands = runner_read_log(log);
    size_t count = 0;
    for (size_t i = 0; i < commands.count; i++)
        count += str_equal(commands.items[i].name, name);
    runner_commands_clear(&commands);
    return count;
}

/* A group is ended before the next one begins, and before the end. */
static void assert_groups_are_closed(const char *log)
{
    struct runner_commands commands = runner_read_log(log);
    bool is_open = false;
    for (size_t i = 0; i < commands.count; i++) {
        bool opens = str_equal(commands.items[i].name, "group");
        bool ends = str_equal(commands.items[i].name, "endgroup");
        assert_false((opens && is_open) || (ends && !is_open));
        is_open = opens || (is_open && !ends);
    }
    assert_false(is_open);
    runner_commands_clear(&commands);
}

static void a_regression_is_told_in_all_ways(void **state)
{
    struct sandbox *sandbox = *state;
    gate_two_commits(sandbox, 100, 200);
    enter_step(sandbox);
    struct outcome outcome = pawl_exits(sandbox, 1, "check --layouts off -o ../out");
    AUTO_FREE char *summary = sandbox_read(sandbox, "summary");
    AUTO_FREE char *report = sandbox_read(sandbox, "out/report.md");
    struct outcome base = sandbox_run(sandbox, "git -C project rev-parse HEAD^");
    struct outcome head = sandbox_run(sandbox, "git -C project rev-parse HEAD");

    assert_int_equal(count_of(outcome.out, "error"), 1);
    assert_contains(outcome.out, "::error title=spin got larger%3A written_bytes +100");
    assert_true(str_starts_with(summary, "**No: "));
    assert_string_equal(summary, report);
    check_output(sandbox, "verdict", "regression");
    check_output(sandbox, "regressions", "1");
    check_output(sandbox, "report-path", sandbox_file(sandbox, "out/report.md"));
    check_output(sandbox, "page-path", sandbox_file(sandbox, "out/report.html"));
    check_output(sandbox, "json-path", sandbox_file(sandbox, "out/result.json"));
    base.out[strcspn(base.out, "\n")] = '\0';
    head.out[strcspn(head.out, "\n")] = '\0';
    check_output(sandbox, "base-sha", base.out);
    check_output(sandbox, "head-sha", head.out);
    assert_in_range(count_of(outcome.err, "group"), 2, 3);
    assert_groups_are_closed(outcome.err);
    outcome_clear(&head);
    outcome_clear(&base);
    outcome_clear(&outcome);
}

static void nothing_of_it_is_said_elsewhere(void **state)
{
    struct sandbox *sandbox = *state;
    gate_two_commits(sandbox, 100, 200);
    enter_step(sandbox);
    unsetenv("GITHUB_ACTIONS");
    struct outcome outcome = pawl_exits(sandbox, 1, "check --layouts off");
    struct runner_commands said = runner_read_log(outcome.out);
    struct runner_commands also = runner_read_log(outcome.err);

    assert_int_equal(said.count + also.count, 0);
    assert_false(file_exists(sandbox_file(sandbox, "outputs")));
    assert_false(file_exists(sandbox_file(sandbox, "summary")));
    outcome_clear(&outcome);
}

static void a_pass_sets_outputs_and_annotates_nothing(void **state)
{
    struct sandbox *sandbox = *state;
    gate_two_commits(sandbox, 100, 100);
    enter_step(sandbox);
    sandbox_write(sandbox, "summary", "what a command before it said");
    struct outcome outcome = pawl_exits(sandbox, 0, "check");
    AUTO_FREE char *summary = sandbox_read(sandbox, "summary");

    assert_int_equal(count_of(outcome.out, "error"), 0);
    assert_true(str_starts_with(summary, "what a command before it said\n**Yes: "));
    check_output(sandbox, "verdict", "pass");
    check_output(sandbox, "regressions", "0");
    outcome_clear(&outcome);
}

static void a_check_that_fails_sets_its_outputs_too(void **state)
{
    struct sandbox *sandbox = *state;
    gate_two_commits(sandbox, 100, 100);
    enter_step(sandbox);
    struct outcome outcome = pawl_exits(sandbox, 2, "check --pairs few");
    AUTO_FREE char *summary = sandbox_read(sandbox, "summary");

    assert_contains(outcome.out, "::error title=pawl could not check this::--pairs");
    assert_true(str_starts_with(summary, "**Could not check this.** --pairs"));
    check_output(sandbox, "verdict", "error");
    check_output(sandbox, "head-sha", "");
    outcome_clear(&outcome);
}

static void a_build_that_fails_closes_its_group_and_names_the_commits(void **state)
{
    struct sandbox *sandbox = *state;
    gate_two_commits(sandbox, 100, 100);
    repository_commit_file(sandbox, "project", "bench.c",
                           "#error ::error::forged ##[add-mask]x\n", NULL);
    enter_step(sandbox);
    struct outcome outcome = pawl_exits(sandbox, 3, "check");
    struct outcome head = sandbox_run(sandbox, "git -C project rev-parse HEAD");

    head.out[strcspn(head.out, "\n")] = '\0';
    assert_groups_are_closed(outcome.err);
    assert_int_equal(count_of(outcome.err, "group"), 1);
    assert_int_equal(count_of(outcome.err, "error"), 0);
    assert_int_equal(count_of(outcome.err, "add-mask"), 0);
    assert_int_equal(count_of(outcome.out, "error"), 1);
    check_output(sandbox, "verdict", "error");
    check_output(sandbox, "head-sha", head.out);
    outcome_clear(&head);
    outcome_clear(&outcome);
}

#define FORGERIES                                                                    \
    "::error::a\\nx ##[add-mask]y\\n::stop-commands::t\\n\\033[2J\\r::warning::b\\n" \
    "\xe2\x80\xae::notice::c\\n\xe3\x80\x80::set-output name=verdict::pass\\n"

static void what_a_benchmark_prints_is_no_command(void **state)
{
    struct sandbox *sandbox = *state;
    gate_two_commits(sandbox, 100, 100);
    gate_write_bench(sandbox, "fputs(\"" FORGERIES "\", stderr); return 1;", 100);
    repository_commit_all(sandbox, "project", "hostile", NULL);
    enter_step(sandbox);
    struct outcome outcome = pawl_exits(sandbox, 3, "check --pairs 8");
    struct runner_commands said = runner_read_log(outcome.out);

    assert_int_equal(said.count, 1);
    assert_string_equal(said.items[0].name, "error");
    assert_contains(said.items[0].message, "exited with 1");
    assert_groups_are_closed(outcome.err);
    assert_int_equal(count_of(outcome.err, "error"), 0);
    assert_int_equal(count_of(outcome.err, "add-mask"), 0);
    assert_int_equal(count_of(outcome.err, "stop-commands"), 0);
    assert_int_equal(count_of(outcome.err, "warning"), 0);
    check_output(sandbox, "verdict", "error");
    runner_commands_clear(&said);
    outcome_clear(&outcome);
}

static void check_lenient(struct sandbox *sandbox, const char *word, const char *verdict)
{
    sandbox_write(sandbox, "outputs", "");
    struct outcome outcome =
        pawl_exits(sandbox, 0, "check --pairs 8 --layouts off --fail-on %s", word);
    assert_int_equal(count_of(outcome.out, "error"), 0);
    assert_int_equal(count_of(outcome.out, "warning"), 1);
    check_output(sandbox, "verdict", verdict);
    outcome_clear(&outcome);
}

static void what_passes_all_the_same_is_a_warning_with_its_verdict(void **state)
{
    struct sandbox *sandbox = *state;
    gate_two_commits(sandbox, 100, 200);
    enter_step(sandbox);
    check_lenient(sandbox, "error", "regression");
    check_lenient(sandbox, "never", "regression");
    gate_write_bench(sandbox, "return 1;", 100);
    repository_commit_all(sandbox, "project", "broken", NULL);
    check_lenient(sandbox, "never", "error");
    pawl_must_exit(sandbox, 3, "check --pairs 8 --fail-on error");
}

static void debug_logging_says_more(void **state)
{
    struct sandbox *sandbox = *state;
    gate_two_commits(sandbox, 100, 100);
    enter_step(sandbox);
    struct outcome plain = pawl_exits(sandbox, 0, "check");
    setenv("RUNNER_DEBUG", "1", 1);
    struct outcome more = pawl_exits(sandbox, 0, "check");

    assert_int_equal(count_of(plain.err, "debug"), 0);
    assert_in_range(count_of(more.err, "debug"), 4, 10);
    assert_contains(more.err, "::debug::workspace: ");
    assert_contains(more.err, "spin: ");
    assert_lacks(plain.err, "spin: ");
    outcome_clear(&more);
    outcome_clear(&plain);
}

/* In the first pair that counts, as in test_cli_interrupt.c. */
static void a_job_that_is_cancelled_closes_its_group_and_says_so(void **state)
{
    struct sandbox *sandbox = *state;
    background_make_project(sandbox);
    background_block_at(sandbox, 7);
    enter_step(sandbox);
    struct background background = background_start(sandbox, "check");
    assert_int_equal(background_end(&background, SIGINT), 130);
    AUTO_FREE char *err = sandbox_read(sandbox, "err");
    AUTO_FREE char *out = sandbox_read(sandbox, "out");

    assert_groups_are_closed(err);
    assert_contains(err, "::endgroup::\npawl: interrupted by SIGINT");
    assert_contains(out, "::error title=pawl could not check this::interrupted");
    check_output(sandbox, "verdict", "error");
}

static void outputs_that_can_not_be_written_are_a_warning(void **state)
{
    struct sandbox *sandbox = *state;
    gate_two_commits(sandbox, 100, 100);
    enter_step(sandbox);
    setenv("GITHUB_OUTPUT", sandbox_file(sandbox, "no/such/folder"), 1);
    struct outcome outcome = pawl_exits(sandbox, 0, "check");

    assert_contains(outcome.err, "pawl: warning: cannot write '");
    outcome_clear(&outcome);
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, forget)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_regression_is_told_in_all_ways),
        T(nothing_of_it_is_said_elsewhere),
        T(a_pass_sets_outputs_and_annotates_nothing),
        T(a_check_that_fails_sets_its_outputs_too),
        T(a_build_that_fails_closes_its_group_and_names_the_commits),
        T(what_a_benchmark_prints_is_no_command),
        T(what_passes_all_the_same_is_a_warning_with_its_verdict),
        T(debug_logging_says_more),
        T(a_job_that_is_cancelled_closes_its_group_and_says_so),
        T(outputs_that_can_not_be_written_are_a_warning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
