/* What a check tells of the sizes of programs, against what binutils' `size` says of the
 * same sources built by the same recipe. No gate hangs on it: all of these pass. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/json.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

#define CHECK "check --pairs 8 --json ../r.json --markdown ../r.md"

/* text, data, bss and file */
struct sizes {
    long bytes[4];
};

/* Of what the recipe, run in a copy of that commit, makes of a file. */
static struct sizes sizes_of(struct sandbox *sandbox, const char *revision)
{
    struct sizes sizes = { 0 };
    struct outcome outcome = sandbox_run(
        sandbox,
        "mkdir -p %s && cd %s && git -C ../project show %s:bench.c >bench.c && cc -O1 -o "
        "bench bench.c && size bench | awk 'NR == 2 { print $1, $2, $3 }' && stat -c %%s "
        "bench",
        revision, revision, revision);
    char *at = outcome.out;
    for (size_t i = 0; i < 4; i++)
        sizes.bytes[i] = strtol(at, &at, 10);
    assert_true(sizes.bytes[3] > 0);
    outcome_clear(&outcome);
    return sizes;
}

static void assert_side(json_t *program, const char *side, const struct sizes *sizes)
{
    static const char *const keys[] = { "text_bytes", "data_bytes", "bss_bytes",
                                        "file_bytes" };
    const json_t *of = json_object_get(program, side);
    assert_true(json_is_true(json_object_get(of, "is_there")));
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(json_integer_value(json_object_get(of, keys[i])),
                         sizes->bytes[i]);
}

static json_t *programs_of(struct sandbox *sandbox, json_t **result)
{
    AUTO_FREE char *text = sandbox_read(sandbox, "r.json");
    *result = json_loads(text, 0, NULL);
    assert_non_null(*result);
    return json_object_get(*result, "programs");
}

/* The same work, beside a table of 60,000 bytes. */
static void make_project(struct sandbox *sandbox)
{
    repository_make(sandbox, "project");
    gate_write_config(sandbox, &(struct gate_config){ 0 });
    gate_write_bench(sandbox, "", 6);
    repository_commit_all(sandbox, "project", "base", NULL);
    gate_write_bench(sandbox,
                     "static const char table[60000] = { 1 };\n"
                     "    if (argc > 5) puts(table + argc);",
                     6);
    repository_commit_all(sandbox, "project", "head", NULL);
}

static void a_large_table_is_told_by_the_figures_of_size(void **state)
{
    struct sandbox *sandbox = *state;
    AUTO_JSON json_t *result = NULL;
    AUTO_STR struct str line = STR_INIT;
    sandbox_need(sandbox, "size --version", "binutils");
    make_project(sandbox);
    struct sizes base = sizes_of(sandbox, "HEAD~1");
    struct sizes head = sizes_of(sandbox, "HEAD");
    long added = head.bytes[0] - base.bytes[0];
    assert_in_range(added, 60000, 61000);

    struct outcome outcome = pawl_exits(sandbox, 0, CHECK);

    json_t *programs = programs_of(sandbox, &result);
    assert_int_equal(json_array_size(programs), 1);
    assert_side(json_array_get(programs, 0), "base", &base);
    assert_side(json_array_get(programs, 0), "head", &head);
    units_add_count(&line, (double)base.bytes[0]);
    str_add(&line, " -> ");
    units_add_count(&line, (double)head.bytes[0]);
    str_add(&line, " (+");
    units_add_count(&line, (double)added);
    str_add(&line, ", ");
    AUTO_FREE char *said = str_format("  program bench: bytes of text %s", line.data);
    assert_contains(outcome.out, said);
    outcome_clear(&outcome);

    AUTO_FREE char *markdown = sandbox_read(sandbox, "r.md");
    assert_contains(markdown, "<summary>1 of 1 program differs in size: text +");
    struct outcome report =
        pawl_exits(sandbox, 0, "report --kind optimization ../r.json");
    assert_contains(report.out, "\n### Size of the programs\n\n| program | text |");
    assert_contains(report.out, "| `bench` | ");
    outcome_clear(&report);
}

