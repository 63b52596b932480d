#include <math.h>

#include "gate/stats/robust.h"
#include "tests/support/check.h"
#include "tests/unit/stats/expected.h"

static void quantiles_are_those_of_type_7(void **state)
{
    struct expected e;

    (void)state;
    expected_open(&e, "cases.txt");
    while (expected_next(&e, "quantile")) {
        double p = e.values.items[0];
        double quantile = robust_quantile(e.sample.items, e.sample.count, p);
        assert_close(quantile, e.values.items[1], 1e-14);
    }
    assert_true(e.matched >= 700);
    expected_close(&e);
}

static void spreads_are_those_of_mad_iqr_and_sd(void **state)
{
    struct expected e;

    (void)state;
    expected_open(&e, "cases.txt");
    while (expected_next(&e, "spread")) {
        double mad_sd = robust_mad_sd(e.sample.items, e.sample.count);
        double sd = robust_sd(e.sample.items, e.sample.count);
        assert_close(mad_sd, e.values.items[0], 1e-14);
        assert_close(sd, e.values.items[1], 1e-14);
    }
    assert_true(e.matched >= 200);
    expected_close(&e);
}

static void median_intervals_are_those_of_pbinom(void **state)
{
    struct expected e;

    (void)state;
    expected_open(&e, "cases.txt");
    while (expected_next(&e, "median")) {
        struct interval interval =
            robust_median_interval(e.sample.items, e.sample.count, e.values.items[0]);
        expected_check(&e, 1, interval.low, 1e-13);
        expected_check(&e, 2, interval.high, 1e-13);
    }
    assert_true(e.matched >= 200);
    expected_close(&e);
}

static void upper_limits_of_quantiles_are_those_of_pbinom(void **state)
{
    struct expected e;

    (void)state;
    expected_open(&e, "cases.txt");
    while (expected_next(&e, "upper")) {
        double limit = robust_quantile_upper(e.sample.items, e.sample.count,
                                             e.values.items[0], e.values.items[1]);
        expected_check(&e, 2, limit, 1e-13);
    }
    assert_true(e.matched >= 200);
    expected_close(&e);
}

static void numbers_of_samples_are_the_least_that_do(void **state)
{
    struct expected e;

    (void)state;
    assert_int_equal(robust_quantile_samples(0.95, 0.95), 59);
    expected_open(&e, "functions.txt");
    while (expected_next(&e, "quantile_samples")) {
        size_t n = robust_quantile_samples(e.values.items[0], e.values.items[1]);
        expected_check(&e, 2, (double)n, 0);
    }
    assert_int_equal(e.matched, 12);
    expected_close(&e);
}

static void median_of_even_count_is_between_the_middle_two(void **state)
{
    const double values[] = { 9, 1, 2, 4 };

    (void)state;
    assert_close(robust_median(values, 4), 3, 0);
}

static void extreme_quantiles_are_the_least_and_the_greatest(void **state)
{
    const double values[] = { 9, 1, 2, 4 };

    (void)state;
    assert_close(robust_quantile(values, 4, 0), 1, 0);
    assert_close(robust_quantile(values, 4, 1), 9, 0);
}

static void robust_sd_is_above_zero_while_values_differ(void **state)
{
    const double one_apart[] = { 2, 2, 2, 2, 2, 2, 2, 3 };
    const double quarter_apart[] = { 2, 2, 2, 2, 2, 3, 3, 3 };

    (void)state;
    assert_close(robust_mad_sd(one_apart, 8), 0, 0);
    assert_close(robust_sd(one_apart, 8), sqrt(1.0 / 8), 1e-15);
    assert_close(robust_sd(quarter_apart, 8), 1 / 1.3489795003921634, 1e-15);
    assert_close(robust_sd(one_apart, 7), 0, 0);
}

static void no_values_bound_nothing(void **state)
{
    const double none[] = { 0 };

    (void)state;
    assert_true(isinf(robust_median_interval(none, 0, 0.95).low));
    assert_true(isinf(robust_median_interval(none, 0, 0.95).high));
    assert_true(isinf(robust_quantile_upper(none, 0, 0.95, 0.95)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_are_those_of_type_7),
        cmocka_unit_test(spreads_are_those_of_mad_iqr_and_sd),
        cmocka_unit_test(median_intervals_are_those_of_pbinom),
        cmocka_unit_test(upper_limits_of_quantiles_are_those_of_pbinom),
        cmocka_unit_test(numbers_of_samples_are_the_least_that_do),
        cmocka_unit_test(median_of_even_count_is_between_the_middle_two),
        cmocka_unit_test(extreme_quantiles_are_the_least_and_the_greatest),
        cmocka_unit_test(robust_sd_is_above_zero_while_values_differ),
        cmocka_unit_test(no_values_bound_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
