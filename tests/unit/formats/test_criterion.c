#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"
#include "tests/unit/formats/reading.h"

#define LONG_NAME "a benchmark whose name is longer than the column"

static void the_estimate_in_the_middle_is_the_time(void **state)
{
    struct recording recording;

    (void)state;
    read_sample("criterion-text.txt", "criterion", &recording);
    assert_int_equal(recording.count, 8);
    assert_close(series_of(&recording, "sum", "wall", 1)->items[0], 772.04e-9, 1e-18);
    assert_close(series_of(&recording, LONG_NAME, "wall", 1)->items[0], 6.5761e-9, 1e-18);
    assert_close(series_of(&recording, "sizes/100000", "wall", 1)->items[0], 108.35e-6,
                 1e-15);
    recording_clear(&recording);
}

static void rates_are_shown_beside_the_time(void **state)
{
    struct recording recording;

    (void)state;
    read_sample("criterion-text.txt", "criterion", &recording);
    const struct series *bytes = series_of(&recording, "sizes/bytes", "throughput", 1);
    assert_true(bytes->is_shown_only);
    assert_close(bytes->items[0], 1.0608 * 1073741824, 1);
    assert_close(series_of(&recording, "sizes/100000", "throughput", 1)->items[0],
                 922.92e6, 1);
    recording_clear(&recording);
}