static void equal_programs_are_in_the_result_alone(void **state)
{
    struct sandbox *sandbox = *state;
    AUTO_JSON json_t *result = NULL;
    repository_make(sandbox, "project");
    gate_write_config(sandbox, &(struct gate_config){ 0 });
    gate_write_bench(sandbox, "if (argc > 5) return 3;", 6);
    repository_commit_all(sandbox, "project", "base", NULL);
    gate_write_bench(sandbox, "if (argc > 5) return 4;", 6);
    repository_commit_all(sandbox, "project", "head", NULL);

    struct outcome outcome = pawl_exits(sandbox, 0, CHECK);

    const json_t *program = json_array_get(programs_of(sandbox, &result), 0);
    assert_true(
        json_equal(json_object_get(program, "base"), json_object_get(program, "head")));
    assert_lacks(outcome.out, "bytes of text");
    outcome_clear(&outcome);
    AUTO_FREE char *markdown = sandbox_read(sandbox, "r.md");
    assert_lacks(markdown, "in size");
    struct outcome report =
        pawl_exits(sandbox, 0, "report --kind optimization ../r.json");
    assert_contains(report.out,
                    "Same size as before: 1 program that the benchmarks run.");
    outcome_clear(&report);
}

static long long grown_by(const json_t *programs, size_t index, const char *key)
{
    const json_t *program = json_array_get(programs, index);
    const json_t *base = json_object_get(program, "base");
    const json_t *head = json_object_get(program, "head");
    return json_integer_value(json_object_get(head, key)) -
           json_integer_value(json_object_get(base, key));
}

/* What is run is a script; the program that it runs is not known, but the libraries are.
 */
static void work_trees_scripts_and_libraries_are_told(void **state)
{
    struct sandbox *sandbox = *state;
    AUTO_JSON json_t *result = NULL;
    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/pawl.json",
                  "{ \"version\": 1, \"build\": { \"shell\": true, \"run\": [\"for f in "
                  "*.c; do cc -O1 -fPIC -shared -o ${{f%.c}}.so $f; done\"] },\n"
                  "  \"margins\": { " GATE_MARGINS " }, \"suites\": [{ \"name\": "
                  "\"s\", \"benchmarks\": [ { \"name\": \"b\", \"run\": "
                  "\"./run.sh {work}\" }] }] }\n");
    sandbox_write(sandbox, "project/run.sh", "#!/bin/sh\necho 1234 >$1/out\n");
    sandbox_write(sandbox, "project/old.c", "char zeroes[1000];\n");
    sandbox_must(sandbox, "chmod +x project/run.sh");
    repository_commit_all(sandbox, "project", "base", NULL);
    sandbox_write(sandbox, "project/old.c", "char zeroes[5000];\n");
    sandbox_write(sandbox, "project/new.c", "int one = 1;\n");
    sandbox_must(sandbox, "cd project && echo : >>run.sh && git add new.c");

    pawl_must_exit(sandbox, 0, CHECK " --dirty");

    AUTO_FREE char *markdown = sandbox_read(sandbox, "r.md");
    assert_int_equal(json_array_size(programs_of(sandbox, &result)), 3);
    assert_contains(markdown, "<summary>3 of 3 programs differ in size</summary>");
    assert_contains(markdown, "| `new.so`, new | ");
    assert_contains(markdown, "| `run.sh` |  |  |  | 28");
    const json_t *programs = json_object_get(result, "programs");
    assert_int_equal(grown_by(programs, 1, "bss_bytes"), 4000);
    assert_int_equal(grown_by(programs, 2, "file_bytes"), 2);
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_large_table_is_told_by_the_figures_of_size),
        T(equal_programs_are_in_the_result_alone),
        T(work_trees_scripts_and_libraries_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
