/* Why rows changed, on real repositories: what replaces an index by a scan, what sleeps,
 * what does nothing. Profiles need valgrind; where it is absent the tests are skipped. */
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/json.h"
#include "gate/base/str.h"
#include "tests/cli/explained.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

#define USUAL_BUILD "cc -O1 $CFLAGS -o prog main.c lookup.c"
#define NO_TIME     "\"cpu\": \"none\", \"wall\": \"none\", \"peak_rss\": \"none\", "
#define ONLY_COUNTS NO_TIME "\"instructions\": \"1%\""
#define ONLY_BYTES  NO_TIME "\"written_bytes\": \"1%\""
#define QUICK       "--budget 60s --pairs 8 --layouts off"

static void write_config(struct sandbox *sandbox, const char *build, const char *margins)
{
    AUTO_FREE char *text = str_format(
        "{ \"version\": 1, \"build\": { \"run\": [\"%s\"], \"shell\": true },\n"
        "  \"budget\": { \"warmup\": 0 }, \"margins\": { %s },\n"
        "  \"suites\": [{ \"name\": \"s\", \"benchmarks\": [\n"
        "    { \"name\": \"lookup\", \"run\": \"./prog\" } ] }] }\n",
        build, margins);
    sandbox_write(sandbox, "project/pawl.json", text);
}

/* main looks 300 names up, and first runs statement. */
static void write_main(struct sandbox *sandbox, const char *statement)
{
    AUTO_FREE char *text =
        str_format("#include <stdio.h>\n"
                   "#include <time.h>\n"
                   "int find_case(const int *ids, int count, int id);\n"
                   "static int ids[300];\n"
                   "int main(void)\n"
                   "{\n"
                   "    long sum = 0;\n"
                   "    %s\n"
                   "    for (int i = 0; i < 300; i++)\n"
                   "        ids[i] = 2 * i;\n"
                   "    for (int i = 0; i < 300; i++)\n"
                   "        sum += find_case(ids, 300, 2 * i);\n"
                   "    return sum == 44850 ? 0 : 1;\n"
                   "}\n",
                   statement);
    sandbox_write(sandbox, "project/main.c", text);
}

/* By bisection. */
static void write_index(struct sandbox *sandbox)
{
    sandbox_write(sandbox, "project/lookup.c",
                  "int find_case(const int *ids, int count, int id)\n"
                  "{\n"
                  "    int low = 0;\n"
                  "    int high = count - 1;\n"
                  "    while (low < high) {\n"
                  "        int middle = (low + high) / 2;\n"
                  "        if (ids[middle] < id)\n"
                  "            low = middle + 1;\n"
                  "        else\n"
                  "            high = middle;\n"
                  "    }\n"
                  "    return low;\n"
                  "}\n");
}

static void write_scan(struct sandbox *sandbox)
{
    sandbox_write(sandbox, "project/lookup.c",
                  "int find_case(const int *ids, int count, int id)\n"
                  "{\n"
                  "    for (int i = 0; i < count; i++)\n"
                  "        if (ids[i] == id)\n"
                  "            return i;\n"
                  "    return -1;\n"
                  "}\n");
}

static void commit_base(struct sandbox *sandbox, const char *build, const char *margins)
{
    repository_make(sandbox, "project");
    write_config(sandbox, build, margins);
    write_main(sandbox, "");
    write_index(sandbox);
    repository_commit_all(sandbox, "project", "base", NULL);
}

static void commit_scan(struct sandbox *sandbox, const char *build, const char *margins)
{
    commit_base(sandbox, build, margins);
    write_scan(sandbox);
    write_main(sandbox, "puts(\"x\");");
    repository_commit_all(sandbox, "project", "scan", NULL);
}