static void the_text_of_libtest_is_read(void **state)
{
    struct recording recording;

    (void)state;
    read_sample("criterion-bencher.txt", "criterion", &recording);
    assert_int_equal(recording.count, 5);
    assert_close(series_of(&recording, LONG_NAME, "wall", 1)->items[0], 6e-9, 1e-18);
    assert_close(series_of(&recording, "sizes/bytes", "wall", 1)->items[0], 3201e-9,
                 1e-18);
    recording_clear(&recording);
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The median is the one that Criterion itself computed (the file's "median"). */
static void json_lines_give_the_time_of_each_sample(void **state)
{
    struct recording recording;

    (void)state;
    read_sample("criterion.jsonl", "criterion", &recording);
    assert_int_equal(recording.count, 5);
    const struct series *sum = series_of(&recording, "sum", "wall", 20);
    qsort(sum->items, sum->count, sizeof *sum->items, compare_doubles);
    assert_close((sum->items[9] + sum->items[10]) / 2, 749.8901358011559e-9, 1e-20);
    recording_clear(&recording);
}

static void
read_good(struct sandbox *sandbox, const char *text, struct recording *recording)
{
    struct error err = { 0 };
    const struct bad_case good = { NULL, text, "" };

    *recording = (struct recording){ 0 };
    if (read_text(sandbox, &good, recording, &err) < 0)
        fail_msg("%s", err.message);
}

static void colours_are_no_part_of_a_name(void **state)
{
    struct recording recording;

    read_good(*state,
              "\x1b[32msum\x1b[0m   time:   [\x1b[2m1 ms\x1b[0m \x1b[1m2 ms\x1b[0m "
              "\x1b[2m3 ms\x1b[0m]\n",
              &recording);
    assert_close(series_of(&recording, "sum", "wall", 1)->items[0], 2e-3, 1e-15);
    recording_clear(&recording);
}

static void runs_one_after_another_are_values_of_one_name(void **state)
{
    struct recording recording;

    read_good(*state,
              "test a::b ... bench:   1,234 ns/iter (+/- 5) = 8 MB/s\n"
              "test a::c ... ignored\n"
              "test a::b ... bench:   1,240.50 ns/iter (+/- 5)\n",
              &recording);
    assert_int_equal(recording.count, 1);
    assert_close(series_of(&recording, "a::b", "wall", 2)->items[0], 1234e-9, 1e-18);
    assert_close(series_of(&recording, "a::b", "wall", 2)->items[1], 1240.5e-9, 1e-18);
    recording_clear(&recording);
}

static void what_is_not_measured_in_time_is_a_plain_value(void **state)
{
    struct recording recording;

    read_good(*state,
              "{\"reason\":\"benchmark-complete\",\"id\":\"a\",\"unit\":\"cycles\","
              "\"iteration_count\":[2],\"measured_values\":[500]}",
              &recording);
    assert_close(series_of(&recording, "a", "value", 1)->items[0], 250, 1e-12);
    recording_clear(&recording);
}

static void broken_text_is_refused_and_shown(void **state)
{
    static const struct bad_case cases[] = {
        { "criterion", "Benchmarking a\n", ": no benchmark in it" },
        { "criterion", "a    time:   [1 ns 2 ns\n",
          ", line 1: the brackets must hold three values with their units: 'a    time:" },
        { "criterion", "a    time:   [1 ns 2 ns]\n",
          ", line 1: the brackets must hold three values with their units" },
        { "criterion", "a    time:   [1 ns two ns 3 ns]\n",
          ", line 1: the value of 'a' must be a number above 0, not 'two'" },
        { "criterion", "a    time:   [1 h 2 h 3 h]\n",
          ", line 1: the unit must be ps, ns, us, ms or s, not 'h'" },
        { "criterion", "\n    time:   [1 s 2 s 3 s]\n",
          ", line 2: there is no name before it" },
        { "criterion", "a\n    thrpt:  [1 s 2 s 3 s]\n",
          ", line 2: the unit must be one of .../s, not 's'" },
        { "criterion", "\ntest a ... bench: soon\n",
          ", line 2: after 'bench:' must stand a time, such as '1,234 ns/iter': 'test" },
        { "criterion", "test a ... bench: x ns/iter (+/- 1)\n",
          ", line 1: the value of 'a' must be a number above 0, not 'x'" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_refused(*state, &cases[i]);
}

#define FIRST "{\"reason\":\"group-complete\"}\n"
#define COMPLETE(counts, values)                                             \
    FIRST "{\"reason\":\"benchmark-complete\",\"id\":\"a\",\"unit\":\"ns\"," \
          "\"iteration_count\":" counts ",\"measured_values\":" values "}\n"

static void broken_json_lines_are_refused_and_shown(void **state)
{
    static const struct bad_case cases[] = {
        { NULL, FIRST "hello\n", ", line 2: broken JSON: " },
        { NULL, FIRST "{\"reason\":\"benchmark-comp", ", line 2: broken JSON: " },
        { NULL, FIRST "{\"why\": 1}\n",
          ", line 2: 'reason' is missing; it must be a text" },
        { NULL, FIRST FIRST, ": no benchmark in it" },
        { NULL, COMPLETE("[1]", "[1, 2]"),
          ", line 2: 'iteration_count' must have as many items as 'measured_values', 2, "
          "not 1: '{\"reason\"" },
        { NULL, COMPLETE("[0]", "[1]"),
          ", line 2: 'iteration_count' must be numbers from 1 on" },
        { NULL, COMPLETE("[1]", "[-1]"),
          ", line 2: '/measured_values' of 'a' must be a number above 0, not -1" },
        { NULL, COMPLETE("[1]", "[]"),
          ", line 2: 'measured_values' must be an array with something in it" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_refused(*state, &cases[i]);
}

#define T(name) cmocka_unit_test_setup_teardown(name, sandbox_setup, sandbox_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_estimate_in_the_middle_is_the_time),
        cmocka_unit_test(rates_are_shown_beside_the_time),
        cmocka_unit_test(the_text_of_libtest_is_read),
        cmocka_unit_test(json_lines_give_the_time_of_each_sample),
        T(colours_are_no_part_of_a_name),
        T(runs_one_after_another_are_values_of_one_name),
        T(what_is_not_measured_in_time_is_a_plain_value),
        T(broken_text_is_refused_and_shown),
        T(broken_json_lines_are_refused_and_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
