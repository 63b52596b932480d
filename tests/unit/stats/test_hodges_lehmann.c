#include <math.h>
#include <stdlib.h>

#include "gate/stats/hodges_lehmann.h"
#include "gate/stats/signed_rank.h"
#include "tests/support/check.h"
#include "tests/unit/stats/expected.h"

/* R's ends are infinite or, for large n, the roots of a step function: 1e-13 off. */
static void check_end(const struct expected *e, size_t index, double got)
{
    double want = e->values.items[index];
    if (isinf(want))
        expected_check(e, index, got, 0);
    else
        assert_close(got, want, 1e-12);
}

static void estimates_and_intervals_are_those_of_r(void **state)
{
    struct expected e;

    (void)state;
    expected_open(&e, "cases.txt");
    while (expected_next(&e, "hl")) {
        const double *d = e.sample.items;
        size_t n = e.sample.count;
        struct interval interval = hodges_lehmann_interval(d, n, e.values.items[0]);
        assert_close(hodges_lehmann_estimate(d, n), e.values.items[1], 1e-15);
        check_end(&e, 2, interval.low);
        check_end(&e, 3, interval.high);
    }
    assert_true(e.matched >= 700);
    expected_close(&e);
}

static void too_few_values_leave_the_interval_unbounded(void **state)
{
    const double d[] = { 1, 2, 3, 4, 5, 6, 7, 8 };

    (void)state;
    for (size_t n = 0; n <= 5; n++) {
        struct interval interval = hodges_lehmann_interval(d, n, 0.95);
        assert_true(isinf(interval.low) && interval.low < 0);
        assert_true(isinf(interval.high) && interval.high > 0);
    }
    assert_close(hodges_lehmann_interval(d, 6, 0.95).low, 1, 0);
    assert_close(hodges_lehmann_interval(d, 6, 0.95).high, 6, 0);
    assert_true(isinf(hodges_lehmann_interval(d, 7, 0.99).low));
    assert_close(hodges_lehmann_interval(d, 8, 0.99).low, 1, 0);
}

static void one_value_is_its_own_estimate(void **state)
{
    const double d[] = { -0.25 };

    (void)state;
    assert_close(hodges_lehmann_estimate(d, 1), -0.25, 0);
}

static void averages_around_zero_are_found_exactly(void **state)
{
    const double d[] = { -3e-300, -1e300, 1e300, 3e-300, 0 };

    (void)state;
    assert_close(hodges_lehmann_estimate(d, 5), 0, 0);
}

/* The test at the interval's own level must turn just where the interval ends. */
static void the_interval_inverts_the_test(void **state)
{
    const size_t sizes[] = { 8, 13, 40, 77, 150, 151, 500 };
    struct numbers d = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        size_t n = sizes[i];
        d.count = 0;
        generate_sample(&d, n, 31 + (double)n, 0);
        struct interval interval = hodges_lehmann_interval(d.items, n, 0.98);
        double step = 1e-15;
        assert_true(signed_rank_p_greater(d.items, n, interval.low - step) <= 0.01);
        assert_true(signed_rank_p_greater(d.items, n, interval.low + step) > 0.01);
        assert_true(signed_rank_p_less(d.items, n, interval.high + step) <= 0.01);
        assert_true(signed_rank_p_less(d.items, n, interval.high - step) > 0.01);
    }
    free(d.items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(estimates_and_intervals_are_those_of_r),
        cmocka_unit_test(too_few_values_leave_the_interval_unbounded),
        cmocka_unit_test(one_value_is_its_own_estimate),
        cmocka_unit_test(averages_around_zero_are_found_exactly),
        cmocka_unit_test(the_interval_inverts_the_test),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
