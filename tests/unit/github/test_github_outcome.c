#include <stdlib.h>

#include "../report/sample.h"
#include "../report/sample_creep.h"
#include "../report/sample_growth.h"
#include "gate/base/str.h"
#include "gate/github/outcome.h"
#include "gate/report/report.h"
#include "runner.h"
#include "tests/support/check.h"

static void
check_verdict(void (*fill)(struct result *), const char *verdict, size_t count)
{
    struct result result = { 0 };
    fill(&result);
    assert_string_equal(github_verdict(&result), verdict);
    assert_int_equal(github_regressions(&result), count);
    result_clear(&result);
}

static void verdicts_are_four_words(void **state)
{
    (void)state;
    check_verdict(sample_pass, "pass", 0);
    check_verdict(sample_improved, "pass", 0);
    check_verdict(sample_identical, "pass", 0);
    check_verdict(sample_sensitive, "pass", 0);
    check_verdict(sample_regression, "regression", 3);
    check_verdict(sample_growth, "regression", 1);
    check_verdict(sample_creep, "regression", 1);
    check_verdict(sample_inconclusive, "inconclusive", 0);
    check_verdict(sample_trouble, "error", 1);
    check_verdict(sample_distrusted, "error", 3);
}

/* --fail-on never makes the exit code 0, and nothing else. */
static void a_verdict_hangs_on_no_exit_code(void **state)
{
    struct result result = { 0 };
    (void)state;
    sample_regression(&result);
    result.exit = GATE_PASS;
    assert_string_equal(github_verdict(&result), "regression");
    result_clear(&result);
    sample_trouble(&result);
    result.exit = GATE_PASS;
    assert_string_equal(github_verdict(&result), "error");
    result_clear(&result);
}

static void all_outputs_are_set_also_where_nothing_is_known(void **state)
{
    static const char *const names[] = { "report-path", "page-path", "json-path",
                                         "base-sha", "head-sha" };
    struct str file = STR_INIT;
    (void)state;
    github_add_outputs(&file, &(struct github_outcome){ .verdict = "error" }, "D");

    assert_int_equal(runner_count_outputs(file.data), 7);
    char *verdict = runner_output(file.data, "verdict");
    char *regressions = runner_output(file.data, "regressions");
    assert_string_equal(verdict, "error");
    assert_string_equal(regressions, "0");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *value = runner_output(file.data, names[i]);
        assert_string_equal(value, "");
        free(value);
    }
    free(verdict);
    free(regressions);
    str_clear(&file);
}

static void the_summary_has_room_for_what_is_there_already(void **state)
{
    (void)state;
    assert_int_equal(github_summary_room(0), 900 * 1024);
    assert_int_equal(github_summary_room(1000), 900 * 1024);
    assert_int_equal(github_summary_room(1000000), 48576);
    assert_int_equal(github_summary_room(1048576), 0);
    assert_int_equal(github_summary_room(2000000), 0);
}

static void fifty_thousand_rows_fit_into_a_summary_with_the_verdict_first(void **state)
{
    struct result result = { 0 };
    struct str out = STR_INIT;
    (void)state;
    sample_large(&result, 50000);

    report_markdown_within(&result, github_summary_room(0), &out);

    assert_in_range(out.length, 800 * 1024, 900 * 1024);
    assert_true(str_starts_with(out.data, "**No: "));
    assert_contains(out.data, " rows more, left out here for size; the JSON result");
    str_clear(&out);
    result_clear(&result);
}

static void a_failure_is_said_without_markup(void **state)
{
    struct str out = STR_INIT;
    (void)state;
    github_add_failure(&out, "in 'pawl.json': @octocat\n::error::x <b>");

    assert_string_equal(out.data,
                        "**Could not check this.** in 'pawl.json': @\u2060octocat "
                        "::\u2060error::\u2060x \\<b\\>\n");
    str_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_are_four_words),
        cmocka_unit_test(a_verdict_hangs_on_no_exit_code),
        cmocka_unit_test(all_outputs_are_set_also_where_nothing_is_known),
        cmocka_unit_test(the_summary_has_room_for_what_is_there_already),
        cmocka_unit_test(fifty_thousand_rows_fit_into_a_summary_with_the_verdict_first),
        cmocka_unit_test(a_failure_is_said_without_markup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
