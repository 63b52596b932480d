#include <stdio.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "runners/bench.h"
#include "runners/formats/samples.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

/* The text read, which must be fine. */
static void read_well(struct samples *samples, const char *text)
{
    struct error err = { 0 };
    if (samples_read_text(samples, text, "out", &err) < 0)
        fail_msg("%s", err.message);
}

static void check_histogram(const struct histogram *histogram,
                            uint64_t total,
                            double min_ns,
                            double max_ns)
{
    assert_int_equal(histogram->total, total);
    assert_close(histogram->min, min_ns, min_ns * 1e-12);
    assert_close(histogram->max, max_ns, max_ns * 1e-12);
}

static void plain_numbers_are_nanoseconds(void **state)
{
    AUTO_SAMPLES struct samples samples = { 0 };
    (void)state;
    read_well(&samples, "412\n0\n1.5e3\n\n  7.25 \n# a comment\n3\r\n12");
    assert_int_equal(samples.count, 1);
    assert_string_equal(samples.items[0].name, "");
    check_histogram(&samples.items[0].ns, 6, 0, 1500);
}

static void numbers_may_have_a_unit(void **state)
{
    static const struct {
        const char *text;
        double ns;
    } table[] = { { "3ns", 3 },           { "1.25us", 1250 }, { "1.25 us", 1250 },
                  { "2\xc2\xb5s", 2000 }, { "20ms", 2e7 },    { "1e-3s", 1e6 } };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        AUTO_SAMPLES struct samples samples = { 0 };
        read_well(&samples, table[i].text);
        check_histogram(&samples.items[0].ns, 1, table[i].ns, table[i].ns);
    }
}

static void json_lines_are_series_by_name(void **state)
{
    AUTO_SAMPLES struct samples samples = { 0 };
    (void)state;
    read_well(&samples,
              "{\"name\":\"find\",\"unit\":\"ns\",\"iterations\":1,\"samples\":[3,1,2]}\n"
              "{\"name\":\"add\",\"unit\":\"us\",\"samples\":[5]}\n"
              "{\"name\":\"find\",\"samples\":[4]}\n");
    assert_int_equal(samples.count, 2);
    assert_string_equal(samples.items[0].name, "find");
    check_histogram(&samples.items[0].ns, 4, 1, 4);
    assert_string_equal(samples.items[1].name, "add");
    check_histogram(&samples.items[1].ns, 1, 5000, 5000);
    assert_int_equal(samples.items[1].iterations, 1);
}

static void counts_stand_for_that_many_samples(void **state)
{
    AUTO_SAMPLES struct samples samples = { 0 };
    (void)state;
    read_well(&samples, "{\"samples\":[300,2000],\"counts\":[99000,1000]}");
    check_histogram(&samples.items[0].ns, 100000, 300, 2000);
    assert_close(histogram_quantile(&samples.items[0].ns, 99, 100), 300, 0.3);
}

static void means_over_many_iterations_and_the_clock_are_remembered(void **state)
{
    AUTO_SAMPLES struct samples samples = { 0 };
    (void)state;
    read_well(&samples,
              "{\"name\":\"x\",\"iterations\":4096,\"clock\":25,\"samples\":[1]}\n"
              "{\"name\":\"x\",\"iterations\":2,\"clock\":21,\"samples\":[1]}\n");
    assert_int_equal(samples.items[0].iterations, 4096);
    assert_close(samples.items[0].clock_ns, 25, 1e-12);
}

static void all_series_merge_into_one(void **state)
{
    AUTO_SAMPLES struct samples samples = { 0 };
    (void)state;
    read_well(&samples, "{\"name\":\"a\",\"samples\":[10,20]}\n5\n"
                        "{\"name\":\"b\",\"samples\":[30],\"counts\":[7]}\n");
    AUTO_HISTOGRAM struct histogram merged = samples_merged(&samples);
    check_histogram(&merged, 10, 5, 30);
}

static void work_lines_add_up(void **state)
{
    AUTO_SAMPLES struct samples samples = { 0 };
    (void)state;
    read_well(&samples, "{\"work\":1000,\"unit\":\"cases\"}\n"
                        "{\"work\":0.5,\"unit\":\"cases\"}\n");
    assert_close(samples.work, 1000.5, 1e-12);
    assert_string_equal(samples.work_unit, "cases");
    assert_int_equal(samples.count, 0);
}

