/* Real little projects: the pawl.json that pawl init writes is run by pawl itself. What
 * is judged is what the programs write, which repeats however busy the machine is. Where
 * a tool is not installed, what was written for it is only read. */
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/config/config.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

static void skip_unless(struct sandbox *sandbox, const char *test, const char *package)
{
    struct outcome outcome = sandbox_run(sandbox, "%s", test);
    bool is_there = outcome.exit_code == 0;
    outcome_clear(&outcome);
    if (is_there)
        return;
    print_message("skipped: to run what was written needs %s\n", package);
    skip();
}

/* Writes the pawl.json by pawl init, which must say so, and reads it as pawl does. */
static void init_says(struct sandbox *sandbox, const char *said)
{
    struct error err = { 0 };
    repository_git(sandbox, "project", "add -A");
    struct outcome outcome = pawl_exits(sandbox, 0, "init");
    AUTO_FREE char *text = sandbox_read(sandbox, "project/pawl.json");
    AUTO_CONFIG struct config *config = config_parse(text, "pawl.json", &err);
    if (!config)
        fail_msg("%s: %s", err.message, text);
    assert_contains(outcome.out, said);
    assert_contains(outcome.out, "Wrote pawl.json.");
    assert_string_equal(outcome.err, "");
    outcome_clear(&outcome);
}

/* Puts margins for what is written in the place of those for time. */
static void judge_written_bytes(struct sandbox *sandbox)
{
    sandbox_must(sandbox,
                 "cd project && tr '\\n' ' ' <pawl.json >one && sed "
                 "'s/\"margins\": {[^}]*}/\"margins\": {%s}, \"layouts\": "
                 "\"off\", \"budget\": {\"pairs\": 20}/' one >pawl.json && rm one && "
                 "grep -q written_bytes pawl.json",
                 GATE_MARGINS);
}

/* Commits what there is, then a program that writes twice as much, and checks. */
static void check_sees_more_written(struct sandbox *sandbox, const char *row)
{
    judge_written_bytes(sandbox);
    repository_commit_all(sandbox, "project", "base", NULL);
    gate_write_bench(sandbox, "", 20);
    repository_commit_all(sandbox, "project", "head", NULL);
    struct outcome outcome = pawl_exits(sandbox, 1, "check --base HEAD^");
    assert_contains(outcome.out, row);
    outcome_clear(&outcome);
}

static void a_cmake_project_is_gated(void **state)
{
    struct sandbox *sandbox = *state;

    repository_make(sandbox, "project");
    gate_write_bench(sandbox, "", 10);
    sandbox_write(sandbox, "project/CMakeLists.txt",
                  "cmake_minimum_required(VERSION 3.16)\nproject(small C)\n"
                  "option(SMALL_BENCHMARKS \"\" OFF)\n"
                  "if(SMALL_BENCHMARKS)\n  add_subdirectory(speed)\nendif()\n");
    sandbox_write(sandbox, "project/speed/CMakeLists.txt",
                  "add_executable(small-bench ../bench.c)\n");
    init_says(sandbox, "Project: CMake, by CMakeLists.txt\n1 benchmark:\n"
                       "  small-bench: an executable (speed/CMakeLists.txt)\n");
    check_sees_more_written(sandbox, "small-bench written_bytes");
}

static void a_meson_project_is_gated(void **state)
{
    struct sandbox *sandbox = *state;

    skip_unless(sandbox, "meson --version && ninja --version", "meson and ninja-build");
    repository_make(sandbox, "project");
    gate_write_bench(sandbox, "", 10);
    sandbox_write(sandbox, "project/meson.build",
                  "project('small', 'c')\nif get_option('bench')\n  subdir('speed')\n"
                  "endif\n");
    sandbox_write(sandbox, "project/meson_options.txt",
                  "option('bench', type: 'boolean', value: false)\n");
    sandbox_write(sandbox, "project/speed/meson.build",
                  "exe = executable('prog', '../bench.c', build_by_default: false)\n"
                  "benchmark('writing', exe, args: ['x'])\n");
    init_says(sandbox, "Project: Meson, by meson.build\n1 benchmark:\n"
                       "  writing: a benchmark() (speed/meson.build)\n");
    check_sees_more_written(sandbox, "writing written_bytes");
}

