/* Without a pawl.json: what --build and --run give is measured. */
#include <stdlib.h>

#include "tests/cli/gate.h"
#include "tests/support/check.h"

#define GIVEN \
    "--build 'cc -O1 -o bench bench.c' --run 'spin=./bench {work}' --layouts off"

static void two_commits(struct sandbox *sandbox, const char *base, const char *head)
{
    repository_make(sandbox, "project");
    gate_write_bench(sandbox, base, 10);
    repository_commit_all(sandbox, "project", "base", NULL);
    gate_write_bench(sandbox, head, 10);
    repository_commit_all(sandbox, "project", "head", NULL);
}

static void a_project_without_pawl_json_passes_and_the_report_says_by_what(void **state)
{
    struct sandbox *sandbox = *state;

    two_commits(sandbox, "", "/* the same */");
    struct outcome outcome = pawl_exits(sandbox, 0, "check -o out " GIVEN);
    char *report = sandbox_read(sandbox, "project/out/report.md");
    char *result = sandbox_read(sandbox, "project/out/result.json");

    assert_contains(outcome.out,
                    "There is no pawl.json: measured was what --build 'cc -O1");
    assert_contains(report, "There is no pawl.json: measured was what");
    assert_contains(report, "with the usual margins and error rates.");
    assert_contains(result, "\"config_rule\": \"There is no pawl.json: ");
    assert_contains(result,
                    "--build 'cc -O1 -o bench bench.c' --run 'spin=./bench {work}'");
    free(report);
    free(result);
    outcome_clear(&outcome);
}

/* 64 MiB more, which no machine's load hides. */
static void a_regression_is_found_without_pawl_json(void **state)
{
    struct sandbox *sandbox = *state;

    two_commits(sandbox, "",
                "char *m = malloc(64 << 20); for (long i = 0; i < 64 << 20; i += 4096) "
                "m[i] = 1; sum += m[4096];");
    struct outcome outcome = pawl_exits(sandbox, 1, "check --pairs 40 " GIVEN);

    assert_contains(outcome.out, "spin peak_rss");
    outcome_clear(&outcome);
}

static void a_pawl_json_is_not_passed_over(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 10, 10);
    struct outcome of_both = pawl_exits(sandbox, 2, "check " GIVEN);
    repository_git(sandbox, "project", "rm -q pawl.json");
    repository_commit_all(sandbox, "project", "without", NULL);
    struct outcome of_base = pawl_exits(sandbox, 2, "check --base HEAD^ " GIVEN);

    assert_contains(of_both.err,
                    "pawl: --run is for projects without a pawl.json, and there "
                    "is one in base (");
    assert_contains(of_base.err, "there is one in base (");
    outcome_clear(&of_both);
    outcome_clear(&of_base);
}

static void half_of_it_is_refused(void **state)
{
    struct sandbox *sandbox = *state;

    two_commits(sandbox, "", "");
    pawl_refuses(sandbox, 2, "--build makes what --run measures: give --run COMMAND too",
                 "check --build make");
    pawl_refuses(
        sandbox, 2,
        "--config 'x.json' and --run both say what is measured: give one of them",
        "check --config x.json --run ./bench");
    struct outcome none = pawl_exits(sandbox, 2, "check");
    assert_contains(none.err,
                    "commit one, name a file with --config, or give --build and --run");
    outcome_clear(&none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_project_without_pawl_json_passes_and_the_report_says_by_what, gate_setup,
            gate_teardown),
        cmocka_unit_test_setup_teardown(a_regression_is_found_without_pawl_json,
                                        gate_setup, gate_teardown),
        cmocka_unit_test_setup_teardown(a_pawl_json_is_not_passed_over, gate_setup,
                                        gate_teardown),
        cmocka_unit_test_setup_teardown(half_of_it_is_refused, gate_setup, gate_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
