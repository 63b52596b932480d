/* Formats for other programs: CSV of pairs, OpenMetrics, the badge. */
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/report/report.h"
#include "golden.h"
#include "sample.h"
#include "tests/support/check.h"

static void reports_read_as_agreed(void **state)
{
    (void)state;
    assert_renders(sample_regression, "openmetrics", "report_regression.om");
    assert_renders(sample_regression, "badge", "badge_regression.svg");
    assert_renders(sample_pass, "badge", "badge_pass.svg");
}

/* Twice a warm-up, one that counts and one that was thrown away; one of them failed. */
static void fill_pairs(struct result *result)
{
    static const struct process_result failed = { .end = PROCESS_EXITED, .exit_code = 1 };
    sample_pass(result);
    struct bench_result *bench = sample_add_bench(result, "=1+1,\"x\"");
    sample_add_pairs(bench);
    sample_add_row(result, METRIC_CPU, 0.1, 0.01, 0.01);
    sample_add_pairs(bench);
    bench->pairs.items[4].sides[SIDE_HEAD] = failed;
    bench->pairs.items[1].is_together = true;
}

static void a_pair_says_why_it_does_not_count(void **state)
{
    AUTO_FREE char *text = render(fill_pairs, "csv");

    (void)state;
    assert_contains(text,
                    "bench,metric,unit,runs,pair,position,first,excluded,base,head\r\n");
    assert_contains(text, "\r\n\"'=1+1,\"\"x\"\"\",cpu,s,plain,0,");
    assert_contains(text, ",warm-up,");
    assert_contains(text, ",steal,");
    assert_contains(text, ",failed,");
    assert_contains(text, ",together,,");
}

static void
check_badge(void (*fill)(struct result *), enum gate_exit code, const char *says)
{
    struct result result = { 0 };
    AUTO_STR struct str text = STR_INIT;
    AUTO_FREE char *title = str_format("<title>performance: %s</title>", says);
    fill(&result);
    result.exit = code;
    report_badge(&result, &text);
    assert_contains(text.data, title);
    result_clear(&result);
}

static void the_badge_says_what_the_gate_says(void **state)
{
    (void)state;
    check_badge(sample_pass, GATE_PASS, "no regression");
    check_badge(sample_regression, GATE_REGRESSED, "3 regressed");
    check_badge(sample_inconclusive, GATE_PASS, "inconclusive");
    check_badge(sample_inconclusive, GATE_INCONCLUSIVE, "inconclusive");
    check_badge(sample_trouble, GATE_NOT_MEASURED, "not measured");
    check_badge(sample_sensitive, GATE_REGRESSED, "layout sensitive");
}

static void fill_shard(struct result *result)
{
    sample_pass(result);
    result->sharding = xcalloc(1, sizeof *result->sharding);
    result->sharding->shard = 2;
    result->sharding->count = 4;
}

static void the_badge_of_a_shard_is_no_verdict(void **state)
{
    (void)state;
    check_badge(fill_shard, GATE_PASS, "part 2 of 4");
}

static void metrics_end_where_they_should(void **state)
{
    AUTO_FREE char *text = render(sample_trouble, "openmetrics");
    size_t length = strlen(text);

    (void)state;
    assert_true(length > 6);
    assert_string_equal(text + length - 6, "# EOF\n");
    assert_lacks(text, "nan");
    assert_lacks(text, "inf\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reports_read_as_agreed),
        cmocka_unit_test(a_pair_says_why_it_does_not_count),
        cmocka_unit_test(the_badge_says_what_the_gate_says),
        cmocka_unit_test(the_badge_of_a_shard_is_no_verdict),
        cmocka_unit_test(metrics_end_where_they_should),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