static void a_make_project_is_gated(void **state)
{
    struct sandbox *sandbox = *state;

    repository_make(sandbox, "project");
    gate_write_bench(sandbox, "", 10);
    sandbox_write(sandbox, "project/Makefile",
                  "CFLAGS ?= -O1\n.PHONY: speed\nspeed: list-bench\n\t@./list-bench x\n"
                  "list-bench: bench.c\n\t$(CC) $(CFLAGS) -o $@ $<\n");
    init_says(sandbox, "Project: make, by Makefile\n1 benchmark:\n"
                       "  list-bench: a program, called as a rule does (Makefile)\n");
    check_sees_more_written(sandbox, "list-bench written_bytes");
}

static void a_target_that_only_make_can_run_is_gated(void **state)
{
    struct sandbox *sandbox = *state;

    repository_make(sandbox, "project");
    gate_write_bench(sandbox, "", 10);
    sandbox_write(sandbox, "project/Makefile",
                  "bench: prog\n\t@for i in 1; do ./prog $$i; done\n"
                  "prog: bench.c\n\t$(CC) -o $@ $<\n.PHONY: bench\n");
    init_says(sandbox, "Note: the build runs 'make bench' once");
    check_sees_more_written(sandbox, "bench written_bytes");
}

/* Builds and measures the one commit, a few times and briefly. */
static void run_shows(struct sandbox *sandbox, const char *row)
{
    sandbox_must(sandbox, "sed -i 's/\"version\": 1,/\"version\": 1, \"budget\": "
                          "{\"pairs\": 8},/; s/=50ms/=1ms/' project/pawl.json");
    repository_commit_all(sandbox, "project", "all", NULL);
    struct outcome outcome = pawl_exits(sandbox, 0, "run");
    assert_contains(outcome.out, row);
    outcome_clear(&outcome);
}

static void a_cargo_project_is_measured(void **state)
{
    struct sandbox *sandbox = *state;

    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/Cargo.toml",
                  "[package]\nname = \"small\"\nversion = \"0.1.0\"\nedition = "
                  "\"2021\"\n\n[[bench]]\nname = \"own\"\nharness = false\n");
    sandbox_write(sandbox, "project/src/lib.rs", "pub fn nothing() {}\n");
    sandbox_write(sandbox, "project/benches/own.rs", "fn main() { small::nothing() }\n");
    init_says(sandbox, "own: a bench target (benches/own.rs)");
    skip_unless(sandbox, "cargo --version", "cargo");
    run_shows(sandbox, "own peak_rss");
}

static void a_go_project_is_measured(void **state)
{
    struct sandbox *sandbox = *state;

    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/go.mod", "module example.org/small\n\ngo 1.18\n");
    sandbox_write(sandbox, "project/in/small.go", "package in\n");
    sandbox_write(sandbox, "project/in/small_test.go",
                  "package in\n\nimport (\n\t\"os\"\n\t\"testing\"\n)\n\n"
                  "func BenchmarkStat(b *testing.B) {\n"
                  "\tfor i := 0; i < b.N; i++ {\n"
                  "\t\tif _, err := os.Stat(\"small.go\"); err != nil {\n"
                  "\t\t\tb.Fatal(err)\n\t\t}\n\t}\n}\n");
    init_says(sandbox, "in: has func Benchmark... (in/*_test.go)");
    skip_unless(sandbox, "go version", "golang");
    run_shows(sandbox, ".BenchmarkStat");
}

static void an_npm_project_is_measured(void **state)
{
    struct sandbox *sandbox = *state;

    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/package.json",
                  "{ \"name\": \"small\", \"scripts\": { \"bench\": \"node b.js\" } }\n");
    sandbox_write(sandbox, "project/b.js", "console.log(1);\n");
    init_says(sandbox, "bench: the script 'bench' (package.json)");
    skip_unless(sandbox, "node --version", "nodejs");
    run_shows(sandbox, "bench peak_rss");
}

