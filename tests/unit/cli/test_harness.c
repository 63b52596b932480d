#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/cli/harness.h"
#include "tests/support/check.h"

static struct harness_run read_as(const char *format, const char *text)
{
    AUTO_FREE char *owned = xstrdup(format);
    const struct benchmark benchmark = { .format = owned };
    struct harness_run run = { 0 };
    struct str printed = STR_INIT;

    str_add(&printed, text);
    harness_read(&run, &benchmark, SIDE_HEAD, &printed);
    str_clear(&printed);
    return run;
}

static void names_come_once_in_the_order_they_were_printed(void **state)
{
    struct harness_run run = read_as("lines", "b 1 ms\na 2 ms\nb 3 ms\nb 9 count\n");
    struct strvec names = { 0 };

    (void)state;
    assert_null(run.failure);
    harness_names(&run, &names);
    char *all = strvec_join(&names, " ");
    assert_string_equal(all, "b a");
    free(all);
    strvec_clear(&names);
    harness_run_clear(&run);
}

static void the_median_is_the_value_of_a_run(void **state)
{
    struct harness_run run = read_as("lines", "a 5 ms\na 1 ms\na 2 ms\n");
    struct readings readings = { 0 };

    (void)state;
    assert_null(harness_fill(&run, SIDE_HEAD, "a", METRIC_BIT(METRIC_WALL), &readings));
    assert_true(readings.known == METRIC_BIT(METRIC_WALL));
    assert_close(readings.values[METRIC_WALL], 2e-3, 1e-15);
    harness_run_clear(&run);
}

static void quantities_are_metrics_of_a_gate(void **state)
{
    struct harness_run run =
        read_as("lines", "a 5 ms\nb 2 KiB\nc 7 cases/s\nd 3 count\ne 8 value\n");

    (void)state;
    assert_true(harness_metrics(&run, "a").told == METRIC_BIT(METRIC_WALL));
    assert_true(harness_metrics(&run, "b").told == METRIC_BIT(METRIC_ALLOCATED_BYTES));
    assert_true(harness_metrics(&run, "c").told == METRIC_BIT(METRIC_THROUGHPUT));
    assert_true(harness_metrics(&run, "d").told == METRIC_BIT(METRIC_VALUE));
    assert_true(harness_metrics(&run, "e").told == METRIC_BIT(METRIC_VALUE));
    assert_true(harness_metrics(&run, "f").told == 0);
    harness_run_clear(&run);
}

/* Go's MB/s is computed from ns/op: judged, it would be judged twice. */
static void what_says_the_same_is_shown_only(void **state)
{
    struct harness_run run =
        read_as("auto", "BenchmarkA-8  10  50 ns/op  4 MB/s  16 B/op  2 allocs/op\n");
    struct harness_metrics metrics = harness_metrics(&run, "BenchmarkA-8");
    struct readings readings = { 0 };

    (void)state;
    assert_true(metrics.told ==
                (METRIC_BIT(METRIC_WALL) | METRIC_BIT(METRIC_THROUGHPUT) |
                 METRIC_BIT(METRIC_ALLOCATED_BYTES) | METRIC_BIT(METRIC_ALLOCATIONS)));
    assert_true(metrics.shown == METRIC_BIT(METRIC_THROUGHPUT));
    assert_null(harness_fill(&run, SIDE_HEAD, "BenchmarkA-8", metrics.told, &readings));
    assert_close(readings.values[METRIC_ALLOCATIONS], 2, 0);
    assert_close(readings.values[METRIC_ALLOCATED_BYTES], 16, 0);
    assert_close(readings.values[METRIC_THROUGHPUT], 4e6, 1e-6);
    harness_run_clear(&run);
}

static void assert_cannot_fill(struct harness_run run, const char *why)
{
    const uint64_t metrics = METRIC_BIT(METRIC_CPU) | METRIC_BIT(METRIC_WALL);
    struct readings readings = { .known = 77 };
    char *said = harness_fill(&run, SIDE_HEAD, "a", metrics, &readings);

    assert_non_null(said);
    assert_string_equal(said, why);
    assert_true(readings.known == 77);
    free(said);
    harness_run_clear(&run);
}

static void a_name_that_is_not_there_any_more_is_said(void **state)
{
    (void)state;
    assert_cannot_fill(read_as("lines", "b 5 ms\n"), "head did not print 'a'");
    assert_cannot_fill(read_as("lines", "a 5 ms\n"), "head printed 'a' without its cpu");
    assert_cannot_fill(read_as("google", "{\"context\": {}, \"benchmarks\": [{\"name\": "
                                         "\"a\", \"error_occurred\": true, "
                                         "\"error_message\": \"no input\"}]}"),
                       "head: no input");
}

static void what_cannot_be_read_is_shown(void **state)
{
    (void)state;
    assert_cannot_fill(read_as("auto", "a 5 ms\nloading\n"),
                       "head: in 'standard output', line 2: a line must be 'name value "
                       "unit': 'loading'");
    assert_cannot_fill(read_as("auto", "hello\n"),
                       "head: in 'standard output', line 1: not one of the formats that "
                       "pawl reads (catch2, criterion, csv, go, google, hyperfine, "
                       "lines, pytest): 'hello'");
    assert_cannot_fill(read_as("go", ""), "head: in 'standard output': nothing in it");
    assert_cannot_fill(read_as("lines", "a 5 count\na 6 value\n"),
                       "head: 'a' is printed as count and as value, which are both its "
                       "'value'");
}

static void what_is_no_text_does_no_harm(void **state)
{
    struct harness_run run = read_as("lines", "a\xff\x1b[31m b c\n");

    (void)state;
    assert_contains(run.failure, "a\xef\xbf\xbd\xef\xbf\xbd[31m b c");
    harness_run_clear(&run);
}

static void results_that_were_not_written_are_said(void **state)
{
    char path[] = "{work}/x.json";
    const struct benchmark benchmark = { .results_path = path };
    struct harness_run run = read_as("lines", "a 5 ms\n");

    (void)state;
    harness_read_nothing(&run, &benchmark, SIDE_BASE);
    assert_int_equal(run.recording.count, 0);
    assert_string_equal(run.failure, "base wrote nothing to '{work}/x.json'");
    harness_run_clear(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_come_once_in_the_order_they_were_printed),
        cmocka_unit_test(the_median_is_the_value_of_a_run),
        cmocka_unit_test(quantities_are_metrics_of_a_gate),
        cmocka_unit_test(what_says_the_same_is_shown_only),
        cmocka_unit_test(a_name_that_is_not_there_any_more_is_said),
        cmocka_unit_test(what_cannot_be_read_is_shown),
        cmocka_unit_test(what_is_no_text_does_no_harm),
        cmocka_unit_test(results_that_were_not_written_are_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
