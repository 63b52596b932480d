/* Benchmarks that are harnesses of their own. What they "measure" is a number that a
 * script prints, so that what the gate must say is certain: process ids are the noise. */
#include <jansson.h>

#include "gate/base/alloc.h"
#include "gate/base/json.h"
#include "gate/base/str.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

/* A commit whose micro.sh is this, and whose pawl.json gives the benchmark these members
 * (each with a comma in front). */
static void commit(struct sandbox *sandbox, const char *members, const char *script)
{
    AUTO_FREE char *config = str_format(
        "{ \"version\": 1, \"build\": { \"run\": [] }, \"budget\": { \"pairs\": 30 },\n"
        "  \"suites\": [{ \"name\": \"suite\", \"benchmarks\": [\n"
        "    { \"name\": \"micro\", \"run\": \"sh micro.sh {work}\"%s }] }] }\n",
        members);
    sandbox_write(sandbox, "project/pawl.json", config);
    AUTO_FREE char *whole = str_format("noise=$(($$ %% 10))\n%s", script);
    sandbox_write(sandbox, "project/micro.sh", whole);
    repository_commit_all(sandbox, "project", "a commit", NULL);
}

static void two_commits(struct sandbox *sandbox,
                        const char *members,
                        const char *base_script,
                        const char *head_script)
{
    repository_make(sandbox, "project");
    commit(sandbox, members, base_script);
    commit(sandbox, members, head_script);
}

#define LINES ", \"format\": \"lines\""

static json_t *read_result(struct sandbox *sandbox)
{
    struct error err = { 0 };
    json_t *result = json_read_file(sandbox_file(sandbox, "project/out/result.json"),
                                    ERROR_USAGE, &err);
    if (!result)
        fail_msg("%s", err.message);
    return result;
}

/* The verdict of the row in the result; "" where there is no such row. */
static const char *verdict_in(const json_t *result, const char *bench, const char *metric)
{
    const json_t *rows = json_object_get(result, "rows");
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        const char *id = json_string_value(json_object_get(row, "bench"));
        const char *what = json_string_value(json_object_get(row, "metric"));
        if (str_equal(id, bench) && str_equal(what, metric))
            return json_string_value(json_object_get(row, "verdict"));
    }
    return "";
}

static void each_name_is_a_row(void **state)
{
    struct sandbox *sandbox = *state;

    two_commits(sandbox, LINES,
                "echo \"same 100$noise us\"; echo \"two words 200$noise ms\"",
                "echo \"same 100$noise us\"; echo \"two words 250$noise ms\"");
    struct outcome outcome = pawl_exits(sandbox, 1, "check --base HEAD~ -o out");
    AUTO_JSON json_t *result = read_result(sandbox);

    assert_contains(outcome.out, "No: 1 of 2 rows got slower.");
    assert_contains(outcome.out, "regressed  micro/two words wall  2.0");
    assert_string_equal(verdict_in(result, "micro/same", "wall"), "ok");
    assert_string_equal(verdict_in(result, "micro/two words", "wall"), "regressed");
    outcome_clear(&outcome);
}

/* A line a run, in the sandbox. */
#define COUNTED "echo run >>$1/../../../../runs; "

static size_t pair_count(const json_t *result, size_t bench)
{
    const json_t *benches = json_object_get(result, "benches");
    return json_array_size(json_object_get(json_array_get(benches, bench), "pairs"));
}

/* Two runs look what is printed; then each pair is two runs, however many names. */
static void names_share_their_runs(void **state)
{
    struct sandbox *sandbox = *state;
    const char *script = COUNTED "for i in 1 2 3 4 5; do echo \"n$i 100$noise us\"; done";

    two_commits(sandbox, LINES, script, script);
    pawl_must_exit(sandbox, 0, "check --base HEAD~ -o out --no-identical");
    AUTO_JSON json_t *result = read_result(sandbox);
    size_t pairs = pair_count(result, 0);

    assert_int_equal(json_array_size(json_object_get(result, "benches")), 5);
    assert_int_equal(pair_count(result, 4), pairs);
    sandbox_must(sandbox, "[ $(wc -l <runs) -eq %zu ]", 2 + 2 * pairs);
}

