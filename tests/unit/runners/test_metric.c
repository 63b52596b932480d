#include <math.h>

#include "gate/base/str.h"
#include "runners/metric.h"
#include "runners/process.h"
#include "tests/support/check.h"

static void every_name_is_parsed_to_its_metric(void **state)
{
    (void)state;
    for (int i = 0; i < METRIC_COUNT; i++) {
        enum metric metric = METRIC_COUNT;
        assert_true(metric_parse(metric_name((enum metric)i), &metric));
        assert_int_equal((int)metric, i);
        assert_true(*metric_info(metric)->description);
    }
}

static void unknown_names_are_refused(void **state)
{
    (void)state;
    static const char *const names[] = { "", "Wall", "walls", "wal", "METRIC_WALL" };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        enum metric metric = METRIC_USER;
        assert_false(metric_parse(names[i], &metric));
        assert_int_equal(metric, METRIC_USER);
    }
}

static void values_come_in_base_units(void **state)
{
    (void)state;
    const struct process_result result = {
        .wall_ns = 1500000000,
        .user_ns = 1000000000,
        .system_ns = 250000000,
        .peak_rss_bytes = 4096,
        .minor_faults = 11,
        .major_faults = 12,
        .voluntary_switches = 13,
        .involuntary_switches = 14,
        .told = METRIC_BIT(METRIC_IO_WAIT) | METRIC_BIT(METRIC_WRITE_CALLS),
        .io_wait_ns = 20000000,
        .write_calls = 15,
    };
    static const double wants[METRIC_COUNT] = {
        [METRIC_WALL] = 1.5,
        [METRIC_CPU] = 1.25,
        [METRIC_USER] = 1.0,
        [METRIC_SYSTEM] = 0.25,
        [METRIC_PEAK_RSS] = 4096,
        [METRIC_MINOR_FAULTS] = 11,
        [METRIC_MAJOR_FAULTS] = 12,
        [METRIC_VOLUNTARY_SWITCHES] = 13,
        [METRIC_INVOLUNTARY_SWITCHES] = 14,
        [METRIC_IO_WAIT] = 0.02,
        [METRIC_WRITE_CALLS] = 15,
    };
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        if (metric_is_always_told(metric) || result.told & METRIC_BIT(metric))
            assert_close(metric_value(metric, &result), wants[metric], 1e-12);
    }
}

static void what_the_machine_does_not_tell_is_no_number(void **state)
{
    const struct process_result silent = { .wall_ns = 1 };

    (void)state;
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        bool is_number = !isnan(metric_value(metric, &silent));
        assert_int_equal(is_number, metric_is_always_told(metric));
        assert_true(*metric_info(metric)->absence);
    }
}

static void values_are_written_with_their_unit(void **state)
{
    (void)state;
    AUTO_STR struct str text = STR_INIT;

    metric_add_value(&text, METRIC_WALL, 0.00123);
    str_add(&text, ", ");
    metric_add_value(&text, METRIC_PEAK_RSS, 45.6 * 1024 * 1024);
    str_add(&text, ", ");
    metric_add_value(&text, METRIC_MINOR_FAULTS, 1234);
    str_add(&text, ", ");
    metric_add_value(&text, METRIC_THROUGHPUT, 1234567);
    str_add(&text, ", ");
    metric_add_value(&text, METRIC_VALUE, 0.5);

    assert_string_equal(text.data, "1.23 ms, 45.6 MiB, 1,234, 1.23 M/s, 0.5");
}

static void units_have_short_names(void **state)
{
    (void)state;
    assert_string_equal(metric_unit_name(metric_info(METRIC_CPU)->unit), "s");
    assert_string_equal(metric_unit_name(metric_info(METRIC_PEAK_RSS)->unit), "B");
    assert_string_equal(metric_unit_name(metric_info(METRIC_MAJOR_FAULTS)->unit), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_name_is_parsed_to_its_metric),
        cmocka_unit_test(unknown_names_are_refused),
        cmocka_unit_test(values_come_in_base_units),
        cmocka_unit_test(what_the_machine_does_not_tell_is_no_number),
        cmocka_unit_test(values_are_written_with_their_unit),
        cmocka_unit_test(units_have_short_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
