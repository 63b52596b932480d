/* Files for other programs, read by such programs: xmllint, the reference parser of
 * OpenMetrics, Python's reader of CSV. What is not installed skips its test. */
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/report/report.h"
#include "golden.h"
#include "sample.h"
#include "tests/support/check.h"
#include "tests/support/hostile.h"
#include "tests/support/sandbox.h"

/* Debian's, which has the packages. */
#define PYTHON "/usr/bin/python3"

/* Every hostile string as a bench's name and as a reason. */
static void fill_hostile(struct result *result)
{
    struct hostile_texts texts = hostile_load();
    sample_pass(result);
    for (size_t i = 0; i < texts.count; i++) {
        const char *text = texts.items[i].text;
        struct bench_result *bench = sample_add_bench(result, text);
        sample_add_pairs(bench);
        struct row *row = sample_add_row(result, METRIC_CPU, 0.1, 0.01, 0.01);
        row->verdict = i % 2 ? VERDICT_REGRESSED : VERDICT_INCONCLUSIVE;
        sample_set(&row->reason, text);
    }
    sample_set(&result->head.commit, texts.items[0].text);
    hostile_clear(&texts);
}

static void (*const fills[])(struct result *) = {
    sample_pass,    sample_regression, sample_inconclusive, sample_improved,
    sample_confirm, sample_layouts,    sample_distrusted,   sample_trouble,
    sample_hostile, sample_identical,  fill_hostile,
};
#define FILLS (sizeof fills / sizeof fills[0])

static void write_report(struct sandbox *sandbox,
                         void (*fill)(struct result *),
                         const char *format,
                         const char *name)
{
    AUTO_FREE char *text = render(fill, format);
    sandbox_write(sandbox, name, text);
}

static void junit_is_valid_by_its_schema(void **state)
{
    struct sandbox *sandbox = *state;
    sandbox_need(sandbox, "xmllint --version", "libxml2-utils");
    for (size_t i = 0; i < FILLS; i++) {
        write_report(sandbox, fills[i], "junit", "junit.xml");
        sandbox_must(sandbox, "xmllint --nonet --noout --schema "
                              "\"$PAWL_TEST_DATA\"/data/schema/junit.xsd junit.xml 2>&1");
    }
}

/* As an XML parser gives it back: what people are to see. */
static void hostile_names_are_what_junit_readers_get(void **state)
{
    struct sandbox *sandbox = *state;
    struct hostile_texts texts = hostile_load();
    sandbox_need(sandbox, "xmllint --version", "libxml2-utils");
    write_report(sandbox, fill_hostile, "junit", "junit.xml");
    for (size_t i = 0; i < texts.count; i++) {
        struct outcome outcome =
            sandbox_run(sandbox,
                        "xmllint --nonet --xpath 'string(//testcase[@name=\"cpu\"]"
                        "[last() - %zu]/@classname)' junit.xml",
                        texts.count - 1 - i);
        AUTO_FREE char *want = str_format("%s\n", texts.items[i].shown);
        assert_string_equal(outcome.out, want);
        outcome_clear(&outcome);
    }
    hostile_clear(&texts);
}

static void counts_of_junit_are_those_of_its_cases(void **state)
{
    struct sandbox *sandbox = *state;
    sandbox_need(sandbox, "xmllint --version", "libxml2-utils");
    for (size_t i = 0; i < FILLS; i++) {
        write_report(sandbox, fills[i], "junit", "junit.xml");
        sandbox_must(sandbox, "test true = \"$(xmllint --nonet --xpath '"
                              "/testsuite/@tests = count(//testcase) and "
                              "/testsuite/@failures = count(//failure) and "
                              "/testsuite/@errors = count(//error) and "
                              "/testsuite/@skipped = count(//skipped)' junit.xml)\"");
    }
}

static void openmetrics_pass_the_reference_parser(void **state)
{
    struct sandbox *sandbox = *state;
    sandbox_need(sandbox, PYTHON " -c 'import prometheus_client.openmetrics.parser'",
                 "python3-prometheus-client");
    for (size_t i = 0; i < FILLS; i++) {
        write_report(sandbox, fills[i], "openmetrics", "metrics");
        sandbox_must(sandbox,
                     PYTHON " \"$PAWL_TEST_DATA\"/data/schema/openmetrics.py metrics");
    }
}

/* As node_exporter's textfile collector reads it. */
static void prometheus_reads_the_same_file(void **state)
{
    struct sandbox *sandbox = *state;
    sandbox_need(sandbox, "promtool --version", "prometheus");
    for (size_t i = 0; i < FILLS; i++) {
        write_report(sandbox, fills[i], "openmetrics", "metrics");
        sandbox_must(sandbox, "promtool check metrics <metrics 2>&1");
    }
}

static void hostile_names_are_labels_of_openmetrics(void **state)
{
    struct sandbox *sandbox = *state;
    struct hostile_texts texts = hostile_load();
    sandbox_need(sandbox, PYTHON " -c 'import prometheus_client.openmetrics.parser'",
                 "python3-prometheus-client");
    write_report(sandbox, fill_hostile, "openmetrics", "metrics");
    struct outcome outcome = sandbox_run(
        sandbox, PYTHON " \"$PAWL_TEST_DATA\"/data/schema/openmetrics.py metrics");
    for (size_t i = 0; i < texts.count; i++) {
        AUTO_FREE char *want = str_format(
            "\npawl_change_ratio {bench=%s,metric=cpu} 0.01\n", texts.items[i].shown);
        assert_contains(outcome.out, want);
    }
    outcome_clear(&outcome);
    hostile_clear(&texts);
}

/* Ten fields a record, whatever the names hold, and the names are what was meant, but for
 * the mark before what a spreadsheet would run. */
static void csv_is_read_back_field_by_field(void **state)
{
    struct sandbox *sandbox = *state;
    struct hostile_texts texts = hostile_load();
    sandbox_need(sandbox, PYTHON " --version", "python3");
    write_report(sandbox, fill_hostile, "csv", "pairs.csv");
    struct outcome outcome = sandbox_run(
        sandbox, PYTHON " \"$PAWL_TEST_DATA\"/data/schema/csv_fields.py pairs.csv");
    assert_int_equal(outcome.exit_code, 0);
    for (const char *line = outcome.out; *line; line = strchr(line, '\n') + 1)
        assert_int_equal(strncmp(line, "10 ", 3), 0);
    for (size_t i = 0; i < texts.count; i++) {
        const char *shown = texts.items[i].shown;
        AUTO_FREE char *want =
            str_format("\n10 %s%s\n", strchr("=+-@", *shown) ? "'" : "", shown);
        assert_contains(outcome.out, want);
    }
    outcome_clear(&outcome);
    hostile_clear(&texts);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, sandbox_setup, sandbox_teardown)
    const struct CMUnitTest tests[] = {
        T(junit_is_valid_by_its_schema),
        T(hostile_names_are_what_junit_readers_get),
        T(counts_of_junit_are_those_of_its_cases),
        T(openmetrics_pass_the_reference_parser),
        T(prometheus_reads_the_same_file),
        T(hostile_names_are_labels_of_openmetrics),
        T(csv_is_read_back_field_by_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
