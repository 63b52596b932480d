#include "gate/base/str.h"
#include "gate/base/units.h"
#include "tests/support/check.h"

static void durations_are_read_in_nanoseconds(void **state)
{
    static const struct {
        const char *text;
        int64_t want;
    } cases[] = {
        { "0", 0 },
        { "1ns", 1 },
        { "2us", 2000 },
        { "500ms", 500000000 },
        { "1.5s", 1500000000 },
        { "5m", 300000000000 },
        { "1h", 3600000000000 },
        { "1d", 86400000000000 },
        { "0.5 s", 500000000 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t got = -1;
        print_message("%s\n", cases[i].text);
        assert_int_equal(units_parse_duration_ns(cases[i].text, &got), 0);
        assert_int_equal(got, cases[i].want);
    }
}

static void bad_durations_are_refused_and_leave_the_result(void **state)
{
    static const char *const bad[] = { "",     "5",     "ms",          "-1s", "1e3s",
                                       "0x1s", "1 sec", "1s ",         " 1s", "1,5s",
                                       "inf",  "1..5s", "99999999999d" };

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        int64_t got = 7;
        print_message("%s\n", bad[i]);
        assert_int_equal(units_parse_duration_ns(bad[i], &got), -1);
        assert_int_equal(got, 7);
    }
}

static void sizes_know_both_families(void **state)
{
    int64_t got = 0;

    (void)state;
    assert_int_equal(units_parse_size_bytes("64KiB", &got), 0);
    assert_int_equal(got, 65536);
    assert_int_equal(units_parse_size_bytes("2MB", &got), 0);
    assert_int_equal(got, 2000000);
    assert_int_equal(units_parse_size_bytes("1GiB", &got), 0);
    assert_int_equal(got, 1073741824);
    assert_int_equal(units_parse_size_bytes("1K", &got), -1);
}

static void shares_are_percentages(void **state)
{
    double got = 0;

    (void)state;
    assert_int_equal(units_parse_share("2%", &got), 0);
    assert_close(got, 0.02, 1e-15);
    assert_int_equal(units_parse_share("0.5 %", &got), 0);
    assert_close(got, 0.005, 1e-15);
    assert_int_equal(units_parse_share("0.02", &got), -1);
}

static void check_text(void (*add)(struct str *, double), double value, const char *want)
{
    AUTO_STR struct str text = STR_INIT;
    add(&text, value);
    assert_string_equal(text.data, want);
}

static void printed_numbers_have_three_digits_and_a_fitting_unit(void **state)
{
    (void)state;
    check_text(units_add_duration, 0, "0 s");
    check_text(units_add_duration, 0.00123456, "1.23 ms");
    check_text(units_add_duration, 0.0123456, "12.3 ms");
    check_text(units_add_duration, 0.99961, "1.00 s");
    check_text(units_add_duration, 90, "90.0 s");
    check_text(units_add_duration, 600, "10.0 min");
    check_text(units_add_size, 512, "512 B");
    check_text(units_add_size, 1536, "1.50 KiB");
    check_text(units_add_size, 47815065, "45.6 MiB");
    check_text(units_add_count, 0, "0");
    check_text(units_add_count, 1234567, "1,234,567");
    check_text(units_add_count, -1000, "-1,000");
    check_text(units_add_short_count, 0, "0");
    check_text(units_add_short_count, 99999, "99,999");
    check_text(units_add_short_count, 100000, "100 k");
    check_text(units_add_short_count, 999499, "999 k");
    check_text(units_add_short_count, 999500, "1.00 M");
    check_text(units_add_short_count, 12345678, "12.3 M");
    check_text(units_add_short_count, 9.22e18, "9.22 E");
    AUTO_STR struct str huge = STR_INIT;
    units_add_count(&huge, 1e300);
    assert_int_equal(huge.length, 301 + 100);
}

static void changes_have_a_sign(void **state)
{
    (void)state;
    check_text(units_add_change_pct, 0.031, "+3.1 %");
    check_text(units_add_change_pct, -0.0042, "-0.42 %");
    check_text(units_add_change_pct, 1.5, "+150 %");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(durations_are_read_in_nanoseconds),
        cmocka_unit_test(bad_durations_are_refused_and_leave_the_result),
        cmocka_unit_test(sizes_know_both_families),
        cmocka_unit_test(shares_are_percentages),
        cmocka_unit_test(printed_numbers_have_three_digits_and_a_fitting_unit),
        cmocka_unit_test(changes_have_a_sign),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
