/* Percentiles and throughput in reports. */
#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/json.h"
#include "gate/base/str.h"
#include "gate/report/phrase.h"
#include "gate/report/report.h"
#include "golden.h"
#include "sample.h"
#include "tests/support/check.h"

static void add_throughput(struct result *result, const char *unit)
{
    struct row *row = sample_add_row(result, METRIC_THROUGHPUT, 1.234e6, -0.08, 0.006);
    row->is_judged = false;
    row->unit = unit ? xstrdup(unit) : NULL;
}

static void sample_tails(struct result *result)
{
    sample_pass(result);
    sample_add_bench(result, "find");
    sample_add_row(result, METRIC_P50, 14.2e-6, 0.002, 0.004)->margin = 0.05;
    struct row *p99 = sample_add_row(result, METRIC_P99, 51.5e-6, 8.7, 0.2);
    p99->margin = 0.2;
    p99->verdict = VERDICT_REGRESSED;
    sample_add_row(result, METRIC_MAX, 8.2e-3, 0.1, 0.4)->is_judged = false;
    add_throughput(result, "cases");
    result->verdict = VERDICT_REGRESSED;
    result->exit = GATE_REGRESSED;
}

static void sample_hostile_unit(struct result *result)
{
    sample_pass(result);
    sample_add_bench(result, "find");
    add_throughput(result,
                   "|<b>@octocat ::error::x \033[2J 0123456789012345678901234567");
    result->rows.items[result->rows.count - 1].is_judged = true;
    result->rows.items[result->rows.count - 1].verdict = VERDICT_REGRESSED;
}

static void reports_read_as_agreed(void **state)
{
    (void)state;
    assert_renders(sample_tails, "markdown", "report_tails.md");
    assert_renders(sample_tails, "terminal", "report_tails.txt");
}

static void rates_are_read_in_what_they_count(void **state)
{
    static const struct {
        double value;
        const char *unit;
        const char *want;
    } table[] = {
        { 1.234e6, "cases", "1.23 M cases/s" },
        { 950, "cases", "950 cases/s" },
        { 12345, "cases", "12.3 k cases/s" },
        { 12345, "", "12.3 k/s" },
        { 12345, NULL, "12.3 k/s" },
        { (double)NAN, "cases", "?" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        AUTO_FREE char *unit = xstrdup(table[i].unit);
        const struct row row = { .metric = METRIC_THROUGHPUT, .unit = unit };
        AUTO_STR struct str text = STR_INIT;
        phrase_add_row_value(&text, &row, table[i].value);
        assert_string_equal(text.data, table[i].want);
    }
}

static void units_obey_nobody(void **state)
{
    (void)state;
    AUTO_FREE char *markdown = render(sample_hostile_unit, "markdown");
    AUTO_FREE char *terminal = render(sample_hostile_unit, "terminal");

    assert_lacks(markdown, "<b>");
    assert_lacks(markdown, "@octocat");
    assert_lacks(markdown, "\033");
    assert_lacks(terminal, "\033");
    assert_lacks(terminal, "0123456789012345678901234567");
}

static void units_are_written_and_read_again(void **state)
{
    struct error err = { 0 };
    struct result result = { 0 };
    (void)state;
    AUTO_FREE char *text = render(sample_tails, "json");
    AUTO_JSON json_t *json = json_read_text(text, "result", ERROR_USAGE, &err);
    assert_non_null(json);
    if (report_json_read(json, &result, &err) < 0)
        fail_msg("%s", err.message);

    const struct row *last = &result.rows.items[result.rows.count - 1];
    assert_string_equal(last->unit, "cases");
    assert_null(result.rows.items[0].unit);
    result_clear(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reports_read_as_agreed),
        cmocka_unit_test(rates_are_read_in_what_they_count),
        cmocka_unit_test(units_obey_nobody),
        cmocka_unit_test(units_are_written_and_read_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