static const json_t *function_of(const json_t *explanation, const char *name)
{
    const json_t *functions = json_object_get(explanation, "functions");
    for (size_t i = 0; i < json_array_size(functions); i++) {
        const json_t *function = json_array_get(functions, i);
        if (str_equal(json_string_value(json_object_get(function, "name")), name))
            return function;
    }
    fail_msg("no function '%s'", name);
    return NULL;
}

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

/* The page that check wrote, picture and all, is made of its result again. */
static void check_page(struct sandbox *sandbox, const char *directory)
{
    struct outcome again =
        pawl_exits(sandbox, 0, "report --format html %s/result.json", directory);
    AUTO_FREE char *name = str_format("project/%s/report.html", directory);
    AUTO_FREE char *page = sandbox_read(sandbox, name);

    assert_contains(page, "<iframe");
    assert_true(str_equal(again.out, page));
    outcome_clear(&again);
}

/* The lines of the loop are 3 and 4; which of them costs more is the compiler's choice.
 */
static void a_scan_is_named_with_its_function_and_line(void **state)
{
    struct sandbox *sandbox = *state;
    explained_need(sandbox, "valgrind");
    commit_scan(sandbox, USUAL_BUILD, ONLY_COUNTS);
    struct outcome outcome =
        pawl_explains(sandbox, 1, "check " QUICK " --output out --json r.json");
    AUTO_JSON json_t *result = NULL;
    const json_t *explanation = explained_first(sandbox, &result);
    const json_t *find = function_of(explanation, "find_case");
    json_int_t line = json_integer_value(json_object_get(find, "line"));

    assert_contains(outcome.out, "regressed  lookup instructions");
    explained_says(&outcome, "% of the added instructions are in 'find_case' "
                             "(lookup.c:");
    explained_says(&outcome, "which this change");
    assert_true(json_number_value(json_object_get(find, "self_share")) >= 0.8);
    assert_true(line == 3 || line == 4);
    assert_string_equal(text_of(find, "file"), "lookup.c");
    assert_true(json_is_true(json_object_get(find, "is_edited")));
    assert_int_equal(json_integer_value(json_object_get(find, "head_calls")), 300);
    assert_contains(text_of(explanation, "source"), "with source lines");
    assert_contains(outcome.out, "/flame.svg (lookup)\n");
    assert_string_equal(text_of(explanation, "flame"), "flame.svg");
    check_page(sandbox, "out");
    outcome_clear(&outcome);
}

static void a_culprit_has_a_flame_graph_where_one_is_asked_for(void **state)
{
    struct sandbox *sandbox = *state;
    explained_need(sandbox, "valgrind");
    commit_scan(sandbox, USUAL_BUILD, ONLY_BYTES);
    struct outcome outcome =
        pawl_exits(sandbox, 1,
                   "bisect --good HEAD~1 --bad HEAD --row lookup "
                   "--metric written_bytes --flame pictures/culprit.svg");
    AUTO_FREE char *flame = sandbox_read(sandbox, "project/pictures/culprit.svg");

    assert_contains(outcome.out, "flame graph: pictures/culprit.svg (lookup)");
    assert_contains(flame, "<title>find_case\nlookup.c\nbase ");
    outcome_clear(&outcome);
}

static void what_only_sleeps_is_off_cpu(void **state)
{
    struct sandbox *sandbox = *state;
    commit_base(sandbox, USUAL_BUILD,
                "\"cpu\": \"none\", \"peak_rss\": \"none\", \"wall\": \"100%\"");
    write_main(sandbox, "nanosleep(&(struct timespec){ 0, 200000000 }, NULL);");
    repository_commit_all(sandbox, "project", "sleeps", NULL);
    struct outcome outcome = pawl_explains(sandbox, 1, "check " QUICK " --json r.json");
    AUTO_JSON json_t *result = NULL;
    const json_t *explanation = explained_first(sandbox, &result);

    assert_string_equal(text_of(explanation, "witness"), "off-CPU");
    explained_says(&outcome, "Off-CPU, for the time on the clock moved and the CPU "
                             "time did not");
    if (json_array_size(json_object_get(explanation, "syscalls")))
        assert_contains(outcome.out, "nanosleep");
    outcome_clear(&outcome);
}

