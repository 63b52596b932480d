/* --anchor: head against a commit of long ago. What is judged is how many bytes a shell's
 * command writes, which repeats to the last one. */
#include <math.h>
#include <stdlib.h>

#include <jansson.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

#define CHECK "check --base HEAD~1 --budget 20s "
#define STEPS 10

/* Members of the top level, each with a comma at its end. */
static void write_config(struct sandbox *sandbox, const char *members)
{
    AUTO_FREE char *text =
        str_format("{ \"version\": 1, %s \"margins\": { \"cpu\": \"none\", \"wall\": "
                   "\"none\", \"peak_rss\": \"none\", \"written_bytes\": \"2%%\" },\n"
                   "  \"suites\": [{ \"name\": \"s\", \"benchmarks\": [{ \"name\": "
                   "\"write\", \"shell\": true, \"run\": \"head -c $(cat size) "
                   "/dev/zero\" }] }] }\n",
                   members);
    sandbox_write(sandbox, "project/pawl.json", text);
}

static void commit_size(struct sandbox *sandbox, double bytes)
{
    AUTO_FREE char *text = str_format("%.0f\n", bytes);
    sandbox_write(sandbox, "project/size", text);
    repository_commit_all(sandbox, "project", "another size", NULL);
}

#define ANCHOR "\"anchor\": \"v1.0\", \"creep_margins\": {\"written_bytes\": \"5%\"},"

/* v1.0, and a commit that writes one percent more. */
static void begin(struct sandbox *sandbox, const char *members)
{
    repository_make(sandbox, "project");
    write_config(sandbox, members);
    commit_size(sandbox, 1e6);
    repository_git(sandbox, "project", "tag v1.0");
    commit_size(sandbox, 1.01e6);
}

/* A number of the first row of "creep". */
static double creep_number(struct sandbox *sandbox, const char *key)
{
    AUTO_FREE char *text = sandbox_read(sandbox, "result.json");
    json_t *json = json_loads(text, 0, NULL);
    json_t *rows = json_object_get(json_object_get(json, "creep"), "rows");
    assert_non_null(rows);
    double value = json_number_value(json_object_get(json_array_get(rows, 0), key));
    json_decref(json);
    return value;
}

static void ten_steps_that_passed_are_seen_as_one(void **state)
{
    struct sandbox *sandbox = *state;
    double total = pow(1.01, STEPS) - 1;
    begin(sandbox, ANCHOR);
    pawl_must_exit(sandbox, 0, CHECK);
    for (int step = 2; step <= STEPS; step++) {
        commit_size(sandbox, 1e6 * pow(1.01, step));
        pawl_must_exit(sandbox, 0, CHECK);
    }
    struct outcome outcome =
        pawl_exits(sandbox, 1, CHECK "--anchor --json ../result.json");

    assert_contains(outcome.out, "No: 1 of 1 row crept since the anchor.");
    assert_contains(outcome.out, "10 commits");
    assert_contains(outcome.out, "since v1.0: +10.5 % (+10.5 % .. +10.5 %), creep margin "
                                 "5 %");
    assert_close(creep_number(sandbox, "change"), total, 1e-4);
    outcome_clear(&outcome);
    struct outcome again = pawl_exits(sandbox, 0, "report ../result.json --format junit");
    assert_contains(again.out, "name=\"written_bytes since v1.0\"");
    assert_contains(again.out, "failures=\"1\"");
    outcome_clear(&again);
}

static void few_steps_are_within_the_creep_margin(void **state)
{
    struct sandbox *sandbox = *state;
    begin(sandbox, ANCHOR);
    commit_size(sandbox, 1.02e6);
    struct outcome outcome = pawl_exits(sandbox, 0, CHECK "--anchor=v1.0");

    assert_contains(outcome.out, "Nothing crept since the anchor.");
    assert_contains(outcome.out, "2 commits): 1 of 1 rows judged. None was seen");
    outcome_clear(&outcome);
}

static void creep_margin_that_is_not_given_is_twice_the_margin(void **state)
{
    struct sandbox *sandbox = *state;
    begin(sandbox, "");
    commit_size(sandbox, 1.0251e6);
    commit_size(sandbox, 1.0451e6);
    struct outcome outcome =
        pawl_exits(sandbox, 1, CHECK "--anchor=v1.0 --json ../result.json");

    assert_contains(outcome.out, "creep margin 4 %");
    assert_close(creep_number(sandbox, "margin"), 0.04, 1e-12);
    outcome_clear(&outcome);
}

