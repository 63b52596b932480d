/* Goals and who they are for, on the bytes that a run writes, which repeat exactly. */
#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

/* Commits a script of so many bytes with one goal, and keys on top of pawl.json. */
static void commit(struct sandbox *sandbox, const char *top, const char *goal, int bytes)
{
    AUTO_FREE char *config = str_format(
        "{ \"version\": 1,\n  %s\n"
        "  \"margins\": { \"cpu\": \"none\", \"wall\": \"none\", \"peak_rss\": "
        "\"none\", \"written_bytes\": \"50%%\" },\n"
        "  \"suites\": [{ \"name\": \"suite\", \"benchmarks\": [\n"
        "    { \"name\": \"save\", \"run\": \"sh bench.sh\", \"goals\": [%s] "
        "}] }] }\n",
        top, goal);
    AUTO_FREE char *script = str_format("head -c %d /dev/zero\n", bytes);
    sandbox_write(sandbox, "project/pawl.json", config);
    sandbox_write(sandbox, "project/bench.sh", script);
    repository_commit_all(sandbox, "project", "a side", NULL);
}

#define GOAL           "{ \"written_bytes\": \"102kB\" }"
#define GOAL_FOR(name) "{ \"machine_class\": \"" name "\", \"written_bytes\": \"102kB\" }"
#define WAIVER                                                                     \
    "\"waivers\": [{ \"row\": \"save\", \"metric\": \"goal of written_bytes\", "   \
    "\"up_to\": \"110kB\", \"reason\": \"a longer header\", \"owner\": \"anna\", " \
    "\"until\": \"2999-12-31\" }],"

static void
two_sides(struct sandbox *sandbox, const char *head_top, const char *goal, int head_bytes)
{
    repository_make(sandbox, "project");
    commit(sandbox, "", goal, 100000);
    commit(sandbox, head_top, goal, head_bytes);
}

static void a_goal_that_head_alone_misses_fails_the_gate(void **state)
{
    two_sides(*state, "", GOAL, 104000);
    struct outcome outcome = pawl_exits(*state, 1, "check --pairs 8");

    assert_contains(outcome.out, "goal missed");
    outcome_clear(&outcome);
}

static void a_goal_for_other_machines_is_shown_and_fails_nothing(void **state)
{
    two_sides(*state, "", GOAL_FOR("no-such-machine-*"), 104000);
    struct outcome outcome = pawl_exits(*state, 0, "check --pairs 8");

    assert_contains(outcome.out, "goal not judged");
    assert_contains(outcome.out, "it is for machines 'no-such-machine-*', and this is");
    outcome_clear(&outcome);
}

static void a_goal_for_this_machine_is_judged(void **state)
{
    two_sides(*state, "", GOAL_FOR("*"), 104000);

    pawl_must_exit(*state, 1, "check --pairs 8");
}

static void a_missed_goal_can_be_waived(void **state)
{
    two_sides(*state, WAIVER, GOAL, 104000);
    struct outcome outcome = pawl_exits(*state, 0, "check --pairs 8");

    assert_contains(outcome.out, "Yes, but 1 goal got worse and is waived.");
    assert_contains(outcome.out, "goal waived");
    outcome_clear(&outcome);
}

static void a_goal_missed_by_more_than_is_waived_fails_the_gate(void **state)
{
    two_sides(*state, WAIVER, GOAL, 111000);

    pawl_must_exit(*state, 1, "check --pairs 8");
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_goal_that_head_alone_misses_fails_the_gate),
        T(a_goal_for_other_machines_is_shown_and_fails_nothing),
        T(a_goal_for_this_machine_is_judged),
        T(a_missed_goal_can_be_waived),
        T(a_goal_missed_by_more_than_is_waived_fails_the_gate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
