#include <string.h>

#include "gate/base/error.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"
#include "tests/unit/formats/reading.h"

static void a_line_is_a_value_of_its_name_in_base_units(void **state)
{
    struct recording recording;

    (void)state;
    read_sample("lines.txt", "lines", &recording);
    assert_int_equal(recording.count, 7);
    assert_close(series_of(&recording, "parse words", "wall", 2)->items[0], 1.25e-3,
                 1e-12);
    assert_close(series_of(&recording, "parse words", "wall", 2)->items[1], 1.3e-3,
                 1e-12);
    assert_close(series_of(&recording, "lookup", "wall", 1)->items[0], 85e-9, 1e-18);
    assert_close(series_of(&recording, "table", "bytes", 1)->items[0], 1572864, 0);
    assert_close(series_of(&recording, "collisions", "count", 1)->items[0], 0, 0);
    assert_close(series_of(&recording, "disk", "throughput", 1)->items[0], 250e6, 0);
    assert_close(series_of(&recording, "score", "value", 1)->items[0], 17.5, 0);
    recording_clear(&recording);
}

static void rates_are_larger_is_better_and_judged(void **state)
{
    struct recording recording;

    (void)state;
    read_sample("lines.txt", "lines", &recording);
    const struct series *rate = series_of(&recording, "cases", "throughput", 1);
    assert_int_equal(rate->unit, SERIES_RATE);
    assert_false(rate->is_shown_only);
    recording_clear(&recording);
}

static void a_line_that_is_no_measurement_is_refused_and_shown(void **state)
{
    static const struct bad_case cases[] = {
        { "lines", "# a comment\n\n", ": no benchmark in it" },
        { "lines", "a 1 ms\nloading words ...\n",
          ", line 2: the unit must be ns, us, ms, s, B, kB, MB, GB, KiB, MiB, GiB, "
          "count, value, or .../s, not '...': 'loading words ...'" },
        { "lines", "a 1 ms\n  b fast ms\n",
          ", line 2: the value of 'b' must be a number above 0, not 'fast': 'b fast ms'" },
        { "lines", "a -1 B\n",
          ", line 1: the value of 'a' must be a number, 0 or more, not '-1'" },
        { "lines", "a 0 cases/s\n",
          ", line 1: the value of 'a' must be a number above 0, not '0'" },
        { "lines", "a 12\n", ", line 1: a line must be 'name value unit': 'a 12'" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_refused(*state, &cases[i]);
}

static void long_lines_are_cut_in_the_error(void **state)
{
    struct error err = { 0 };
    struct recording recording = { 0 };
    AUTO_STR struct str text = STR_INIT;

    for (size_t i = 0; i < 1000; i++)
        str_add(&text, "word ");
    const struct bad_case bad = { "lines", text.data, "" };
    assert_int_equal(read_text(*state, &bad, &recording, &err), -1);
    assert_contains(err.message, "word ...'");
    assert_true(strlen(err.message) < 400);
    recording_clear(&recording);
}

#define T(name) cmocka_unit_test_setup_teardown(name, sandbox_setup, sandbox_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_a_value_of_its_name_in_base_units),
        cmocka_unit_test(rates_are_larger_is_better_and_judged),
        T(a_line_that_is_no_measurement_is_refused_and_shown),
        T(long_lines_are_cut_in_the_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
