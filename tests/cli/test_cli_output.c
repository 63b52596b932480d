/* Files and standard output: whole, or an error. */
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/file.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

/* A check of identical binaries: everything but the measuring. */
static void make_project(struct sandbox *sandbox)
{
    gate_two_commits(sandbox, 100, 100);
}

static void assert_no_drafts(struct sandbox *sandbox)
{
    struct outcome drafts = sandbox_run(sandbox, "find . -name '*.tmp-*'");
    assert_string_equal(drafts.out, "");
    outcome_clear(&drafts);
}

static void files_are_written_where_asked(void **state)
{
    struct sandbox *sandbox = *state;

    make_project(sandbox);
    struct outcome outcome = pawl_exits(
        sandbox, 0, "check -o ../new/out --markdown ../m/x.md --json ../x.json");

    assert_contains(outcome.out, "report: ../new/out/report.md\n");
    assert_contains(outcome.out, "page: ../new/out/report.html\n");
    assert_contains(outcome.out, "result: ../new/out/result.json\n");
    assert_int_equal(count_entries(sandbox, "new/out"), 3);
    assert_true(file_equal(sandbox_file(sandbox, "new/out/report.md"),
                           sandbox_file(sandbox, "m/x.md")));
    assert_true(file_equal(sandbox_file(sandbox, "new/out/result.json"),
                           sandbox_file(sandbox, "x.json")));
    assert_int_equal(count_entries(sandbox, "cache/results"), 0);
    outcome_clear(&outcome);
}

static void files_are_in_the_cache_where_nobody_asked(void **state)
{
    struct sandbox *sandbox = *state;

    make_project(sandbox);
    struct outcome outcome = pawl_exits(sandbox, 0, "check");

    assert_int_equal(count_entries(sandbox, "cache/results"), 1);
    assert_contains(outcome.out, sandbox_file(sandbox, "cache/results"));
    outcome_clear(&outcome);
}

static void quiet_check_says_nothing_on_stderr(void **state)
{
    struct sandbox *sandbox = *state;

    make_project(sandbox);
    struct outcome outcome = pawl_exits(sandbox, 0, "check -q");

    assert_string_equal(outcome.err, "");
    assert_lacks(outcome.out, "\x1b");
    outcome_clear(&outcome);
}

static void unwritable_files_are_trouble_and_leave_nothing(void **state)
{
    static const char *const options[] = { "--output bench.c/out", "--json bench.c/x",
                                           "--markdown bench.c/x", "--json ../directory",
                                           "--output bench.c" };
    struct sandbox *sandbox = *state;

    make_project(sandbox);
    sandbox_write(sandbox, "directory/file", "");
    AUTO_FREE char *before = repository_listing(sandbox, "project");
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        struct outcome outcome = pawl_exits(sandbox, 5, "check -q %s", options[i]);
        assert_contains(outcome.err, "pawl: cannot ");
        assert_string_equal(outcome.out, "");
        outcome_clear(&outcome);
    }
    AUTO_FREE char *after = repository_listing(sandbox, "project");

    assert_string_equal(after, before);
    assert_no_drafts(sandbox);
}

static void report_that_nobody_gets_is_trouble(void **state)
{
    static const char *const arguments[] = { "check -q", "report ../x.json",
                                             "check --help", "--version" };
    struct sandbox *sandbox = *state;

    make_project(sandbox);
    pawl_must_exit(sandbox, 0, "check --json ../x.json");
    for (size_t i = 0; i < sizeof arguments / sizeof *arguments; i++) {
        struct outcome outcome = pawl_exits(sandbox, 5, "%s >/dev/full", arguments[i]);
        assert_contains(outcome.err, "pawl: cannot write to standard output: No space");
        outcome_clear(&outcome);
    }
}

