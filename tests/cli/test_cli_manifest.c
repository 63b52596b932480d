/* Rows that vanish, and what a config must say for that to be meant. On bytes written,
 * which repeat exactly. */
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

#define MARGINS                                                       \
    "\"cpu\": \"none\", \"wall\": \"none\", \"peak_rss\": \"none\", " \
    "\"written_bytes\": \"2%%\""

/* Commits a pawl.json with keys on top and these benchmarks, and a script of so many
 * bytes. */
static void
commit(struct sandbox *sandbox, const char *top, const char *benchmarks, int bytes)
{
    AUTO_FREE char *config =
        str_format("{ \"version\": 1,\n  %s\n  \"margins\": { " MARGINS " },\n"
                   "  \"suites\": [{ \"name\": \"suite\", \"benchmarks\": [\n%s] }] }\n",
                   top, benchmarks);
    AUTO_FREE char *script = str_format("head -c $((%d * ${1:-1})) /dev/zero\n", bytes);
    sandbox_write(sandbox, "project/pawl.json", config);
    sandbox_write(sandbox, "project/bench.sh", script);
    repository_commit_all(sandbox, "project", "a side", NULL);
}

#define LIST(name)        \
    "{ \"name\": \"" name \
    "\", \"run\": \"sh bench.sh {n}\", \"sizes\": { \"n\": [1, 2] } }"
#define ONE(name) "{ \"name\": \"" name "\", \"run\": \"sh bench.sh\" }"
#define BOTH      LIST("list") ",\n" ONE("save")

static void begin(struct sandbox *sandbox, const char *benchmarks)
{
    repository_make(sandbox, "project");
    commit(sandbox, "", benchmarks, 100000);
}

static void a_benchmark_that_vanished_is_missing_and_told_how_to_say_so(void **state)
{
    begin(*state, BOTH);
    commit(*state, "", LIST("list"), 100001);
    struct outcome outcome = pawl_exits(*state, 3, "check --pairs 20");

    assert_contains(outcome.out, "missing");
    assert_contains(outcome.out, "where that is meant, name it in");
    outcome_clear(&outcome);
}

static void what_head_says_is_removed_passes_and_is_said_first(void **state)
{
    begin(*state, BOTH);
    commit(*state, "\"removed\": [\"save\"],", LIST("list"), 100001);
    struct outcome outcome =
        pawl_exits(*state, 0, "check --pairs 20 --markdown ../report.md");
    AUTO_FREE char *report = sandbox_read(*state, "report.md");

    assert_contains(outcome.out, "Yes, but 1 benchmark is removed.");
    assert_contains(outcome.out, "1 benchmark removed");
    assert_contains(outcome.out,
                    "changed rule: benchmark 'save' is removed, as pawl.json says,");
    assert_contains(report, "2 of 3 rows judged: 1 removed");
    outcome_clear(&outcome);
}

static void a_size_can_be_removed_by_its_id(void **state)
{
    begin(*state, LIST("list"));
    commit(
        *state, "\"removed\": [\"list[n=2]\"],",
        "{ \"name\": \"list\", \"run\": \"sh bench.sh {n}\", \"sizes\": { \"n\": [1] } }",
        100001);

    pawl_must_exit(*state, 0, "check --pairs 20");
}

static void under_its_new_name_a_row_is_held_against_the_old_one(void **state)
{
    begin(*state, BOTH);
    commit(*state, "\"renamed\": { \"list\": \"show\", \"save\": \"keep\" },",
           LIST("show") ",\n" ONE("keep"), 104000);
    struct outcome outcome = pawl_exits(*state, 1, "check --pairs 20");

    assert_contains(outcome.out, "regressed  show[n=2] written_bytes");
    assert_contains(outcome.out, "regressed  keep written_bytes");
    assert_contains(outcome.out, "bench 'list[n=1]' is called 'show[n=1]' on head");
    assert_lacks(outcome.out, "missing");
    outcome_clear(&outcome);
}

/* A new name must not loosen what the old one promised. */
static void the_margins_of_the_old_name_hold_for_the_new_one(void **state)
{
    begin(*state, ONE("save"));
    commit(*state, "\"renamed\": { \"save\": \"keep\" },",
           "{ \"name\": \"keep\", \"run\": \"sh bench.sh\", \"margins\": "
           "{ \"written_bytes\": \"50%\" } }",
           104000);
    struct outcome outcome = pawl_exits(*state, 1, "check --pairs 20");

    assert_contains(outcome.out, "margin of written_bytes for 'keep': 2 % on base, 50 %");
    outcome_clear(&outcome);
}