static void a_name_that_head_lacks_is_missing(void **state)
{
    struct sandbox *sandbox = *state;

    two_commits(sandbox, LINES, "echo \"a 100$noise us\"; echo \"b 1 ms\"",
                "echo \"a 100$noise us\"; echo \"c 1 ms\"");
    struct outcome outcome = pawl_exits(sandbox, 3, "check --base HEAD~ -o out");
    AUTO_JSON json_t *result = read_result(sandbox);

    assert_contains(outcome.out, "missing  micro/b\n");
    assert_contains(outcome.out, "printed by base, but not by head");
    assert_string_equal(verdict_in(result, "micro/a", "wall"), "ok");
    assert_string_equal(verdict_in(result, "micro/b", "wall"), "missing");
    assert_string_equal(verdict_in(result, "micro/c", "wall"), "new");
    outcome_clear(&outcome);
}

static void output_that_cannot_be_read_is_shown(void **state)
{
    struct sandbox *sandbox = *state;

    two_commits(sandbox, LINES, "echo \"a 100$noise us\"",
                "echo \"a 100$noise us\"; echo loading words");
    struct outcome outcome = pawl_exits(sandbox, 3, "check --base HEAD~");

    assert_contains(outcome.out, "failed  micro");
    assert_contains(outcome.err,
                    "micro failed: head: in 'standard output', line 2: a line must be "
                    "'name value unit': 'loading words'");
    outcome_clear(&outcome);
}

/* From the fifth run on: the first two look, the next two are the first pair. */
#define LATER(statement)                                   \
    "echo \"a 100$noise us\"; echo run >>$1/runs;"         \
    "if [ $(wc -l <$1/runs) -lt 5 ]; then echo \"b 1 ms\"" \
    "; else " statement "; fi"

static void output_that_breaks_later_fails_its_benches(void **state)
{
    struct sandbox *sandbox = *state;

    two_commits(sandbox, LINES, LATER("echo \"b 1 ms\""), LATER("echo \"b soon ms\""));
    struct outcome outcome = pawl_exits(sandbox, 3, "check --base HEAD~ -o out");
    AUTO_JSON json_t *result = read_result(sandbox);

    assert_contains(outcome.out, "failed  micro/a\n");
    assert_contains(outcome.out, "the value of 'b' must be a number above 0");
    assert_contains(outcome.out, "'b soon ms'");
    assert_string_equal(verdict_in(result, "micro/b", "wall"), "failed");
    outcome_clear(&outcome);
}

static void a_name_that_vanishes_later_fails_alone(void **state)
{
    struct sandbox *sandbox = *state;

    two_commits(sandbox, LINES, LATER("echo \"b 1 ms\""), LATER("true"));
    struct outcome outcome = pawl_exits(sandbox, 3, "check --base HEAD~ -o out");
    AUTO_JSON json_t *result = read_result(sandbox);

    assert_contains(outcome.out, "head did not print 'b'");
    assert_string_equal(verdict_in(result, "micro/a", "wall"), "ok");
    assert_string_equal(verdict_in(result, "micro/b", "wall"), "failed");
    outcome_clear(&outcome);
}

static void results_are_read_from_a_file(void **state)
{
    struct sandbox *sandbox = *state;
    const char *members = ", \"format\": \"auto\", \"results\": \"{work}/out.txt\","
                          "\"teardown\": [\"rm {work}/out.txt\"]";

    two_commits(sandbox, members, "echo chatter; echo \"a 200$noise ms\" >$1/out.txt",
                "echo chatter; echo \"a 250$noise ms\" >$1/out.txt");
    struct outcome outcome = pawl_exits(sandbox, 1, "check --base HEAD~");
    assert_contains(outcome.out, "regressed  micro/a wall");
    outcome_clear(&outcome);

    commit(sandbox, members, "touch $1/out.txt; echo \"a 200$noise ms\"");
    outcome = pawl_exits(sandbox, 3, "check --base HEAD~");
    assert_contains(outcome.err, "head: in '{work}/out.txt': nothing in it");
    outcome_clear(&outcome);
}