/* An environment that has the plugin stands for what pip would fetch. */
static void a_pytest_project_is_measured(void **state)
{
    struct sandbox *sandbox = *state;

    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/requirements.txt", "pytest-benchmark\n");
    sandbox_write(sandbox, "project/tests/test_sum.py",
                  "def test_sum(benchmark):\n    benchmark(sum, [1, 2])\n");
    init_says(sandbox, "pytest: takes the fixture 'benchmark' (tests/test_sum.py)");
    skip_unless(sandbox,
                "python3 -c 'import sys, pytest_benchmark; "
                "sys.exit(sys.prefix != sys.base_prefix)'",
                "python3-pytest-benchmark");
    sandbox_must(sandbox, "cd project && tr '\\n' ' ' <pawl.json >one && sed "
                          "'s/\"python3 -m venv .venv\",[^]]*/\"python3 -m venv "
                          "--system-site-packages .venv\"/' one >pawl.json && rm one");
    run_shows(sandbox, "tests/test_sum.py::test_sum");
}

static void what_is_there_stays_as_it_is(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 10, 10);
    sandbox_write(sandbox, "project/Makefile", "bench:\n\t./x\n");
    repository_git(sandbox, "project", "add -A");
    AUTO_FREE char *before = repository_listing(sandbox, "project");
    struct outcome outcome = pawl_exits(sandbox, 2, "init");
    struct outcome shown = pawl_exits(sandbox, 0, "init --stdout");
    AUTO_FREE char *after = repository_listing(sandbox, "project");

    assert_contains(outcome.err, "pawl.json' is there already and stays as it is; "
                                 "--stdout shows what would be written");
    assert_string_equal(outcome.out, "");
    assert_contains(shown.out, "{\n  \"version\": 1,\n");
    assert_contains(shown.out, "\"run\": \"./x\"");
    assert_contains(shown.err, "Project: make, by Makefile\n1 benchmark:\n");
    assert_string_equal(after, before);
    sandbox_must(sandbox, "cd project && rm pawl.json && ln -s nowhere pawl.json");
    struct outcome link = pawl_exits(sandbox, 2, "init");
    assert_contains(link.err, "pawl.json' is there already");
    sandbox_must(sandbox, "test ! -e project/nowhere");
    outcome_clear(&outcome);
    outcome_clear(&shown);
    outcome_clear(&link);
}

static void it_is_written_at_the_top(void **state)
{
    struct sandbox *sandbox = *state;

    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/Makefile", "bench:\n\t./x\n");
    sandbox_write(sandbox, "project/in/deep/x", "");
    repository_git(sandbox, "project", "add -A");
    sandbox_must(sandbox, "cd project/in/deep && '%s' init", PAWL_PROGRAM);
    sandbox_must(sandbox, "test -f project/pawl.json -a ! -e project/in/deep/pawl.json");
}

static void what_is_no_project_is_said(void **state)
{
    struct sandbox *sandbox = *state;

    sandbox_must(sandbox, "mkdir project");
    struct outcome no_git = pawl_exits(sandbox, 2, "init");
    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/Makefile", "all:\n\ttrue\n");
    struct outcome not_added = pawl_exits(sandbox, 2, "init");
    sandbox_write(sandbox, "project/notes", "");
    repository_git(sandbox, "project", "add notes");
    struct outcome no_marker = pawl_exits(sandbox, 2, "init");
    repository_git(sandbox, "project", "add -A");
    struct outcome no_bench = pawl_exits(sandbox, 2, "init");

    assert_contains(no_git.err, "git repository");
    assert_contains(
        not_added.err,
        "git tracks no file here yet, and other files are not looked at: 'git "
        "add' the project's, committed or not");
    assert_contains(no_marker.err,
                    "no known project found: of the files that git tracks");
    assert_contains(no_bench.err,
                    "no benchmark found in this make project (Makefile): looked for a "
                    "target 'bench' or 'benchmark', or programs with 'bench' in their "
                    "name; the smallest pawl.json to write by hand, with a program of "
                    "yours for PROGRAM: { \"version\": 1,");
    sandbox_must(sandbox, "test ! -e project/pawl.json");
    pawl_refuses(sandbox, 2, "pawl init takes no operand, not 'x'", "init x");
    sandbox_must(sandbox, "rm -rf project && git init -q --bare project");
    pawl_refuses(sandbox, 2,
                 "this is a bare repository, without files to look at: run pawl init in "
                 "a clone of it",
                 "init");
    outcome_clear(&no_git);
    outcome_clear(&not_added);
    outcome_clear(&no_marker);
    outcome_clear(&no_bench);
}