static void what_names_nothing_is_refused_with_its_place(void **state)
{
    struct sandbox *sandbox = *state;
    begin(sandbox, BOTH);
    commit(sandbox, "\"removed\": [\"lost\"],", BOTH, 100001);
    struct outcome outcome = pawl_exits(sandbox, 2, "check --pairs 20");
    assert_contains(outcome.err, "line 2, column 15: 'removed' names no bench of base: "
                                 "'lost', did you mean 'list'?");
    outcome_clear(&outcome);

    repository_git(sandbox, "project", "reset -q --hard HEAD~1");
    commit(sandbox, "\"removed\": [\"save\"],", BOTH, 100001);
    outcome = pawl_exits(sandbox, 2, "check --pairs 20");
    assert_contains(outcome.err, "'removed[0]' names 'save', which is still there");
    outcome_clear(&outcome);
}

static void an_entry_that_has_done_its_work_is_named(void **state)
{
    struct sandbox *sandbox = *state;
    begin(sandbox, BOTH);
    commit(sandbox, "\"removed\": [\"save\"],", LIST("list"), 100000);
    commit(sandbox, "\"removed\": [\"save\"],", LIST("list"), 100001);
    struct outcome outcome = pawl_exits(sandbox, 0, "check --pairs 20");

    assert_contains(outcome.out, "still names 'save', which base does not have");
    outcome_clear(&outcome);
}

/* Commits a harness that prints these lines. */
static void commit_harness(struct sandbox *sandbox, const char *top, const char *lines)
{
    AUTO_FREE char *config = str_format(
        "{ \"version\": 1,\n  %s\n  \"margins\": { \"value\": \"2%%\" },\n"
        "  \"suites\": [{ \"name\": \"suite\", \"benchmarks\": [\n"
        "{ \"name\": \"micro\", \"run\": \"cat lines\", \"format\": \"lines\" }] }] }\n",
        top);
    sandbox_write(sandbox, "project/pawl.json", config);
    sandbox_write(sandbox, "project/lines", lines);
    repository_commit_all(sandbox, "project", "a harness", NULL);
}

static void names_of_a_harness_that_vanish_are_missing_too(void **state)
{
    repository_make(*state, "project");
    commit_harness(*state, "", "parse 100 value\nprint 200 value\n");
    commit_harness(*state, "", "parse 100 value\n");
    struct outcome outcome = pawl_exits(*state, 3, "check --pairs 20");

    assert_contains(outcome.out, "missing  micro/print");
    outcome_clear(&outcome);
}

static void names_of_a_harness_can_be_removed_and_renamed(void **state)
{
    repository_make(*state, "project");
    commit_harness(*state, "", "parse 100 value\nprint 200 value\nold 300 value\n");
    commit_harness(*state,
                   "\"removed\": [\"micro/old\"], \"renamed\": { \"micro/print\": "
                   "\"micro/show\" },",
                   "parse 100 value\nshow 210 value\n");
    struct outcome outcome = pawl_exits(*state, 1, "check --pairs 20");

    assert_contains(outcome.out, "regressed  micro/show value");
    assert_contains(outcome.out, "+5.0 %");
    assert_contains(outcome.out, "1 benchmark removed");
    assert_lacks(outcome.out, "missing");
    outcome_clear(&outcome);
}

static void what_a_harness_still_prints_is_not_removed(void **state)
{
    repository_make(*state, "project");
    commit_harness(*state, "", "parse 100 value\nprint 200 value\n");
    commit_harness(*state, "\"removed\": [\"micro/p*\"],", "parse 100 value\n");
    struct outcome outcome = pawl_exits(*state, 2, "check --pairs 20");

    assert_contains(outcome.err, "line 2, column 15: 'removed' names 'micro/parse', "
                                 "which is still printed");
    outcome_clear(&outcome);
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_benchmark_that_vanished_is_missing_and_told_how_to_say_so),
        T(what_head_says_is_removed_passes_and_is_said_first),
        T(a_size_can_be_removed_by_its_id),
        T(under_its_new_name_a_row_is_held_against_the_old_one),
        T(the_margins_of_the_old_name_hold_for_the_new_one),
        T(what_names_nothing_is_refused_with_its_place),
        T(an_entry_that_has_done_its_work_is_named),
        T(names_of_a_harness_that_vanish_are_missing_too),
        T(names_of_a_harness_can_be_removed_and_renamed),
        T(what_a_harness_still_prints_is_not_removed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
