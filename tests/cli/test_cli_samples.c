/* Tails and throughput through the real gate. The benchmark times nothing: it makes its
 * operations up, from seeds, so that what the gate must say is certain on any machine. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

#define OPERATIONS "4000"

/* A program that prints 4,000 made-up times. SLOW in 10,000 operations, on average
 * (DRAWN) or exactly (COUNTED), take ten times as long as the others. Each run draws
 * anew, by how many there were before, and is as a whole up to 2 % faster or slower, as
 * runs on a machine are. */
static void write_bench(struct sandbox *sandbox, const char *slow, const char *fast_ns)
{
    AUTO_FREE char *text = str_format(
        "#include <stdio.h>\n"
        "#include <stdint.h>\n"
        "static uint64_t state;\n"
        "static double draw(void)\n"
        "{\n"
        "    state = state * 6364136223846793005u + 1442695040888963407u;\n"
        "    return (double)(state >> 11) / 9007199254740992.0;\n"
        "}\n"
        "int main(int argc, char **argv)\n"
        "{\n"
        "    char path[4096];\n"
        "    snprintf(path, sizeof path, \"%%s/runs\", argc > 1 ? argv[1] : \".\");\n"
        "    FILE *runs = fopen(path, \"a\");\n"
        "    if (!runs)\n"
        "        return 1;\n"
        "    fputc('x', runs);\n"
        "    state = 977 * (uint64_t)ftell(runs);\n"
        "    fclose(runs);\n"
        "    for (int i = 0; i < 10; i++)\n"
        "        draw();\n"
        "    double run = 0.98 + 0.04 * draw();\n"
        "    for (int i = 0; i < " OPERATIONS "; i++) {\n"
        "        double ns = run * %s * (0.9 + 0.2 * draw());\n"
        "        printf(\"%%.3f\\n\", %s ? 10 * ns : ns);\n"
        "    }\n"
        "    return 0;\n"
        "}\n",
        fast_ns, slow);
    sandbox_write(sandbox, "project/bench.c", text);
}

#define COUNTED(per_10000) "i * " #per_10000 " % 10000 < " #per_10000
#define DRAWN(per_10000)   "draw() < " #per_10000 " / 10000.0"
#define NONE               "0"

#define TAILS                                                                       \
    ((struct gate_config){                                                          \
        .margins = "\"cpu\": \"none\", \"wall\": \"none\", \"peak_rss\": \"none\"", \
        .benchmark = ", \"samples\": \"stdout\"" })
#define CHECK "check --seed 7 --no-identical --budget 60s --pairs 60"

/* Base's bench.c stands in the project; head's comes by slow and fast_ns. */
static void commit_both(struct sandbox *sandbox,
                        const char *base_slow,
                        const char *head_slow,
                        const char *head_ns)
{
    repository_make(sandbox, "project");
    gate_write_config(sandbox, &TAILS);
    write_bench(sandbox, base_slow, "1000");
    repository_commit_all(sandbox, "project", "base", NULL);
    write_bench(sandbox, head_slow, head_ns);
    sandbox_must(sandbox, "echo '/* head */' >> project/bench.c");
    repository_commit_all(sandbox, "project", "head", NULL);
}

static void a_doubled_share_of_slow_operations_is_a_regression_of_p99_alone(void **state)
{
    static const char *const shares[][2] = { { COUNTED(100), COUNTED(200) },
                                             { DRAWN(100), DRAWN(200) } };
    struct sandbox *sandbox = *state;

    for (size_t i = 0; i < 2; i++) {
        commit_both(sandbox, shares[i][0], shares[i][1], "1000");
        struct outcome outcome = pawl_exits(sandbox, 1, CHECK);

        assert_contains(outcome.out, "No: 1 of 3 rows got slower.");
        assert_contains(outcome.out, "regressed  spin p99");
        outcome_clear(&outcome);
        sandbox_must(sandbox, "rm -rf project");
    }
}

/* Where the share is drawn, p99 is a fast operation in some runs and a slow one in
 * others: that leaves it open, and is no regression. */
static void nothing_changed_is_no_regression(void **state)
{
    static const char *const shares[] = { COUNTED(100), COUNTED(200), DRAWN(100),
                                          DRAWN(200) };
    struct sandbox *sandbox = *state;

    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        commit_both(sandbox, shares[i], shares[i], "1000");
        struct outcome outcome = pawl_exits(sandbox, 0, CHECK);

        assert_contains(outcome.out, "Yes");
        assert_lacks(outcome.out, "regressed");
        outcome_clear(&outcome);
        sandbox_must(sandbox, "rm -rf project");
    }
}

