/* Growth, from two commits to the exit code. The program turns a loop whose length is
 * known for each size. */
#include <stdlib.h>

#include "tests/cli/gate.h"
#include "tests/support/check.h"

#define QUICK "--budget 20s --pairs 12"
#define SIZES ", \"sizes\": { \"n\": [1, 4, 16] }, \"env\": { \"N\": \"{n}\" }"

/* Thousands of turns for n = 1, 4 and 16. As many at 16, and fewer below that: no size
 * gets slower. Only constants differ, so that the loops lie alike in memory. The third
 * power leaves room for the noise of any machine. */
#define WORK(one, four, sixteen)                                    \
    "long n = strtol(getenv(\"N\"), 0, 10), turns = n == 1 ? " #one \
    "000L : n == 4 ? " #four "000L : " #sixteen "000L;\n"           \
    "    for (long i = 0; i < turns; i++) sum += i;"
#define LINEAR WORK(6250, 25000, 100000)
#define CUBIC  WORK(24, 1562, 100000)

static void
commit(struct sandbox *sandbox, const char *growth, const char *work, const char *message)
{
    gate_write_config(sandbox, &(struct gate_config){ .benchmark = growth });
    gate_write_bench(sandbox, work, 0);
    repository_commit_all(sandbox, "project", message, NULL);
}

static void linear_turned_cubic_is_caught_though_no_size_is_slower(void **state)
{
    struct sandbox *sandbox = *state;

    repository_make(sandbox, "project");
    commit(sandbox, SIZES ", \"growth\": \"O(n)\"", LINEAR, "base");
    /* A change can't give itself another ceiling. */
    commit(sandbox, SIZES ", \"growth\": \"O(n^3)\"", CUBIC, "head");
    struct outcome outcome = pawl_exits(sandbox, 1, "check " QUICK " --json result.json");
    char *json = sandbox_read(sandbox, "project/result.json");

    assert_contains(outcome.out, "No: 1 of 1 growth curve got too steep.");
    assert_contains(outcome.out, "spin cpu: grows as n^");
    assert_contains(outcome.out, "at most O(n)");
    assert_contains(outcome.out,
                    "changed rule: growth of 'spin': O(n) on base, O(n^3) on head");
    assert_lacks(outcome.out, "got slower");
    assert_contains(json, "\"outcome\": \"grows faster\"");
    assert_contains(json, "\"exit\": \"regressed\"");
    free(json);
    outcome_clear(&outcome);
}

static void what_grows_as_before_passes_and_says_how(void **state)
{
    struct sandbox *sandbox = *state;

    repository_make(sandbox, "project");
    commit(sandbox, SIZES ", \"growth\": \"O(n)\"", LINEAR, "base");
    sandbox_must(sandbox, "echo '/* a comment */' >> project/bench.c");
    repository_commit_all(sandbox, "project", "comment", NULL);
    struct outcome measured = pawl_exits(sandbox, 0, "check " QUICK " --no-identical");
    struct outcome some =
        pawl_exits(sandbox, 0, "check " QUICK " --no-identical 'spin[n=4]'");
    struct outcome same = pawl_exits(sandbox, 0, "check " QUICK);

    assert_contains(measured.out, "spin cpu: grows as n^");
    assert_contains(some.out, "can't tell    spin cpu: asked for: 1 of its 3 sizes");
    assert_contains(same.out, "  identical     spin cpu");
    outcome_clear(&measured);
    outcome_clear(&some);
    outcome_clear(&same);
}

static void a_ceiling_that_only_head_states_does_not_judge_yet(void **state)
{
    struct sandbox *sandbox = *state;

    repository_make(sandbox, "project");
    commit(sandbox, SIZES, LINEAR, "base");
    commit(sandbox, SIZES ", \"growth\": \"O(1)\"", LINEAR, "head");
    struct outcome outcome = pawl_exits(sandbox, 0, "check " QUICK " --no-identical");

    assert_contains(outcome.out,
                    "changed rule: growth of 'spin': not stated on base, O(1) on head");
    assert_lacks(outcome.out, "grows as");
    outcome_clear(&outcome);
}

int main(void)
{
#define GATE(test) cmocka_unit_test_setup_teardown(test, gate_setup, gate_teardown)
    const struct CMUnitTest tests[] = {
        GATE(linear_turned_cubic_is_caught_though_no_size_is_slower),
        GATE(what_grows_as_before_passes_and_says_how),
        GATE(a_ceiling_that_only_head_states_does_not_judge_yet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
