/* What pawl refuses, and how it says so. */
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

static void wrong_command_lines_are_refused_with_what_is_meant(void **state)
{
    static const struct {
        const char *arguments;
        const char *message;
    } cases[] = {
        { "", "no command; pawl --help lists them" },
        { "chekc", "unknown command 'chekc', did you mean 'check'?" },
        { "frobnicate", "unknown command 'frobnicate'; pawl --help lists them" },
        { "--verbose", "unknown command '--verbose'" },
        { "check --buget 3s", "unknown option '--buget', did you mean '--budget'?" },
        { "check --xyzzy", "unknown option '--xyzzy'; --help lists them all" },
        { "check -Z", "unknown option '-Z'" },
        { "check -qv", "'-qv': write short options one by one" },
        { "check --base", "--base needs a value: REV" },
        { "check --quiet=yes", "--quiet takes no value, but got 'yes'" },
        { "check --pairs 7", "--pairs must be at least 8, not 7" },
        { "check --pairs 0", "--pairs must be at least 8, not 0" },
        { "check --budget 0s", "--budget must be more than nothing" },
        { "check --pairs -3", "--pairs must be a whole number, not '-3'" },
        { "check --pairs 8x", "--pairs must be a whole number, not '8x'" },
        { "check --seed 99999999999999999999", "--seed must be a whole number" },
        { "check --budget 3", "--budget must be a duration such as" },
        { "check --fail-on nothing",
          "--fail-on must be 'regression', 'inconclusive', 'layout', 'error' or 'never', "
          "not 'nothing'" },
        { "check --fail-on layout,never", "--fail-on 'never' stands alone" },
        { "check --layouts 4",
          "--layouts must be 'regressed', 'off' or a whole number from 5 to 20, not '4'" },
        { "check --dirty --head main",
          "--dirty judges the work tree, --head 'main' a commit" },
        { "check -- ls", "'pawl check' runs no command of its own; 'ls' after '--'" },
        { "measure", "no command: pawl measure -- COMMAND" },
        { "measure true", "write the command after '--': pawl measure -- true" },
        { "measure -- true --", "no command: pawl measure -- COMMAND" },
        { "measure -- true -- true -- true", "'pawl measure' takes at most two" },
        { "measure --margin 2 -- true", "--margin must be a percentage" },
        { "measure --pairs 2 -- true -- true", "--pairs must be at least 8, not 2" },
        { "report", "'pawl report' takes one result file, not 0" },
        { "report a b", "'pawl report' takes one result file, not 2" },
        { "report --format pdf a",
          "--format must be one of badge, csv, html, json, junit, markdown" },
        { "report ../nothing", "cannot open '../nothing': No such file or directory" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        pawl_refuses(*state, 2, cases[i].message, cases[i].arguments);
}

static void help_lists_every_option(void **state)
{
    static const struct {
        const char *command;
        const char *options[24];
    } cases[] = {
        { "check", { "-b, --base REV",      "--head REV",
                     "-d, --dirty",         "-c, --config FILE",
                     "-C, --directory DIR", "-t, --budget TIME",
                     "-n, --pairs N",       "--seed N",
                     "--no-identical",      "--no-pin",
                     "--no-priority",       "--no-cache",
                     "--dry-run",           "--resume",
                     "--fail-on WHAT",      "--layouts WHAT",
                     "-o, --output DIR",    "--markdown FILE",
                     "--json FILE",         "-q, --quiet",
                     "-v, --verbose" } },
        { "measure",
          { "-n, --runs N", "-w, --warmup N", "-m, --margin SHARE", "--pairs N",
            "-t, --budget TIME", "--timeout TIME", "--seed N" } },
        { "report", { "-f, --format FORMAT" } },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct outcome outcome = pawl_exits(*state, 0, "%s --help", cases[i].command);
        AUTO_FREE char *usage = str_format("usage: pawl %s ", cases[i].command);
        assert_true(str_starts_with(outcome.out, usage));
        assert_string_equal(outcome.err, "");
        for (size_t o = 0; cases[i].options[o]; o++)
            assert_contains(outcome.out, cases[i].options[o]);
        outcome_clear(&outcome);
    }
}

static void overview_lists_commands_and_exit_codes(void **state)
{
    struct outcome outcome = pawl_exits(*state, 0, "--help");
    struct outcome version = pawl_exits(*state, 0, "--version");

    assert_contains(outcome.out, "\n  check ");
    assert_contains(outcome.out, "\n  measure ");
    assert_contains(outcome.out, "\n  report ");
    assert_contains(outcome.out, "130 interrupted");
    assert_true(str_starts_with(version.out, "pawl "));
    outcome_clear(&outcome);
    outcome_clear(&version);
}

static void place_without_a_repository_is_refused(void **state)
{
    pawl_refuses(*state, 2, "'.' is not in a git repository: ", "check");
}

static void repository_without_commits_is_refused(void **state)
{
    repository_make(*state, "project");

    pawl_refuses(*state, 2, "", "check");
}

static void unknown_revision_is_refused(void **state)
{
    gate_two_commits(*state, 100, 100);

    pawl_refuses(*state, 2, "unknown revision 'nowhere'", "check --base nowhere -q");
    pawl_refuses(*state, 2, "unknown revision 'nowhere'", "check --head nowhere -q");
}

static void commit_without_config_is_refused(void **state)
{
    struct sandbox *sandbox = *state;

    repository_make(sandbox, "project");
    repository_commit_file(sandbox, "project", "a", "1", NULL);
    repository_commit_file(sandbox, "project", "a", "2", NULL);

    pawl_refuses(sandbox, 2, "no pawl.json in ", "check -q");
    pawl_refuses(sandbox, 2, "--config: cannot open 'none.json'",
                 "check -q --config none.json");
}

static void mistake_in_the_config_is_placed(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 100, 100);
    sandbox_must(sandbox, "sed -i 's/\"margins\"/\"margin\"/' project/pawl.json");
    repository_commit_all(sandbox, "project", "typo", NULL);
    struct outcome outcome = pawl_exits(sandbox, 2, "check -q");

    assert_contains(outcome.err, ":pawl.json', line 4, column 3: unknown key 'margin'");
    assert_contains(outcome.err, "did you mean 'margins'?");
    assert_lacks(outcome.err, "--config");
    outcome_clear(&outcome);
    sandbox_must(sandbox, "sed -i 's/\"margin\"/\"margins\"/' project/pawl.json");
    repository_commit_all(sandbox, "project", "mended", NULL);
    struct outcome mended = pawl_exits(sandbox, 2, "check --base HEAD~1 -q");

    assert_contains(mended.err,
                    "pawl: the rules are those of base (--config FILE puts others "
                    "in their place): in '");
    outcome_clear(&mended);
}

static void unknown_pattern_is_refused_before_anything_is_built(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 100, 100);
    struct outcome outcome = pawl_exits(sandbox, 2, "check spni");

    assert_contains(outcome.err, "'spni'");
    assert_contains(outcome.err, "'spin'");
    assert_lacks(outcome.err, "building");
    assert_int_equal(count_entries(sandbox, "cache/builds"), 0);
    outcome_clear(&outcome);
}

static void shallow_clone_without_the_base_gets_advice(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 100, 100);
    sandbox_must(sandbox, "git clone -q --depth 1 file://\"$PWD\"/project shallow");

    struct outcome outcome = pawl_exits(sandbox, 2, "check -q -C ../shallow");

    assert_contains(outcome.err, "this clone is shallow");
    assert_contains(outcome.err, "git fetch --unshallow");
    assert_contains(outcome.err, "fetch-depth: 0");
    outcome_clear(&outcome);
}

static void cache_that_can_not_be_made_is_trouble(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 100, 100);
    sandbox_write(sandbox, "cache", "a file");

    pawl_refuses(sandbox, 5, "", "check -q");
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(wrong_command_lines_are_refused_with_what_is_meant),
        T(help_lists_every_option),
        T(overview_lists_commands_and_exit_codes),
        T(place_without_a_repository_is_refused),
        T(repository_without_commits_is_refused),
        T(unknown_revision_is_refused),
        T(commit_without_config_is_refused),
        T(mistake_in_the_config_is_placed),
        T(unknown_pattern_is_refused_before_anything_is_built),
        T(shallow_clone_without_the_base_gets_advice),
        T(cache_that_can_not_be_made_is_trouble),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
