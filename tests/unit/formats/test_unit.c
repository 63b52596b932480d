#include "runners/formats/unit.h"
#include "tests/support/check.h"

static void check_unit(const char *name, const char *quantity, double scale)
{
    struct unit unit = { 0 };

    if (!unit_parse(name, &unit))
        fail_msg("'%s' is no unit", name);
    assert_string_equal(unit.quantity, quantity);
    assert_close(unit.scale / scale, 1, 1e-12);
}

static void times_sizes_counts_and_rates_are_units(void **state)
{
    (void)state;
    check_unit("ns", "wall", 1e-9);
    check_unit("us", "wall", 1e-6);
    check_unit("\xc2\xb5s", "wall", 1e-6);
    check_unit("s", "wall", 1);
    check_unit("B", "bytes", 1);
    check_unit("kB", "bytes", 1000);
    check_unit("MiB", "bytes", 1048576);
    check_unit("count", "count", 1);
    check_unit("value", "value", 1);
    check_unit("cases/s", "throughput", 1);
    check_unit("KiB/s", "throughput", 1024);
}

static void anything_else_is_none(void **state)
{
    static const char *const names[] = { "", "/s", "min", "ns/op", "NS", "%", "Count" };
    struct unit unit = { .scale = 7 };

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (unit_parse(names[i], &unit))
            fail_msg("'%s' is a unit", names[i]);
    }
    assert_close(unit.scale, 7, 0);
}

static void rates_are_better_when_larger_and_times_when_smaller(void **state)
{
    struct unit unit = { 0 };

    (void)state;
    assert_true(unit_parse("MB/s", &unit));
    assert_int_equal(unit.unit, SERIES_RATE);
    assert_non_null(series_value_rule(SERIES_RATE, 0));
    assert_null(series_value_rule(SERIES_RATE, 0.5));
    assert_int_equal(unit_of_time("ms")->unit, SERIES_SECONDS);
    assert_null(unit_of_time("MB"));
    assert_null(unit_of_size("ms"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_sizes_counts_and_rates_are_units),
        cmocka_unit_test(anything_else_is_none),
        cmocka_unit_test(rates_are_better_when_larger_and_times_when_smaller),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