static void what_changes_nothing_has_no_explanation(void **state)
{
    struct sandbox *sandbox = *state;
    commit_base(sandbox, USUAL_BUILD, ONLY_BYTES);
    sandbox_must(sandbox, "echo '/* nothing */' >>project/lookup.c");
    repository_commit_all(sandbox, "project", "comment", NULL);
    struct outcome outcome =
        pawl_explains(sandbox, 0, "check " QUICK " --no-identical --json r.json");
    AUTO_FREE char *result = sandbox_read(sandbox, "project/r.json");

    assert_lacks(outcome.out, "why ");
    assert_lacks(outcome.err, "explaining");
    assert_lacks(result, "explanations");
    outcome_clear(&outcome);
}

/* A directory that has what a build needs, and nothing else. */
static void profiles_can_be_left_out_and_may_have_to(void **state)
{
    struct sandbox *sandbox = *state;
    commit_scan(sandbox, USUAL_BUILD, ONLY_BYTES);
    sandbox_must(sandbox,
                 "mkdir bin && for tool in cc gcc clang as ld ld.bfd sh true; do "
                 "path=$(command -v $tool) && ln -s $path bin/$tool; done; :");
    struct outcome without = pawl_explains(sandbox, 1, "check " QUICK " --no-explain");
    struct outcome outcome = sandbox_run(
        sandbox,
        "cd project && PATH=%s GIT_CONFIG_NOSYSTEM=1 " PAWL_PROGRAM " check " QUICK,
        sandbox_file(sandbox, "bin"));

    assert_int_equal(outcome.exit_code, 1);
    explained_says(&outcome, "no profiles: valgrind is not installed (Debian, Ubuntu: "
                             "apt-get install valgrind)");
    assert_lacks(without.out, "why ");
    assert_lacks(without.err, "explaining");
    outcome_clear(&outcome);
    outcome_clear(&without);
}

/* With CFLAGS set it loses its -O1: that is not the program that was judged. */
static void a_recipe_that_loses_its_flags_leaves_functions_without_lines(void **state)
{
    struct sandbox *sandbox = *state;
    explained_need(sandbox, "valgrind");
    commit_scan(sandbox, "cc ${{CFLAGS:--O1}} -o prog main.c lookup.c", ONLY_BYTES);
    struct outcome outcome = pawl_explains(sandbox, 1, "check " QUICK " --json r.json");
    AUTO_JSON json_t *result = NULL;
    const json_t *explanation = explained_first(sandbox, &result);

    assert_contains(text_of(explanation, "source"),
                    "without source lines: the recipe makes another program where CFLAGS "
                    "is set");
    explained_says(&outcome, "of the added instructions are in 'find_case' (prog), "
                             "which this change edits");
    outcome_clear(&outcome);
}

static void two_commits_are_explained_without_a_verdict(void **state)
{
    struct sandbox *sandbox = *state;
    explained_need(sandbox, "valgrind");
    commit_scan(sandbox, USUAL_BUILD, ONLY_BYTES);
    struct outcome outcome =
        pawl_exits(sandbox, 0, "explain -q HEAD~1 --flame pictures/why.svg");
    struct outcome source = pawl_exits(
        sandbox, 0, "explain -q HEAD~1 HEAD --row 'look*' --function find_case");
    AUTO_FREE char *flame = sandbox_read(sandbox, "project/pictures/why.svg");

    assert_contains(outcome.out, "flame graph: pictures/why.svg (lookup)\n");
    assert_contains(flame, "<title>find_case\nlookup.c\nbase ");
    explained_says(&outcome, "of the added instructions are in 'find_case' (lookup.c:");
    assert_contains(outcome.out, "lookup.c in find_case, changed");
    assert_contains(outcome.out, ", with source lines");
    assert_contains(source.out, "find_case in lookup: instructions, with what each line");
    assert_contains(source.out, "+     4          if (ids[i] == id)\n");
    assert_contains(source.out, "-     5      while (low < high) {\n");
    assert_contains(source.out, "      7  }\n");
    outcome_clear(&outcome);
    outcome_clear(&source);
}