static void head_that_is_the_anchor_has_not_crept(void **state)
{
    struct sandbox *sandbox = *state;
    begin(sandbox, ANCHOR);
    repository_git(sandbox, "project", "tag -f v1.0");
    struct outcome outcome = pawl_exits(sandbox, 0, CHECK "--anchor");

    assert_contains(outcome.out, "head is v1.0 itself: nothing can have crept");
    outcome_clear(&outcome);
}

static void anchor_that_is_no_ancestor_is_said(void **state)
{
    struct sandbox *sandbox = *state;
    begin(sandbox, "");
    repository_git(sandbox, "project", "checkout -q -b side HEAD~1");
    commit_size(sandbox, 1.005e6);
    repository_git(sandbox, "project", "checkout -q main");
    struct outcome outcome = pawl_exits(sandbox, 0, CHECK "--anchor=side");

    assert_contains(outcome.out, "side is not an ancestor of head: they were");
    outcome_clear(&outcome);
}

static void wrong_anchors_are_refused_before_anything_is_done(void **state)
{
    struct sandbox *sandbox = *state;
    begin(sandbox, "");
    struct outcome none = pawl_exits(sandbox, 2, CHECK "--anchor");
    assert_contains(none.err, "--anchor needs a commit: name one (--anchor=v1.0), or put "
                              "\"anchor\": \"v1.0\" into pawl.json");
    outcome_clear(&none);
    struct outcome unknown = pawl_exits(sandbox, 2, CHECK "--anchor=v1.1");
    assert_contains(unknown.err, "the anchor: unknown revision 'v1.1': did you mean "
                                 "'v1.0'?");
    outcome_clear(&unknown);
}

static void anchor_that_can_not_be_built_leaves_the_gates_own_answer(void **state)
{
    struct sandbox *sandbox = *state;
    repository_make(sandbox, "project");
    write_config(sandbox, "\"build\": {\"run\": [\"false\"]},");
    commit_size(sandbox, 1e6);
    repository_git(sandbox, "project", "tag v1.0");
    write_config(sandbox, "");
    commit_size(sandbox, 1e6);
    commit_size(sandbox, 1.01e6);
    struct outcome outcome = pawl_exits(sandbox, 3, CHECK "--anchor=v1.0");

    assert_contains(outcome.out, "Could not compare head with the anchor.");
    assert_contains(outcome.out, "nothing could be compared: ");
    assert_contains(outcome.out, "1 row ok");
    outcome_clear(&outcome);
}

static void anchor_that_does_not_know_the_benchmark_is_said(void **state)
{
    struct sandbox *sandbox = *state;
    begin(sandbox, ANCHOR);
    repository_git(sandbox, "project", "rm -q size");
    repository_commit_all(sandbox, "project", "without it", NULL);
    repository_git(sandbox, "project", "tag -f v1.0");
    commit_size(sandbox, 1e6);
    commit_size(sandbox, 1.01e6);
    struct outcome outcome = pawl_exits(sandbox, 3, CHECK "--anchor");

    assert_contains(outcome.out, "no benchmark can be compared with it:");
    assert_contains(outcome.out, "v1.0 can't run it: base exited with 1");
    outcome_clear(&outcome);
}

static void head_can_not_move_its_anchor_unseen(void **state)
{
    struct sandbox *sandbox = *state;
    begin(sandbox, ANCHOR);
    commit_size(sandbox, 1.06e6);
    write_config(sandbox, "\"anchor\": \"HEAD~1\",");
    commit_size(sandbox, 1.07e6);
    struct outcome outcome = pawl_exits(sandbox, 1, CHECK "--anchor");

    assert_contains(outcome.out, "since v1.0: +7.0 %");
    assert_contains(outcome.out, "anchor: v1.0 on base, HEAD~1 on head");
    outcome_clear(&outcome);
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(ten_steps_that_passed_are_seen_as_one),
        T(few_steps_are_within_the_creep_margin),
        T(creep_margin_that_is_not_given_is_twice_the_margin),
        T(head_that_is_the_anchor_has_not_crept),
        T(anchor_that_is_no_ancestor_is_said),
        T(wrong_anchors_are_refused_before_anything_is_done),
        T(anchor_that_can_not_be_built_leaves_the_gates_own_answer),
        T(anchor_that_does_not_know_the_benchmark_is_said),
        T(head_can_not_move_its_anchor_unseen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
