#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/str.h"
#include "gate/report/report.h"
#include "golden.h"
#include "sample.h"
#include "tests/support/check.h"

static void reports_read_as_agreed(void **state)
{
    (void)state;
    assert_renders(sample_pass, "markdown", "report_pass.md");
    assert_renders(sample_regression, "markdown", "report_regression.md");
    assert_renders(sample_inconclusive, "markdown", "report_inconclusive.md");
    assert_renders(sample_improved, "markdown", "report_improved.md");
    assert_renders(sample_trouble, "markdown", "report_trouble.md");
    assert_renders(sample_identical, "markdown", "report_identical.md");
    assert_renders(sample_confirm, "markdown", "report_confirm.md");
    assert_renders(sample_layouts, "markdown", "report_layouts.md");
    assert_renders(sample_sensitive, "markdown", "report_sensitive.md");
    assert_renders(sample_control, "markdown", "report_control.md");
    assert_renders(sample_distrusted, "markdown", "report_distrusted.md");
    assert_renders(sample_hostile, "markdown", "report_hostile.md");
}

static void regressions_come_worst_first(void **state)
{
    (void)state;
    char *text = render(sample_regression, "markdown");
    const char *worst = strstr(text, "+18.2\u00a0% (");
    const char *middle = strstr(text, "+4.9\u00a0% (");
    const char *least = strstr(text, "+3.1\u00a0% (");

    assert_true(worst && middle && least && worst < middle && middle < least);
    free(text);
}

static void a_bench_better_here_and_worse_there_is_a_trade_off(void **state)
{
    (void)state;
    char *text = render(sample_regression, "markdown");

    assert_contains(text, "- `list[n=100000]`: peak_rss -9.0 %, but cpu +18.2 %\n");
    free(text);
}

static void unknown_numbers_are_question_marks(void **state)
{
    struct result result = { 0 };
    struct str out = STR_INIT;
    (void)state;
    sample_pass(&result);
    sample_add_row(&result, METRIC_CPU, (double)NAN, (double)NAN, (double)NAN)->margin =
        (double)INFINITY;
    sample_add_row(&result, METRIC_CPU, 1, 0, (double)INFINITY)->detection_limit = 1e300;

    report_markdown(&result, &out);

    assert_contains(out.data, "| ?\u00a0% (?\u00a0..\u00a0?) | ");
    assert_contains(out.data, " | ? | ? | 40, sees");
    assert_contains(out.data, "+0.00\u00a0% (?\u00a0..\u00a0?) | `<");
    assert_lacks(out.data, "nan");
    assert_lacks(out.data, "inf");
    str_clear(&out);
    result_clear(&result);
}

/* What markup it could be is asked of a renderer when the golden file is read; here, that
 * no line begins with a command and nothing invisible got through. */
static void foreign_text_commands_nobody(void **state)
{
    (void)state;
    char *text = render(sample_hostile, "markdown");

    assert_lacks(text, "\n::");
    assert_lacks(text, "##[");
    assert_lacks(text, "\033");
    assert_lacks(text, "\r");
    assert_lacks(text, "\xe2\x80\xae");
    assert_lacks(text, "\xff");
    assert_lacks(text, "\n```\n#");
    free(text);
}

static void check_size(size_t row_count, size_t limit, const char *left_out)
{
    struct result result = { 0 };
    struct str out = STR_INIT;
    sample_large(&result, row_count);

    report_markdown_within(&result, limit, &out);

    assert_in_range(out.length, limit / 2, limit);
    assert_contains(out.data, left_out);
    assert_contains(out.data, "### Reproduce");
    str_clear(&out);
    result_clear(&result);
}

static void reports_stay_below_their_limit_and_say_what_is_left_out(void **state)
{
    (void)state;
    check_size(5000, 900000, " rows more, left out here for size; the JSON result");
    check_size(5000, 60000, " rows more, left out here for size; the JSON result");
    check_size(400, 40000, " rows more, left out here for size; the JSON result");
}

static void check_long_text(const char *character)
{
    struct result result = { 0 };
    struct str out = STR_INIT;
    struct str text = STR_INIT;
    for (size_t i = 0; i < 5000; i++)
        str_add(&text, character);
    sample_hostile(&result);
    char **const places[] = { &result.base.subject,     &result.head.subject,
                              &result.base_rule,        &result.reproduce,
                              &result.toolchain,        &result.machine.cpu_model,
                              &result.machine.governor, &result.pawl_version,
                              &result.started_at,       &result.pinning,
                              &result.accounting,       &result.priority };
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        sample_set(places[i], text.data);
    for (size_t i = 0; i < 300; i++) {
        strvec_push(&result.warnings, text.data);
        strvec_push(&result.config_changes, text.data);
        strvec_push(&result.changed_paths, text.data);
        sample_set(&result.rows.items[i % 9].reason, text.data);
    }

    report_markdown_within(&result, 40000, &out);

    assert_in_range(out.length, 1000, 40000);
    str_clear(&text);
    str_clear(&out);
    result_clear(&result);
}

static void no_foreign_text_is_long_enough_to_break_the_limit(void **state)
{
    (void)state;
    check_long_text("|");
    check_long_text("😀");
    check_long_text("www.");
}

static void an_empty_result_is_no_pass(void **state)
{
    struct result result = { .exit = GATE_NOT_MEASURED };
    struct str out = STR_INIT;
    (void)state;

    report_markdown(&result, &out);

    assert_true(str_starts_with(out.data, "**Could not measure"));
    str_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reports_read_as_agreed),
        cmocka_unit_test(regressions_come_worst_first),
        cmocka_unit_test(a_bench_better_here_and_worse_there_is_a_trade_off),
        cmocka_unit_test(unknown_numbers_are_question_marks),
        cmocka_unit_test(foreign_text_commands_nobody),
        cmocka_unit_test(reports_stay_below_their_limit_and_say_what_is_left_out),
        cmocka_unit_test(no_foreign_text_is_long_enough_to_break_the_limit),
        cmocka_unit_test(an_empty_result_is_no_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