/* As root everything can be written, but /proc/self/fd/... can't: a read-only directory
 * is made by permissions where they count. */
static void a_directory_that_cant_be_written_is_said(void **state)
{
    struct sandbox *sandbox = *state;

    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/Makefile", "bench:\n\t./x\n");
    repository_git(sandbox, "project", "add -A");
    sandbox_must(sandbox, "chmod 555 project");
    struct outcome probe = sandbox_run(sandbox, "touch project/probe");
    if (probe.exit_code == 0) {
        outcome_clear(&probe);
        sandbox_must(sandbox, "chmod 755 project");
        print_message("skipped: who runs the tests can write everywhere\n");
        skip();
    }
    struct outcome outcome = pawl_exits(sandbox, 5, "init");
    sandbox_must(sandbox, "chmod 755 project");
    assert_contains(outcome.err, "cannot write '");
    assert_contains(outcome.err, "pawl.json': Permission denied");
    outcome_clear(&outcome);
    outcome_clear(&probe);
}

/* Names with a line break, a quote, a brace, bytes that are no text; a link and a pipe in
 * the place of files that are read. */
static void hostile_names_and_files_do_no_harm(void **state)
{
    struct sandbox *sandbox = *state;

    repository_make(sandbox, "project");
    sandbox_must(sandbox,
                 "cd project && echo 'module m' >go.mod && "
                 "for d in \"$(printf 'a\\n::error::b')\" \"it's {x} \\$(touch y)\" "
                 "\"$(printf 'bad\\377')\"; do mkdir \"$d\" && "
                 "echo 'func BenchmarkA(b *testing.B) {' >\"$d/a_test.go\"; done; "
                 "mkdir l && ln -s /etc/passwd l/a_test.go && "
                 "echo 'func BenchmarkP(b *testing.B) {' >p_test.go && git add -A && "
                 "rm p_test.go && mkfifo p_test.go");
    struct outcome outcome = pawl_exits(sandbox, 0, "init");
    AUTO_FREE char *text = sandbox_read(sandbox, "project/pawl.json");

    assert_contains(outcome.out, "2 benchmarks:\n  a---error--b: has func");
    assert_lacks(outcome.out, "\n::error");
    assert_contains(text,
                    "go test -c -o './it'\\\\''s {{x}} $(touch y)/pawl-bench.test' ");
    assert_lacks(text, "bad");
    sandbox_must(sandbox, "test ! -e project/y");
    outcome_clear(&outcome);
}

#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, gate_setup, gate_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(a_cmake_project_is_gated),
        IN_SANDBOX(a_meson_project_is_gated),
        IN_SANDBOX(a_make_project_is_gated),
        IN_SANDBOX(a_target_that_only_make_can_run_is_gated),
        IN_SANDBOX(a_cargo_project_is_measured),
        IN_SANDBOX(a_go_project_is_measured),
        IN_SANDBOX(an_npm_project_is_measured),
        IN_SANDBOX(a_pytest_project_is_measured),
        IN_SANDBOX(what_is_there_stays_as_it_is),
        IN_SANDBOX(it_is_written_at_the_top),
        IN_SANDBOX(what_is_no_project_is_said),
        IN_SANDBOX(a_directory_that_cant_be_written_is_said),
        IN_SANDBOX(hostile_names_and_files_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