static void an_old_result_is_not_taken_for_a_new_one(void **state)
{
    struct sandbox *sandbox = *state;

    two_commits(sandbox, ", \"format\": \"lines\", \"results\": \"{work}/out.txt\"",
                "echo \"a 200$noise ms\" >$1/out.txt", "echo nothing");
    struct outcome outcome = pawl_exits(sandbox, 3, "check --base HEAD~");

    assert_contains(outcome.err, "head wrote nothing to '{work}/out.txt'");
    outcome_clear(&outcome);
}

static void a_rate_is_judged_where_it_has_a_margin(void **state)
{
    struct sandbox *sandbox = *state;
    const char *margin = LINES ", \"margins\": { \"throughput\": \"5%\" }";

    two_commits(sandbox, LINES, "echo \"load 500$noise cases/s\"",
                "echo \"load 400$noise cases/s\"");
    struct outcome outcome = pawl_exits(sandbox, 0, "check --base HEAD~");
    assert_contains(outcome.out, "nothing of what it prints has a margin");
    outcome_clear(&outcome);

    repository_make(sandbox, "project");
    commit(sandbox, margin, "echo \"load 500$noise cases/s\"");
    commit(sandbox, margin, "echo \"load 400$noise cases/s\"");
    pawl_must_exit(sandbox, 1, "check --base HEAD~");
    commit(sandbox, margin, "echo \"load 500$noise cases/s\"");
    pawl_must_exit(sandbox, 0, "check --base HEAD~ --fail-on inconclusive");
}

static void a_goal_is_for_the_name_that_it_says(void **state)
{
    struct sandbox *sandbox = *state;
    const char *script = "echo \"a 200$noise ms\"; echo \"b 3 ms\"";
    const char *other = "echo \"b 3 ms\"; echo \"a 200$noise ms\"";

    two_commits(sandbox,
                LINES ", \"goals\": [{ \"name\": \"b\", \"wall\": \"5ms\" },"
                      " { \"name\": \"a\", \"wall\": \"5ms\" }]",
                script, other);
    struct outcome outcome = pawl_exits(sandbox, 0, "check --base HEAD~ -o out");
    AUTO_JSON json_t *result = read_result(sandbox);
    const json_t *goals = json_object_get(result, "goals");

    assert_int_equal(json_array_size(goals), 2);
    assert_contains(outcome.out, "micro/a");
    outcome_clear(&outcome);
}

static void a_confirmation_and_a_control_run_the_harness_again(void **state)
{
    struct sandbox *sandbox = *state;

    two_commits(sandbox, LINES, "echo \"a 200$noise ms\"; echo \"b 200$noise ms\"",
                "echo \"a 200$noise ms\"; echo \"b 250$noise ms\"");
    struct outcome outcome =
        pawl_exits(sandbox, 1, "check --base HEAD~ --confirm --control -o out");

    assert_contains(outcome.out, "regressed  micro/b wall");
    assert_contains(outcome.out, "fresh builds showed it again");
    assert_contains(outcome.out,
                    "control (base against a copy of itself): 2 of 2 rows judged. None");
    outcome_clear(&outcome);
}