static void the_same_bytes_have_nothing_to_explain(void **state)
{
    struct sandbox *sandbox = *state;
    commit_base(sandbox, USUAL_BUILD, ONLY_BYTES);
    struct outcome outcome = pawl_exits(sandbox, 0, "explain -q HEAD HEAD --flame f.svg");
    assert_contains(outcome.out, "Both sides run the same bytes: there is nothing to");
    assert_contains(outcome.out, "no flame graph: nothing was profiled\n");
    outcome_clear(&outcome);
}

static void check_sampled(struct sandbox *sandbox, const struct outcome *outcome)
{
    AUTO_FREE char *flame = sandbox_read(sandbox, "project/f.svg");
    explained_says(outcome, "of the added samples are in 'main' (main.c:");
    explained_says(outcome, "which this change edits");
    assert_contains(outcome->out, "    samples, perf, 997 a second of the time on the "
                                  "CPU in user mode, with source lines\n");
    assert_contains(outcome->out, "flame graph: f.svg (lookup)\n");
    assert_contains(flame, "<title>main\nmain.c\nbase ");
    assert_contains(flame, " samples, the project's own code in green</text>");
}

/* Base is over before the first sample; head has many, all of them in main. */
static void what_would_take_too_long_is_sampled(void **state)
{
    struct sandbox *sandbox = *state;
    explained_need(sandbox, "valgrind");
    commit_base(sandbox, USUAL_BUILD, ONLY_BYTES);
    write_main(sandbox, "for (volatile long i = 0; i < 60000000; i++) sum += i & 0;");
    repository_commit_all(sandbox, "project", "spins", NULL);
    struct outcome outcome =
        pawl_exits(sandbox, 0, "explain --budget 1s HEAD~1 HEAD --flame f.svg");
    assert_contains(outcome.err,
                    "'lookup' was not profiled under callgrind: it would take about");
    assert_contains(outcome.err, "explanations may take the budget of 1.00 s in all");
    if (explained_may_sample(sandbox))
        check_sampled(sandbox, &outcome);
    else
        assert_contains(outcome.err, "'lookup' could not be sampled either: perf ");
    outcome_clear(&outcome);
}

static void bad_command_lines_are_refused(void **state)
{
    struct sandbox *sandbox = *state;
    pawl_refuses(sandbox, 2, "'pawl explain' takes one commit or two: BASE [HEAD]",
                 "explain");
    pawl_refuses(sandbox, 2, "'pawl explain' takes one commit or two: BASE [HEAD]",
                 "explain a b c");
    pawl_refuses(sandbox, 2, "--pairs must be at least 8, not 3", "explain a b -n 3");
    pawl_refuses(sandbox, 5, "cannot write '/proc': it is a directory",
                 "explain a b --flame /proc");
    struct outcome outcome = pawl_exits(sandbox, 0, "explain --help");
    assert_contains(outcome.out, "usage: pawl explain [OPTIONS] BASE [HEAD]");
    outcome_clear(&outcome);
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_scan_is_named_with_its_function_and_line),
        T(a_culprit_has_a_flame_graph_where_one_is_asked_for),
        T(what_only_sleeps_is_off_cpu),
        T(what_changes_nothing_has_no_explanation),
        T(profiles_can_be_left_out_and_may_have_to),
        T(a_recipe_that_loses_its_flags_leaves_functions_without_lines),
        T(two_commits_are_explained_without_a_verdict),
        T(the_same_bytes_have_nothing_to_explain),
        T(what_would_take_too_long_is_sampled),
        T(bad_command_lines_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
