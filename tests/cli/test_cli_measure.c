/* pawl measure: commands without a config and without git. */
#include <stdlib.h>

#include <jansson.h>

#include "gate/base/alloc.h"
#include "gate/base/json.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

/* Programs "short" and "long" in the project: a loop, and one
 * thirty times as long: what pawl measure judges is time. */
static void make_programs(struct sandbox *sandbox)
{
    gate_write_loop(sandbox, "", 1000);
    sandbox_must(sandbox, "cd project && cc -O1 -o short bench.c");
    gate_write_loop(sandbox, "", 30000);
    sandbox_must(sandbox, "cd project && cc -O1 -o long bench.c");
}

static void one_command_is_described(void **state)
{
    struct outcome outcome = pawl_exits(*state, 0, "measure -n 12 -w 1 -- sh -c true");

    assert_contains(outcome.out, "sh -c true\n12 runs\n");
    assert_contains(outcome.out, "\ncounted: processes: ");
    assert_contains(outcome.out, "\n  wall ");
    assert_contains(outcome.out, "\n  peak_rss ");
    outcome_clear(&outcome);
}

static void runs_are_exported_by_the_files_ending(void **state)
{
    struct sandbox *sandbox = *state;

    pawl_must_exit(sandbox, 0,
                   "measure -n 7 -w 0 -e ../r.json -e ../r.csv --export=../r.md -- true");

    AUTO_FREE char *text = sandbox_read(sandbox, "r.json");
    AUTO_JSON json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    const json_t *wall = json_object_get(json_object_get(json, "metrics"), "wall");
    assert_string_equal(json_string_value(json_object_get(json, "schema")),
                        "pawl-measurement/1");
    assert_int_equal(json_array_size(json_object_get(wall, "runs")), 7);
    assert_true(json_number_value(json_object_get(wall, "max")) >=
                json_number_value(json_object_get(wall, "median")));
    sandbox_must(sandbox, "test $(wc -l < r.csv) = 8 && head -n 1 r.csv | grep -q "
                          "'^run,wall,cpu,' && grep -q '^`true`, 7 runs$' r.md");
}

static void pairs_are_exported_for_another_judge(void **state)
{
    struct sandbox *sandbox = *state;

    make_programs(sandbox);
    pawl_must_exit(sandbox, 1,
                   "measure --margin 20%% -e ../p.csv -e ../p.json -- ./short -- ./long");

    pawl_must_exit(sandbox, 1, "compare --paired ../p.csv --margin 20%%");
    pawl_must_exit(sandbox, 0, "report ../p.json");
}

static void other_endings_are_refused_before_measuring(void **state)
{
    pawl_refuses(*state, 2,
                 "--export must be a file that ends in .json, .csv or .md, not 'x.txt'",
                 "measure -e x.txt -- sleep 60");
}

static void slower_second_command_is_a_regression(void **state)
{
    struct sandbox *sandbox = *state;

    make_programs(sandbox);
    struct outcome outcome =
        pawl_exits(sandbox, 1, "measure --margin 20%% -- ./short -- ./long");

    assert_contains(outcome.out, "No: 1 of 1 row got slower.");
    assert_contains(outcome.out, "regressed  second command ");
    outcome_clear(&outcome);
}

static void faster_second_command_passes(void **state)
{
    struct sandbox *sandbox = *state;

    make_programs(sandbox);
    struct outcome outcome =
        pawl_exits(sandbox, 0, "measure --margin=20%% --budget=20s -- ./long -- ./short");

    assert_contains(outcome.out, "improved  second command ");
    outcome_clear(&outcome);
}

static void failing_command_could_not_be_measured(void **state)
{
    pawl_refuses(*state, 3, "run 1 of 'false' exited with 1", "measure -- false");
    pawl_refuses(*state, 3, "run 1 of 'no-such-program' could not be started",
                 "measure -- no-such-program");
    pawl_refuses(*state, 3, "run 1 of 'sleep' took longer than 10.0 ms",
                 "measure --timeout 10ms -- sleep 60");
}

static void failing_second_command_is_no_pass(void **state)
{
    struct outcome outcome = pawl_exits(*state, 3, "measure -- true -- sh -c 'exit 4'");

    assert_contains(outcome.out, "Could not measure 1 of 1 benchmark");
    assert_contains(outcome.out, "head exited with 4");
    outcome_clear(&outcome);
}

static void commands_run_where_they_are_asked_for(void **state)
{
    struct sandbox *sandbox = *state;

    pawl_must_exit(sandbox, 0, "measure -n 1 -w 0 -- sh -c 'pwd >../where'");
    char *where = sandbox_read(sandbox, "where");

    assert_contains(where, "/project\n");
    free(where);
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(one_command_is_described),
        T(runs_are_exported_by_the_files_ending),
        T(pairs_are_exported_for_another_judge),
        T(other_endings_are_refused_before_measuring),
        T(slower_second_command_is_a_regression),
        T(faster_second_command_passes),
        T(failing_command_could_not_be_measured),
        T(failing_second_command_is_no_pass),
        T(commands_run_where_they_are_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
