/* Expected percentiles: tests/data/stats/make_percentiles.R (R's quantile, type 1). */
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/random.h"
#include "runners/histogram.h"
#include "tests/support/check.h"
#include "tests/unit/stats/expected.h"

#define SEED 20240607

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double uniform(uint64_t stream, uint64_t index)
{
    return (double)(random_at(SEED, stream, index) >> 11) * 0x1p-53;
}

static void add_all(struct histogram *histogram, const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        histogram_add(histogram, values[i], 1);
}

/* The promise: not below the true value, above it by less than the resolution, and never
 * above the largest. */
static void check_quantile(double got, double want, double max)
{
    if (got >= want && got <= want * (1 + HISTOGRAM_RESOLUTION) && got <= max)
        return;
    fail_msg("%.17g is not within the resolution above %.17g (largest %.17g)", got, want,
             max);
}

static void percentiles_are_those_of_r_within_the_resolution(void **state)
{
    struct expected expected;
    (void)state;
    expected_open(&expected, "percentiles.txt");
    while (expected_next(&expected, "percentile")) {
        AUTO_HISTOGRAM struct histogram histogram = { 0 };
        add_all(&histogram, expected.sample.items, expected.sample.count);
        const double *line = expected.values.items;
        check_quantile(
            histogram_quantile(&histogram, (uint32_t)line[0], (uint32_t)line[1]), line[2],
            histogram.max);
    }
    assert_int_equal(expected.matched, 15 * 10);
    expected_close(&expected);
}

/* Each step-th rank, and the last, against the sorted values. */
static void check_against_sorted(double *values, uint32_t count, uint32_t step)
{
    AUTO_HISTOGRAM struct histogram histogram = { 0 };
    add_all(&histogram, values, count);
    qsort(values, count, sizeof *values, compare);
    assert_int_equal(histogram.total, count);
    assert_close(histogram.min, values[0], 0);
    assert_close(histogram.max, values[count - 1], 0);
    for (uint32_t rank = 1; rank <= count; rank += step)
        check_quantile(histogram_quantile(&histogram, rank, count), values[rank - 1],
                       values[count - 1]);
    assert_close(histogram_quantile(&histogram, count, count), values[count - 1], 0);
}

static void any_rank_of_random_values_is_within_the_resolution(void **state)
{
    enum {
        COUNT = 700
    };
    static double values[COUNT];
    (void)state;
    for (uint64_t stream = 0; stream < 4; stream++) {
        double decades = (double)(stream * stream * stream);
        for (size_t i = 0; i < COUNT; i++)
            values[i] = pow(10, (uniform(stream, i) - 0.5) * decades);
        check_against_sorted(values, COUNT, 1);
    }
}

/* Values at, just below and just above the bounds of buckets and powers of two, the
 * largest and the smallest there are, zeros, and what is too small to be told from one.
 */
static void bounds_extremes_and_zeros_are_within_the_resolution(void **state)
{
    double values[200] = { 0, 0, DBL_MIN, DBL_MAX, DBL_MAX };
    uint32_t count = 5;
    (void)state;
    for (int exponent = -40; exponent < 40; exponent += 7)
        for (int step = -1; step <= 1; step++) {
            double bound =
                ldexp(1 + (exponent % 3) * HISTOGRAM_RESOLUTION * step, exponent);
            values[count++] = bound;
            values[count++] = nextafter(bound, 0);
            values[count++] = nextafter(bound, DBL_MAX);
        }
    check_against_sorted(values, count, 13);
}

static void what_is_too_small_for_the_resolution_counts_as_zero(void **state)
{
    AUTO_HISTOGRAM struct histogram histogram = { 0 };
    (void)state;
    histogram_add(&histogram, DBL_MIN / 2, 3);
    histogram_add(&histogram, 1, 1);
    assert_int_equal(histogram.total, 4);
    assert_close(histogram.min, 0, 0);
    assert_close(histogram_quantile(&histogram, 3, 4), 0, 0);
    assert_close(histogram_quantile(&histogram, 1, 1), 1, 0);
}

static void widest_buckets_are_no_wider_than_promised(void **state)
{
    AUTO_HISTOGRAM struct histogram histogram = { 0 };
    (void)state;
    /* 1 and the end of its bucket; one step further on is the next bucket. */
    double last = nextafter(1 + HISTOGRAM_RESOLUTION, 0);
    double beyond = 1 + HISTOGRAM_RESOLUTION;
    histogram_add(&histogram, 1, 1);
    histogram_add(&histogram, last, 1);
    histogram_add(&histogram, beyond, 1);
    assert_close(histogram_quantile(&histogram, 1, 3), last, 0);
    assert_close(histogram_quantile(&histogram, 2, 3), last, 0);
    assert_close(histogram_quantile(&histogram, 3, 3), beyond, 0);
}

static void an_empty_histogram_has_no_values(void **state)
{
    const struct histogram empty = { 0 };
    struct histogram_step step = { 0 };
    (void)state;
    assert_close(histogram_quantile(&empty, 99, 100), 0, 0);
    assert_false(histogram_next(&empty, &step));
}