static void slower_operations_are_a_regression_of_all_percentiles(void **state)
{
    struct sandbox *sandbox = *state;

    commit_both(sandbox, COUNTED(200), COUNTED(200), "1400");
    struct outcome outcome = pawl_exits(sandbox, 1, CHECK);

    assert_contains(outcome.out, "No: 3 of 3 rows got slower.");
    assert_contains(outcome.out, "regressed  spin p50    1.00 us -> 1.4");
    assert_contains(outcome.out, "regressed  spin p99    ");
    outcome_clear(&outcome);
}

/* One commit with these members of the benchmark, and a program that runs the statement;
 * checked against itself. */
static struct outcome
check_one(struct sandbox *sandbox, int want, const char *members, const char *statement)
{
    repository_make(sandbox, "project");
    gate_write_config(sandbox, &(struct gate_config){ .benchmark = members });
    gate_write_bench(sandbox, statement, 1000);
    repository_commit_all(sandbox, "project", "base", NULL);
    return pawl_exits(
        sandbox, want,
        "check --base HEAD --no-identical --budget 20s --pairs 8 --output out");
}

static void goals_hold_for_percentiles(void **state)
{
    struct sandbox *sandbox = *state;

    struct outcome outcome =
        check_one(sandbox, 0,
                  ", \"samples\": \"stdout\", \"goals\": [{ \"p50\": \"2us\", "
                  "\"p99\": \"2us\" }]",
                  "puts(\"{\\\"samples\\\":[1000,1500,5],\\\"counts\\\":[900,90,10],"
                  "\\\"unit\\\":\\\"ns\\\"}\");");
    char *report = sandbox_read(sandbox, "project/out/report.md");

    assert_contains(report, "| met | `spin p50` | at most 2.00 us | 1.00 us");
    assert_contains(report, "| met | `spin p99` | at most 2.00 us | 1.50 us");
    assert_contains(report, "Percentiles are nearest ranks");
    free(report);
    outcome_clear(&outcome);
}

static void throughput_is_shown_in_what_the_work_is_in(void **state)
{
    struct sandbox *sandbox = *state;

    struct outcome outcome = check_one(sandbox, 0, ", \"work\": \"20000000 cases\"", "");
    char *report = sandbox_read(sandbox, "project/out/report.md");

    assert_contains(report, "`spin throughput`");
    assert_contains(report, "cases/s");
    free(report);
    outcome_clear(&outcome);
}

static void samples_that_can_not_be_understood_fail_the_benchmark(void **state)
{
    static const struct {
        const char *members;
        const char *statement;
        const char *why;
    } cases[] = {
        { ", \"samples\": \"stdout\"", "puts(\"12\\n-3\");",
          "in 'stdout of base', line 2: not a sample: '-3'" },
        { ", \"samples\": \"stdout\"", "", "in 'stdout of base': no samples" },
        { ", \"samples\": \"{work}/times\"", "puts(\"12\");",
          "in 'times of base': no samples, for there is no such file" },
        { ", \"work\": \"printed cases\"", "puts(\"12\");",
          "in 'stdout of base': no line such as {\"work\":1000,\"unit\":\"cases\"}" },
    };
    struct sandbox *sandbox = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct outcome outcome =
            check_one(sandbox, 3, cases[i].members, cases[i].statement);
        assert_contains(outcome.err, cases[i].why);
        outcome_clear(&outcome);
        sandbox_must(sandbox, "rm -rf project");
    }
}

/* Long after the first look: the first runs tell all that they should. */
static void a_run_that_stops_telling_fails_the_benchmark(void **state)
{
    struct sandbox *sandbox = *state;

    struct outcome outcome =
        check_one(sandbox, 3, ", \"samples\": \"stdout\"",
                  "char path[4096]; snprintf(path, sizeof path, \"%s/runs\", argv[1]); "
                  "FILE *runs = fopen(path, \"a\"); fputc('x', runs); "
                  "puts(ftell(runs) < 12 ? \"12\" : \"twelve\"); fclose(runs);");

    assert_contains(outcome.out, "failed  spin");
    assert_contains(outcome.out, "line 1: not a sample: 'twelve'");
    outcome_clear(&outcome);
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_doubled_share_of_slow_operations_is_a_regression_of_p99_alone),
        T(nothing_changed_is_no_regression),
        T(slower_operations_are_a_regression_of_all_percentiles),
        T(goals_hold_for_percentiles),
        T(throughput_is_shown_in_what_the_work_is_in),
        T(samples_that_can_not_be_understood_fail_the_benchmark),
        T(a_run_that_stops_telling_fails_the_benchmark),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