static void work_needs_no_unit(void **state)
{
    AUTO_SAMPLES struct samples samples = { 0 };
    (void)state;
    read_well(&samples, "{\"work\":3}");
    assert_string_equal(samples.work_unit, "");
}

static void an_empty_text_holds_nothing(void **state)
{
    AUTO_SAMPLES struct samples samples = { 0 };
    (void)state;
    read_well(&samples, "\n\n");
    assert_int_equal(samples.count, 0);
    assert_null(samples.work_unit);
}

/* The message, after "in 'out', line 2: ". */
static void what_can_not_be_understood_is_an_error_with_line_and_value(void **state)
{
#define NO_SAMPLE(text)                                                        \
    "not a sample: '" text "' (allowed: a number of at least 0 alone or with " \
    "ns, us, ms or s, or an object with 'samples' or 'work')"
    static const struct {
        const char *line;
        const char *message;
    } table[] = {
        { "done in 3 seconds", NO_SAMPLE("done in 3 seconds") },
        { "-5", NO_SAMPLE("-5") },
        { "nan", NO_SAMPLE("nan") },
        { "inf", NO_SAMPLE("inf") },
        { "0x10", NO_SAMPLE("0x10") },
        { "1e999", NO_SAMPLE("1e999") },
        { "5 minutes", NO_SAMPLE("5 minutes") },
        { "1,5", NO_SAMPLE("1,5") },
        { "1 2", NO_SAMPLE("1 2") },
        { "[1,2]", NO_SAMPLE("[1,2]") },
        { "{\"samples\":[1,2}", "column 16: ']' expected near '}'" },
        { "{\"samples\":[1,-2]}", "'samples[1]' must be a number of at least 0, not -2" },
        { "{\"samples\":[\"1\"]}",
          "'samples[0]' must be a number of at least 0, not \"1\"" },
        { "{\"samples\":[1,null]}",
          "'samples[1]' must be a number of at least 0, not null" },
        { "{\"samples\":[]}", "'samples' must be an array with something in it, not []" },
        { "{\"samples\":5}", "'samples' must be an array with something in it, not 5" },
        { "{\"name\":\"x\"}", "neither 'samples' nor 'work' in it" },
        { "{}", "neither 'samples' nor 'work' in it" },
        { "{\"samples\":[1],\"unit\":\"min\"}",
          "'unit' must be ns, us, ms or s, not \"min\"" },
        { "{\"samples\":[1],\"unit\":3}", "'unit' must be ns, us, ms or s, not 3" },
        { "{\"samples\":[1],\"name\":3}", "'name' must be a text of at most 200 bytes, "
                                          "without control characters, not 3" },
        { "{\"samples\":[1],\"name\":\"\\u001b[2J\"}",
          "'name' must be a text of at most 200 bytes, without control characters, not "
          "\"\\u001B[2J\"" },
        { "{\"samples\":[1],\"iterations\":0}",
          "'iterations' must be a number of at least 1, not 0" },
        { "{\"samples\":[1],\"clock\":\"x\"}",
          "'clock' must be a number of at least 0, not \"x\"" },
        { "{\"samples\":[1,2],\"counts\":[1]}",
          "'counts' must be an array of 2 numbers, one for each sample" },
        { "{\"samples\":[1,2],\"counts\":[1,0]}",
          "'counts[1]' must be a whole number of at least 1 and at most 10^15, not 0" },
        { "{\"samples\":[1],\"counts\":[1.5]}",
          "'counts[0]' must be a whole number of at least 1 and at most 10^15, not 1.5" },
        { "{\"sample\":[1]}",
          "unknown key 'sample' (allowed: name, unit, iterations, clock, samples, counts; "
          "or work and unit)" },
        { "{\"work\":0}", "'work' must be a number above 0, not 0" },
        { "{\"work\":\"5 cases\"}", "'work' must be a number above 0, not \"5 cases\"" },
        { "{\"work\":5,\"unit\":\"01234567890123456789012345678901234567890\"}",
          "'unit' must be a text of at most 40 bytes, without control characters, not "
          "\"01234567890123456789012345678901234567890\"" },
        { "{\"work\":5,\"samples\":[1]}",
          "'work' and 'samples' must stand in lines of their own" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        AUTO_SAMPLES struct samples samples = { 0 };
        struct error err = { 0 };
        AUTO_FREE char *text = str_format("1\n%s\n2\n", table[i].line);
        AUTO_FREE char *want = str_format("in 'out', line 2: %s", table[i].message);
        assert_int_equal(samples_read_text(&samples, text, "out", &err), -1);
        assert_string_equal(err.message, want);
        assert_int_equal(err.code, ERROR_BENCHMARK);
    }
}

static void work_in_two_units_is_an_error(void **state)
{
    AUTO_SAMPLES struct samples samples = { 0 };
    struct error err = { 0 };
    (void)state;
    assert_int_equal(samples_read_text(&samples,
                                       "{\"work\":1,\"unit\":\"cases\"}\n"
                                       "{\"work\":1,\"unit\":\"B\"}\n",
                                       "out", &err),
                     -1);
    assert_string_equal(err.message,
                        "in 'out', line 2: the work is in 'B' here and in 'cases' above");
}

typedef int bench_printer(const struct bench *bench, FILE *out);

/* What a printer prints of the samples, read again, merged. */
static struct histogram print_and_read(const struct bench *bench, bench_printer *printer)
{
    AUTO_SAMPLES struct samples samples = { 0 };
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    assert_int_equal(printer(bench, out), 0);
    fclose(out);
    read_well(&samples, text);
    free(text);
    return samples_merged(&samples);
}

static void what_bench_prints_is_read_whole(void **state)
{
    enum {
        COUNT = 5000
    };
    static double ns[COUNT];
    const struct bench bench = { .name = "x",
                                 .iterations = 1,
                                 .ns_per_iteration = ns,
                                 .ns_per_iteration_count = COUNT };
    (void)state;
    for (uint64_t i = 0; i < COUNT; i++)
        ns[i] = (double)(random_below_at(1, 0, i, 1000) * random_below_at(1, 1, i, 1000));
    AUTO_HISTOGRAM struct histogram all = print_and_read(&bench, bench_print);
    AUTO_HISTOGRAM struct histogram few = print_and_read(&bench, bench_print_histogram);
    check_histogram(&few, COUNT, all.min, all.max);
    for (uint32_t part = 0; part <= 1000; part++)
        assert_close(histogram_quantile(&few, part, 1000),
                     histogram_quantile(&all, part, 1000), 0);
}

static void files_are_read_and_bad_ones_named(void **state)
{
    struct sandbox *sandbox = *state;
    AUTO_SAMPLES struct samples samples = { 0 };
    struct error err = { 0 };
    sandbox_write(sandbox, "numbers", "1\n2\n3\n");
    assert_int_equal(
        samples_read_file(&samples, sandbox_file(sandbox, "numbers"), "x", &err), 0);
    check_histogram(&samples.items[0].ns, 3, 1, 3);
    assert_int_equal(
        samples_read_file(&samples, sandbox_file(sandbox, "none"), "x", &err), -1);
    assert_contains(err.message, "cannot open");
    sandbox_must(sandbox, "printf '1\\n\\0' > binary");
    error_clear(&err);
    assert_int_equal(
        samples_read_file(&samples, sandbox_file(sandbox, "binary"), "x", &err), -1);
    assert_contains(err.message, "in 'x': not a text: a NUL byte at offset 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_numbers_are_nanoseconds),
        cmocka_unit_test(numbers_may_have_a_unit),
        cmocka_unit_test(json_lines_are_series_by_name),
        cmocka_unit_test(counts_stand_for_that_many_samples),
        cmocka_unit_test(means_over_many_iterations_and_the_clock_are_remembered),
        cmocka_unit_test(all_series_merge_into_one),
        cmocka_unit_test(work_lines_add_up),
        cmocka_unit_test(work_needs_no_unit),
        cmocka_unit_test(an_empty_text_holds_nothing),
        cmocka_unit_test(what_can_not_be_understood_is_an_error_with_line_and_value),
        cmocka_unit_test(work_in_two_units_is_an_error),
        cmocka_unit_test(what_bench_prints_is_read_whole),
        cmocka_unit_test_setup_teardown(files_are_read_and_bad_ones_named, sandbox_setup,
                                        sandbox_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
