/* Growth, from two commits to the exit code. The ceiling is for instructions, which
 * callgrind counts (skipped where valgrind is absent), growth beside it for written
 * bytes: both repeat whatever else the machine does. */
#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "tests/cli/explained.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

#define QUICK "--budget 60s --pairs 12"
#define SIZES ", \"sizes\": { \"n\": [1, 4, 16] }, \"env\": { \"N\": \"{n}\" }"

/* Hundreds of turns, and of bytes, for n = 1, 4 and 16. As many at 16, and fewer below
 * that: no size gets worse. Only constants differ. */
#define WORK(one, four, sixteen)                                      \
    "long n = strtol(getenv(\"N\"), 0, 10), work = n == 1 ? " #one    \
    "00L : n == 4 ? " #four "00L : " #sixteen "00L;\n"                \
    "    static char more[10000000];\n"                               \
    "    if (write(open(\"/dev/null\", O_WRONLY), more, work) < 0)\n" \
    "        return 2;\n"                                             \
    "    for (long i = 0; i < work; i++) sum += i;"
#define LINEAR WORK(256, 1024, 4096)
#define CUBIC  WORK(1, 64, 4096)

#define INSTRUCTIONS "\"instructions\": \"5%\""
#define BYTES        "\"written_bytes\": \"5%\""

static void commit(struct sandbox *sandbox,
                   const char *margins,
                   const char *growth,
                   const char *work,
                   const char *message)
{
    AUTO_FREE char *all = str_format(GATE_NO_TIME ", %s", margins);
    AUTO_FREE char *benchmark =
        growth ? str_format(SIZES ", \"growth\": \"%s\"", growth) : xstrdup(SIZES);
    gate_write_config(sandbox,
                      &(struct gate_config){ .margins = all, .benchmark = benchmark });
    gate_write_bench(sandbox, work, 1);
    repository_commit_all(sandbox, "project", message, NULL);
}

static void check_cubic(struct sandbox *sandbox, const char *margins, const char *row)
{
    AUTO_FREE char *line = str_format("grows faster  %s: grows as n^", row);

    repository_make(sandbox, "project");
    commit(sandbox, margins, "O(n)", LINEAR, "base");
    /* A change can't give itself another ceiling. */
    commit(sandbox, margins, "O(n^3)", CUBIC, "head");
    struct outcome outcome = pawl_exits(sandbox, 1, "check " QUICK " --json result.json");
    AUTO_FREE char *json = sandbox_read(sandbox, "project/result.json");

    assert_contains(outcome.out, line);
    assert_contains(outcome.out,
                    "changed rule: growth of 'spin': O(n) on base, O(n^3) on head");
    assert_contains(json, "\"outcome\": \"grows faster\"");
    assert_contains(json, "\"exit\": \"regressed\"");
    outcome_clear(&outcome);
}

static void instructions_turned_cubic_are_caught_though_no_size_has_more(void **state)
{
    gate_need_valgrind(*state);

    check_cubic(*state, INSTRUCTIONS, "spin instructions");
}

static void bytes_turned_cubic_are_caught_though_no_size_has_more(void **state)
{
    check_cubic(*state, BYTES, "spin written_bytes");
}

/* Each size is within its margin, and the growth is not. */
static void growth_alone_is_reason_enough_to_explain(void **state)
{
    struct sandbox *sandbox = *state;
    explained_need(sandbox, "valgrind");
    repository_make(sandbox, "project");
    commit(sandbox, BYTES, "O(n)", LINEAR, "base");
    commit(sandbox, BYTES, "O(n)", CUBIC, "head");
    struct outcome outcome = pawl_explains(sandbox, 1, "check " QUICK);

    explained_says(&outcome, "why spin[n=16] written_bytes +0.00 %: The growth of its "
                             "written_bytes got worse (n^");
    explained_says(&outcome, "), and this is the largest size.");
    outcome_clear(&outcome);
}

static void what_grows_as_before_passes_and_says_how(void **state)
{
    struct sandbox *sandbox = *state;

    repository_make(sandbox, "project");
    commit(sandbox, BYTES, "O(n)", LINEAR, "base");
    sandbox_must(sandbox, "echo '/* a comment */' >> project/bench.c");
    repository_commit_all(sandbox, "project", "comment", NULL);
    struct outcome measured = pawl_exits(sandbox, 0, "check " QUICK " --no-identical");
    struct outcome some =
        pawl_exits(sandbox, 0, "check " QUICK " --no-identical 'spin[n=4]'");
    struct outcome same = pawl_exits(sandbox, 0, "check " QUICK);

    assert_contains(measured.out, "spin written_bytes: grows as n^");
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
    commit(sandbox, BYTES, NULL, LINEAR, "base");
    commit(sandbox, BYTES, "O(1)", LINEAR, "head");
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
        GATE(instructions_turned_cubic_are_caught_though_no_size_has_more),
        GATE(bytes_turned_cubic_are_caught_though_no_size_has_more),
        GATE(growth_alone_is_reason_enough_to_explain),
        GATE(what_grows_as_before_passes_and_says_how),
        GATE(a_ceiling_that_only_head_states_does_not_judge_yet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
