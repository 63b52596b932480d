/* Why an operation of a harness takes longer, on a real program that prints fixed times
 * for it, so that what the gate says is certain. Each tool profiles while the other can't
 * be had; a tool that this machine lacks is skipped. */
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "tests/cli/explained.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

#define ONE ", \"run_one\": \"./micro {name}\""

/* A commit whose operation 'parse' walks 1000 steps, and then seeks so many: 'copy' only
 * walks. With the name of one as its argument the program does that one alone. */
static void commit(struct sandbox *sandbox, int steps, const char *members)
{
    AUTO_FREE char *source = str_format(
        "#include <stdio.h>\n"
        "#include <string.h>\n"
        "static void __attribute__((noinline)) walk(volatile int *sum, int steps)\n"
        "{\n"
        "    for (int i = 0; i < steps; i++) *sum += i;\n"
        "}\n"
        "static void __attribute__((noinline)) seek(volatile int *sum)\n"
        "{\n"
        "    for (int i = 0; i < %d; i++) *sum ^= i;\n"
        "}\n"
        "int main(int argc, char **argv)\n"
        "{\n"
        "    volatile int sum = 0;\n"
        "    for (int i = 0; i < 400 && (argc < 2 || !strcmp(argv[1], \"parse\")); i++) {\n"
        "        walk(&sum, 1000);\n"
        "        seek(&sum);\n"
        "    }\n"
        "    for (int i = 0; i < 400 && (argc < 2 || !strcmp(argv[1], \"copy\")); i++)\n"
        "        walk(&sum, 1000);\n"
        "    if (argc < 2 || !strcmp(argv[1], \"parse\")) puts(\"parse %d ns\");\n"
        "    if (argc < 2 || !strcmp(argv[1], \"copy\")) puts(\"copy 1000 ns\");\n"
        "    return 0;\n"
        "}\n",
        steps, 1000 + steps);
    AUTO_FREE char *config = str_format(
        "{ \"version\": 1, \"build\": { \"run\": [\"cc -O1 $CFLAGS -o micro micro.c\"],"
        " \"shell\": true },\n"
        "  \"budget\": { \"warmup\": 0 }, \"margins\": { \"wall\": \"5%%\" },\n"
        "  \"suites\": [{ \"name\": \"s\", \"benchmarks\": [\n"
        "    { \"name\": \"micro\", \"format\": \"lines\", \"run\": \"./micro\"%s } ] }] }\n",
        members);
    sandbox_write(sandbox, "project/micro.c", source);
    sandbox_write(sandbox, "project/pawl.json", config);
    repository_commit_all(sandbox, "project", "a commit", NULL);
}

/* Base seeks 500 steps, head 20 times as many. */
static void commit_both(struct sandbox *sandbox, const char *members)
{
    repository_make(sandbox, "project");
    commit(sandbox, 500, members);
    commit(sandbox, 10000, members);
}

/* Lines come of a build with debug information, though valgrind is not to be had. */
static void the_function_that_an_operation_waits_for_is_named(void **state)
{
    struct sandbox *sandbox = *state;
    commit_both(sandbox, ONE);
    if (!explained_may_sample(sandbox))
        skip();
    struct outcome outcome = explained_without(sandbox, "valgrind", "HEAD~");

    explained_says(&outcome, "why micro/parse wall +633 %: ");
    explained_says(
        &outcome, " of the added time is in 'seek' (micro.c:9), which this change edits. "
                  "wall +633 %: how many instructions an operation takes is not known");
    explained_says(&outcome, "time an operation, perf, ");
    assert_contains(outcome.err,
                    "'micro/copy' was not profiled: that its wall changed is "
                    "not sure, or less than 1 %");
    assert_null(strstr(outcome.out, "why micro/copy"));
    outcome_clear(&outcome);
}

static void instructions_are_divided_where_perf_may_not(void **state)
{
    struct sandbox *sandbox = *state;
    explained_need(sandbox, "valgrind");
    commit_both(sandbox, ONE);
    struct outcome outcome =
        explained_without(sandbox, "perf", "HEAD~ --row micro/parse --flame f.svg");
    struct outcome source =
        explained_without(sandbox, "perf", "HEAD~ --row 'micro/par*' --function seek");

    explained_says(&outcome,
                   " of the added time is in 'seek' (micro.c:9), which this change");
    explained_says(&outcome, "time an operation, callgrind ");
    explained_says(&outcome,
                   "parts of the instructions, of 'main' and what it calls, scaled "
                   "to what an operation took, with source lines");
    assert_null(strstr(outcome.err, "micro/copy"));
    AUTO_FREE char *flame = sandbox_read(sandbox, "project/f.svg");
    assert_contains(flame, "<title>seek\nmicro.c\nbase ");
    assert_contains(flame,
                    "Parts of callgrind's instructions, scaled to what an operation");
    assert_contains(source.out,
                    "seek in micro/parse: picoseconds an operation, with what");
    assert_contains(source.out,
                    "+     9      for (int i = 0; i < 10000; i++) *sum ^= i;\n");
    outcome_clear(&source);
    outcome_clear(&outcome);
}

static void what_can_not_or_need_not_be_profiled_is_told(void **state)
{
    struct sandbox *sandbox = *state;
    commit_both(sandbox, "");
    struct outcome outcome = pawl_exits(sandbox, 0, "explain HEAD~");

    assert_contains(
        outcome.err,
        "'micro/copy' was not profiled: that its wall changed is not sure, or "
        "less than 1 %");
    assert_contains(
        outcome.err,
        "'micro/parse' was not profiled: its run prints 'parse', 'copy', and a "
        "profile would be of all of them together; \"run_one\" in pawl.json can "
        "say how to run one alone");
    outcome_clear(&outcome);
}

static void a_command_for_one_that_runs_others_is_told(void **state)
{
    struct sandbox *sandbox = *state;
    commit_both(sandbox, ", \"run_one\": \"sh -c './micro copy' {name}\"");
    struct outcome outcome = pawl_exits(sandbox, 0, "explain HEAD~ --row micro/parse");

    assert_contains(
        outcome.err,
        "'micro/parse' was not profiled: 'sh -c './micro copy' {name}' is to run "
        "it alone (\"run_one\" in pawl.json), and prints 'copy'");
    outcome_clear(&outcome);
}

/* It says that it is python, and what a profile would have is python's then. */
static void what_an_interpreter_runs_is_not_explained(void **state)
{
    struct sandbox *sandbox = *state;
    commit_both(sandbox, ", \"run_one\": \"env A=1 bin/python3.9 {name}\", "
                         "\"setup\": [\"mkdir -p bin\", \"cp micro bin/python3.9\"]");
    struct outcome outcome = pawl_exits(sandbox, 0, "explain HEAD~ --row micro/parse");

    assert_contains(outcome.err,
                    "'micro/parse' is not explained: an interpreter runs it, and "
                    "a profile has its functions, none of the tree's");
    outcome_clear(&outcome);
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_function_that_an_operation_waits_for_is_named),
        T(instructions_are_divided_where_perf_may_not),
        T(what_can_not_or_need_not_be_profiled_is_told),
        T(a_command_for_one_that_runs_others_is_told),
        T(what_an_interpreter_runs_is_not_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
