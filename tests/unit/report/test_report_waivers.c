/* Waivers in every report. */
#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/base/json.h"
#include "gate/base/str.h"
#include "gate/report/headline.h"
#include "gate/report/report.h"
#include "golden.h"
#include "sample.h"
#include "tests/support/check.h"

static void add_waiver(struct result *result,
                       const char *row,
                       const char *metric,
                       enum waiver_outcome outcome)
{
    *array_push(&result->waivers) =
        (struct waiver_result){ .row = xstrdup(row),
                                .metric = xstrdup(metric),
                                .up_to = xstrdup("6 %"),
                                .reason = xstrdup("checks that found three bugs"),
                                .owner = xstrdup("anna"),
                                .until = xstrdup("2027-01-31"),
                                .is_added = outcome == WAIVER_HOLDS,
                                .is_over = outcome == WAIVER_ENDED,
                                .outcome = outcome };
}

static void add_goal(struct result *result)
{
    *array_push(&result->goals) = (struct goal_result){
        .bench_id = xstrdup("list[n=100000]"),
        .label = xstrdup("wall_p95"),
        .metric = METRIC_WALL,
        .limit = 1.2,
        .value = 1.31,
        .low = 1.28,
        .high = 1.34,
        .run_count = 40,
        .outcome = GOAL_WAIVED,
        .reason = xstrdup("waived: up to 1.40 s until 2027-01-31 (anna: see there)")
    };
}

static void sample_waived(struct result *result)
{
    sample_pass(result);
    struct row *row = &result->rows.items[0];
    row->verdict = result->benches.items[0].verdict = VERDICT_WAIVED;
    row->change = 0.049;
    row->change_low = 0.041;
    row->change_high = 0.056;
    row->margin = 0.06;
    sample_set(&row->reason,
               "waived by this change itself: up to 6 % until 2027-01-31 (anna: checks "
               "that found three bugs); its own margin is 2 %");
    add_goal(result);
    add_waiver(result, "list[n=1000]", "cpu", WAIVER_HOLDS);
    strvec_push(&result->waivers.items[0].for_rows, "list[n=1000] cpu");
    add_waiver(result, "list*", "goal of wall_p95", WAIVER_HOLDS);
    add_waiver(result, "search*", "cpu", WAIVER_UNNEEDED);
    add_waiver(result, "import", "growth of cpu", WAIVER_IDLE);
    result->verdict = VERDICT_WAIVED;
}

static void sample_ended(struct result *result)
{
    sample_regression(result);
    add_waiver(result, "list[n=1000]", "cpu", WAIVER_ENDED);
    add_waiver(result, "list[n=100000]", "cpu", WAIVER_EXCEEDED);
    add_waiver(result, "import", "cpu", WAIVER_OPEN);
}

static void reports_read_as_agreed(void **state)
{
    (void)state;
    assert_renders(sample_waived, "markdown", "report_waived.md");
    assert_renders(sample_waived, "terminal", "report_waived.txt");
    assert_renders(sample_waived, "junit", "report_waived.xml");
    assert_renders(sample_waived, "tsv", "report_waived.tsv");
    assert_renders(sample_waived, "json", "result_waived.json");
    assert_renders(sample_ended, "terminal", "report_waiver_ended.txt");
}

static void read_back_it_is_written_the_same(void **state)
{
    struct result result = { 0 };
    (void)state;
    assert_reads_back(sample_waived, &result);
    assert_int_equal(result.waivers.count, 4);
    result_clear(&result);
}

static void the_first_line_says_what_is_waived(void **state)
{
    struct result result = { 0 };
    struct headline headline = HEADLINE_INIT;

    (void)state;
    sample_waived(&result);
    headline_of(&result, &headline);
    assert_string_equal(headline.answer.data,
                        "Yes, but 1 row and 1 goal got worse and are waived.");
    headline_clear(&headline);
    result_clear(&result);
}

static void sample_foreign(struct result *result)
{
    sample_waived(result);
    sample_set(&result->waivers.items[2].reason, "\033[31m\n::error::@anna\t|<b>");
    sample_set(&result->waivers.items[2].owner, "##[group]\r");
    sample_set(&result->rows.items[0].reason, "\033[2J\n::stop\tx");
}

static void foreign_text_commands_nobody(void **state)
{
    static const char *const formats[] = { "markdown", "terminal", "junit", "tsv" };

    (void)state;
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        char *text = render(sample_foreign, formats[i]);
        assert_commands_nobody(text);
        assert_lacks(text, "##[group]");
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reports_read_as_agreed),
        cmocka_unit_test(read_back_it_is_written_the_same),
        cmocka_unit_test(the_first_line_says_what_is_waived),
        cmocka_unit_test(foreign_text_commands_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