/* 2^40 times a value that would need a hundred terabytes as a list. */
static void more_values_than_fit_in_memory_are_counted_exactly(void **state)
{
    AUTO_HISTOGRAM struct histogram histogram = { 0 };
    const uint64_t many = UINT64_C(1) << 40;
    (void)state;
    histogram_add(&histogram, 1, 99 * many);
    histogram_add(&histogram, 10, many);
    assert_int_equal(histogram.total, 100 * many);
    check_quantile(histogram_quantile(&histogram, 99, 100), 1, 10);
    histogram_add(&histogram, 10, 1);
    assert_close(histogram_quantile(&histogram, 99, 100), 10, 0);
}

/* 1 % of the values: the 99th percentile is the slowest of the others. One more slow
 * value, and it is a slow one. */
static void the_99th_percentile_turns_slow_just_above_one_percent(void **state)
{
    AUTO_HISTOGRAM struct histogram histogram = { 0 };
    (void)state;
    histogram_add(&histogram, 1e-6, 9900);
    histogram_add(&histogram, 1e-5, 100);
    check_quantile(histogram_quantile(&histogram, 99, 100), 1e-6, 1e-5);
    histogram_add(&histogram, 1e-5, 1);
    assert_close(histogram_quantile(&histogram, 99, 100), 1e-5, 0);
}

static void assert_same(const struct histogram *a, const struct histogram *b)
{
    assert_int_equal(a->total, b->total);
    assert_int_equal(a->zero_count, b->zero_count);
    assert_close(a->min, b->min, 0);
    assert_close(a->max, b->max, 0);
    for (uint32_t rank = 1; rank <= 50; rank++)
        assert_close(histogram_quantile(a, rank, 50), histogram_quantile(b, rank, 50), 0);
}

static void merging_is_adding_the_values(void **state)
{
    AUTO_HISTOGRAM struct histogram whole = { 0 };
    AUTO_HISTOGRAM struct histogram merged = { 0 };
    (void)state;
    for (uint64_t part = 0; part < 4; part++) {
        AUTO_HISTOGRAM struct histogram histogram = { 0 };
        for (uint64_t i = 0; i < 500; i++) {
            double value = floor(pow(10, uniform(part, i) * (double)part * 3));
            value = part == 2 && i < 20 ? 0 : value;
            histogram_add(&histogram, value, 1 + i % 3);
            histogram_add(&whole, value, 1 + i % 3);
        }
        histogram_merge(&merged, &histogram);
    }
    assert_same(&merged, &whole);
}

static void merging_an_empty_one_changes_nothing(void **state)
{
    AUTO_HISTOGRAM struct histogram histogram = { 0 };
    const struct histogram empty = { 0 };
    (void)state;
    histogram_merge(&histogram, &empty);
    assert_int_equal(histogram.total, 0);
    histogram_add(&histogram, 5, 2);
    histogram_merge(&histogram, &empty);
    assert_int_equal(histogram.total, 2);
    assert_close(histogram.min, 5, 0);
}

static void check_walk(const struct histogram *histogram)
{
    AUTO_HISTOGRAM struct histogram copy = { 0 };
    struct histogram_step step = { 0 };
    double last = -1;
    while (histogram_next(histogram, &step)) {
        assert_true(step.value >= last);
        last = step.value;
        histogram_add(&copy, step.value, step.times);
    }
    assert_same(&copy, histogram);
}

static void a_walk_over_the_steps_makes_the_same_histogram(void **state)
{
    static const double lists[][6] = { { 1, 2, 3, 4, 5, 6 },
                                       { 0, 0, 0, 0, 0, 0 },
                                       { 0, 0, 1e-9, 1e-9, 1, 1 },
                                       { 7, 7, 7, 7, 7, 7 },
                                       { 1.0008, 1.0009, 1.0009, 1.00091, 2, 2 },
                                       { 1e-30, 1, 1e30, 1, 1, 1 } };
    (void)state;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (size_t count = 1; count <= 6; count++) {
            AUTO_HISTOGRAM struct histogram histogram = { 0 };
            add_all(&histogram, lists[i], count);
            check_walk(&histogram);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(percentiles_are_those_of_r_within_the_resolution),
        cmocka_unit_test(any_rank_of_random_values_is_within_the_resolution),
        cmocka_unit_test(bounds_extremes_and_zeros_are_within_the_resolution),
        cmocka_unit_test(what_is_too_small_for_the_resolution_counts_as_zero),
        cmocka_unit_test(widest_buckets_are_no_wider_than_promised),
        cmocka_unit_test(an_empty_histogram_has_no_values),
        cmocka_unit_test(more_values_than_fit_in_memory_are_counted_exactly),
        cmocka_unit_test(the_99th_percentile_turns_slow_just_above_one_percent),
        cmocka_unit_test(merging_is_adding_the_values),
        cmocka_unit_test(merging_an_empty_one_changes_nothing),
        cmocka_unit_test(a_walk_over_the_steps_makes_the_same_histogram),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