static void pairs_of_all_names_are_kept_for_a_resumption(void **state)
{
    struct sandbox *sandbox = *state;
    const char *script = COUNTED "echo \"a 200$noise ms\"; echo \"b 300$noise ms\"";

    two_commits(sandbox, LINES, script, script);
    struct outcome failed =
        pawl_exits(sandbox, 5, "check --base HEAD~ --no-identical --json /dev/full");
    assert_contains(failed.err, "the pairs are kept");
    outcome_clear(&failed);

    sandbox_must(sandbox, "wc -l <runs >before");
    pawl_must_exit(sandbox, 0, "check --base HEAD~ --no-identical --resume -o out");
    AUTO_JSON json_t *result = read_result(sandbox);

    /* Only what they print is looked at again: two runs. */
    sandbox_must(sandbox, "[ $(wc -l <runs) -eq $(($(cat before) + 2)) ]");
    assert_string_equal(verdict_in(result, "micro/a", "wall"), "ok");
    assert_string_equal(verdict_in(result, "micro/b", "wall"), "ok");
}

/* Not UTF-8, a colour, and a tab: rows are found by their lines, and keep their line. */
static void names_can_hold_anything(void **state)
{
    struct sandbox *sandbox = *state;
    const char *script = "printf 'a\\377b\\033[31m 200%s us\\n' $noise; "
                         "printf '\\303\\244 200%s us\\n' $noise";

    two_commits(sandbox, LINES, script, script);
    struct outcome outcome =
        pawl_exits(sandbox, 0, "check --base HEAD~ --no-identical -o out");
    AUTO_JSON json_t *result = read_result(sandbox);

    assert_string_equal(verdict_in(result,
                                   "micro/a\xef\xbf\xbd"
                                   "b\xef\xbf\xbd[31m",
                                   "wall"),
                        "ok");
    assert_string_equal(verdict_in(result, "micro/\xc3\xa4", "wall"), "ok");
    outcome_clear(&outcome);
}

static void a_plan_counts_the_runs_of_a_harness_once(void **state)
{
    struct sandbox *sandbox = *state;

    two_commits(sandbox, LINES, "echo \"a 200$noise ms\"; echo \"b 300$noise ms\"",
                "echo \"a 210$noise ms\"; echo \"b 300$noise ms\"");
    struct outcome outcome = pawl_exits(sandbox, 0, "plan --base HEAD~");

    assert_contains(outcome.out, "micro/a wall");
    assert_contains(outcome.out, "micro/b wall");
    outcome_clear(&outcome);
}

static void two_benches_of_one_name_are_refused(void **state)
{
    struct sandbox *sandbox = *state;

    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/pawl.json",
                  "{ \"version\": 1, \"build\": { \"run\": [] }, \"suites\": [{ "
                  "\"name\": \"s\", \"benchmarks\": [\n"
                  "{ \"name\": \"micro\", \"run\": \"echo a 1 ms\", \"format\": "
                  "\"lines\" },\n"
                  "{ \"name\": \"micro/a\", \"run\": \"true\" }] }] }");
    repository_commit_all(sandbox, "project", "base", NULL);
    repository_commit_all(sandbox, "project", "head", NULL);
    struct outcome outcome = pawl_exits(sandbox, 3, "check --base HEAD~ --no-identical");

    assert_contains(outcome.err, "'micro' prints the name 'a', and there is a bench "
                                 "'micro/a' already");
    outcome_clear(&outcome);
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(each_name_is_a_row),
        T(names_share_their_runs),
        T(a_name_that_head_lacks_is_missing),
        T(output_that_cannot_be_read_is_shown),
        T(output_that_breaks_later_fails_its_benches),
        T(a_name_that_vanishes_later_fails_alone),
        T(results_are_read_from_a_file),
        T(an_old_result_is_not_taken_for_a_new_one),
        T(a_rate_is_judged_where_it_has_a_margin),
        T(a_goal_is_for_the_name_that_it_says),
        T(a_confirmation_and_a_control_run_the_harness_again),
        T(pairs_of_all_names_are_kept_for_a_resumption),
        T(names_can_hold_anything),
        T(a_plan_counts_the_runs_of_a_harness_once),
        T(two_benches_of_one_name_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