/* What is meant for standard output must not go to the first file that pawl opens. */
static void closed_standard_output_spoils_no_file(void **state)
{
    struct sandbox *sandbox = *state;

    make_project(sandbox);
    struct outcome outcome = pawl_exits(sandbox, 5, "check -q --json ../x.json >&-");
    pawl_must_exit(sandbox, 0, "check -q <&- 2>&-");
    pawl_must_exit(sandbox, 0, "report ../x.json");

    assert_contains(outcome.err,
                    "pawl: cannot write to standard output: Bad file descriptor");
    outcome_clear(&outcome);
}

static void result_goes_through_a_pipe(void **state)
{
    struct sandbox *sandbox = *state;

    make_project(sandbox);
    struct outcome outcome = pawl_exits(
        sandbox, 0, "check -q --json /dev/stdout | cat && test -L /dev/stdout");

    assert_contains(outcome.out, "\"schema\": \"pawl-result/1\"");
    assert_contains(outcome.out, "\nYes: ");
    outcome_clear(&outcome);
}

static void result_is_rendered_again_in_every_format(void **state)
{
    static const struct {
        const char *format;
        const char *part;
    } cases[] = {
        { "markdown", "**Yes: base and head run the same program" },
        { "terminal", "Yes: base and head run the same program" },
        { "terminal-color", "\x1b[" },
        { "json", "\"schema\": \"pawl-result/1\"" },
        { "junit", "<testsuite" },
        { "tsv", "spin\t" },
        { "html", "<h1>Yes: base and head run the same program" },
    };
    struct sandbox *sandbox = *state;

    make_project(sandbox);
    pawl_must_exit(sandbox, 0, "check -o ../out");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct outcome outcome = pawl_exits(
            sandbox, 0, "report --format %s ../out/result.json", cases[i].format);
        assert_contains(outcome.out, cases[i].part);
        assert_string_equal(outcome.err, "");
        outcome_clear(&outcome);
    }
    sandbox_must(sandbox,
                 "%s report out/result.json | cmp - out/report.md && "
                 "%s report -f html out/result.json | cmp - out/report.html && "
                 "%s report -f json out/result.json | cmp - out/result.json",
                 PAWL_PROGRAM, PAWL_PROGRAM, PAWL_PROGRAM);
}

static void what_is_no_result_is_refused(void **state)
{
    static const struct {
        const char *damage; /* from result.json to damaged.json */
        const char *message;
    } cases[] = {
        { "printf ''", "in '../damaged.json', line 1, column" },
        { "echo garbage", "in '../damaged.json', line 1, column" },
        { "echo '[]'", "in '../damaged.json': " },
        { "echo '{}'", "in '../damaged.json': " },
        { "head -c 300 result.json", "in '../damaged.json', line " },
        { "sed 's/pawl-result.1/pawl-result\\/2/' result.json",
          "'schema' must be 'pawl-result/1', not" },
        { "sed 's/\"max_pairs\": [0-9]*/\"max_pairs\": \"many\"/' result.json",
          "'/max_pairs' must be " },
        { "sed '/\"toolchain\"/d' result.json", "'/' lacks the key 'toolchain'" },
        { "head -c 100000 /dev/zero", "in '../damaged.json': a NUL byte" },
    };
    struct sandbox *sandbox = *state;

    make_project(sandbox);
    pawl_must_exit(sandbox, 0, "check --json ../result.json");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sandbox_must(sandbox, "%s >damaged.json", cases[i].damage);
        struct outcome outcome = pawl_exits(sandbox, 2, "report ../damaged.json");
        assert_string_equal(outcome.out, "");
        assert_contains(outcome.err, cases[i].message);
        outcome_clear(&outcome);
    }
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(files_are_written_where_asked),
        T(files_are_in_the_cache_where_nobody_asked),
        T(quiet_check_says_nothing_on_stderr),
        T(unwritable_files_are_trouble_and_leave_nothing),
        T(report_that_nobody_gets_is_trouble),
        T(closed_standard_output_spoils_no_file),
        T(result_goes_through_a_pipe),
        T(result_is_rendered_again_in_every_format),
        T(what_is_no_result_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
