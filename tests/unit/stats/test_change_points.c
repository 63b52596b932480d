#include <math.h>
#include <stdlib.h>

#include "gate/stats/change_points.h"
#include "gate/stats/distribution.h"
#include "tests/support/check.h"
#include "tests/unit/stats/expected.h"
#include "tests/unit/stats/noise.h"

enum {
    HISTORIES = 300,
    SESSIONS = 50,
    NEAR = 2 /* sessions; where a change lies is an estimate to each method */
};

static const struct change_scan_rule usual = { .least_segment = CHANGE_LEAST,
                                               .permutations = CHANGE_PERMUTATIONS,
                                               .alpha = CHANGE_ALPHA,
                                               .seed = 1 };

static void find(const struct numbers *sample, struct change_points *points)
{
    change_points_find(sample->items, sample->count, &usual, 0, points);
}

/* Each is where it should be, or the range that is given for it says that it may be. */
static bool are_placed(const struct change_points *points, const struct numbers *want)
{
    for (size_t i = 0; i < want->count; i++) {
        const struct change_point *point = &points->items[i];
        bool is_near = fabs((double)point->index - want->items[i]) <= NEAR;
        bool is_in_range = (double)point->first <= want->items[i] &&
                           (double)point->last >= want->items[i];
        if (!is_near && !is_in_range)
            return false;
    }
    return true;
}

/* DNAcopy and the literature: the same changes in each series. */
static void check_same(const char *key, size_t least_matched)
{
    struct expected line;

    expected_open(&line, "change_points.txt");
    while (expected_next(&line, key)) {
        AUTO_CHANGE_POINTS struct change_points points = { 0 };
        find(&line.sample, &points);
        assert_int_equal(points.count, line.values.count);
        assert_true(are_placed(&points, &line.values));
    }
    assert_true(line.matched >= least_matched);
    expected_close(&line);
}

/* tests/data/stats/make_change_points.R */
static void changes_are_those_that_circular_binary_segmentation_finds(void **state)
{
    (void)state;
    check_same("cbs", 26);
}

static void changes_of_the_nile_and_of_real_interest_are_those_published(void **state)
{
    (void)state;
    check_same("published", 2);
}

/* Bai and Perron's least squares put one break more into one of the 26 series, around
 * two outliers. */
static void changes_are_those_that_bai_and_perron_find(void **state)
{
    struct expected line;
    size_t same = 0;

    (void)state;
    expected_open(&line, "change_points.txt");
    while (expected_next(&line, "breakpoints")) {
        AUTO_CHANGE_POINTS struct change_points points = { 0 };
        find(&line.sample, &points);
        same += points.count == line.values.count && are_placed(&points, &line.values);
    }
    assert_int_equal(line.matched, 26);
    assert_true(same >= 25);
    expected_close(&line);
}

/* Student's t with 3 degrees of freedom, less wide than its outliers. */
static double heavy(uint64_t seed, uint64_t i)
{
    double squares = 0;
    for (uint64_t j = 1; j < 4; j++)
        squares += pow(noise_normal(seed, 4 * i + j), 2);
    return noise_normal(seed, 4 * i) / sqrt(squares / 3);
}

static void draw_flat(double *values, uint64_t history, double phi)
{
    double last = 0;
    for (uint64_t i = 0; i < SESSIONS; i++) {
        double noise = heavy(1000 + history, i);
        last = i ? phi * last + sqrt(1 - phi * phi) * noise : noise;
        values[i] = 3 + 0.05 * last;
    }
}

static size_t count_alarms(double phi)
{
    double values[SESSIONS];
    size_t alarms = 0;
    for (uint64_t history = 0; history < HISTORIES; history++) {
        AUTO_CHANGE_POINTS struct change_points points = { 0 };
        draw_flat(values, history, phi);
        change_points_find(values, SESSIONS, &usual, history, &points);
        alarms += points.count > 0;
    }
    return alarms;
}

/* Less often than once in a million would a method with the stated rate have more. */
static bool is_within(size_t alarms, double rate)
{
    return alarms == 0 || 1 - binomial_lower(alarms - 1, HISTORIES, rate) > 1e-6;
}

static void flat_histories_with_heavy_tails_change_as_rarely_as_stated(void **state)
{
    size_t alarms = count_alarms(0);

    (void)state;
    assert_true(is_within(alarms, CHANGE_ALPHA));
    assert_true(alarms > 0); /* else the rate is not used, which costs changes */
}

/* The promise to keep is 5 %; without the autocorrelation taken off, a third change. */
static void days_that_resemble_their_neighbours_are_no_change(void **state)
{
    (void)state;
    assert_true(is_within(count_alarms(0.3), 0.05));
}

static void a_step_is_measured_and_placed(void **state)
{
    double values[SESSIONS];
    AUTO_CHANGE_POINTS struct change_points points = { 0 };

    (void)state;
    for (uint64_t i = 0; i < SESSIONS; i++)
        values[i] = 0.02 * noise_normal(8, i) + (i < 30 ? 0 : 0.1);
    change_points_find(values, SESSIONS, &usual, 0, &points);
    assert_int_equal(points.count, 1);
    const struct change_point *point = &points.items[0];
    assert_int_equal(point->index, 30);
    assert_true(point->first <= 30 && point->last >= 30 && point->last < 35);
    assert_int_equal(point->before_count, 30);
    assert_int_equal(point->after_count, 20);
    assert_close(point->shift, 0.1, 0.02);
    assert_close(point->after - point->before, 0.1, 0.03);
    assert_true(point->range.low < 0.1 && point->range.high > 0.1);
    assert_close(point->p, 1.0 / (CHANGE_PERMUTATIONS + 1), 1e-12);
}

/* A change that is undone within a tenth of the history is two changes. */
static void a_change_that_was_soon_undone_is_found(void **state)
{
    double values[200];
    AUTO_CHANGE_POINTS struct change_points points = { 0 };

    (void)state;
    for (uint64_t i = 0; i < 200; i++)
        values[i] = 0.03 * noise_normal(9, i) + (i >= 90 && i < 106 ? 0.1 : 0);
    change_points_find(values, 200, &usual, 0, &points);
    assert_int_equal(points.count, 2);
    assert_true(points.items[0].index >= 88 && points.items[0].index <= 92);
    assert_true(points.items[1].index >= 104 && points.items[1].index <= 108);
}

/* Counted values repeat to the last bit: between two levels lies one change. */
static void values_without_noise_change_where_they_change(void **state)
{
    double values[40];
    AUTO_CHANGE_POINTS struct change_points points = { 0 };

    (void)state;
    for (size_t i = 0; i < 40; i++)
        values[i] = i < 17 ? 13.5 : 13.5001;
    change_points_find(values, 40, &usual, 0, &points);
    assert_int_equal(points.count, 1);
    assert_int_equal(points.items[0].index, 17);
    assert_int_equal(points.items[0].first, 17);
    assert_int_equal(points.items[0].last, 17);
    assert_close(points.items[0].shift, 0.0001, 1e-9);
}

static void one_odd_value_is_no_change(void **state)
{
    double values[40];
    AUTO_CHANGE_POINTS struct change_points points = { 0 };

    (void)state;
    for (uint64_t i = 0; i < 40; i++)
        values[i] = 0.01 * noise_normal(10, i);
    values[39] = values[20] = 5;
    change_points_find(values, 40, &usual, 0, &points);
    assert_int_equal(points.count, 0);
    change_points_find(values, 0, &usual, 0, &points);
    assert_int_equal(points.count, 0);
    change_points_find(values, 1, &usual, 0, &points);
    assert_int_equal(points.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_are_those_that_circular_binary_segmentation_finds),
        cmocka_unit_test(changes_of_the_nile_and_of_real_interest_are_those_published),
        cmocka_unit_test(changes_are_those_that_bai_and_perron_find),
        cmocka_unit_test(flat_histories_with_heavy_tails_change_as_rarely_as_stated),
        cmocka_unit_test(days_that_resemble_their_neighbours_are_no_change),
        cmocka_unit_test(a_step_is_measured_and_placed),
        cmocka_unit_test(a_change_that_was_soon_undone_is_found),
        cmocka_unit_test(values_without_noise_change_where_they_change),
        cmocka_unit_test(one_odd_value_is_no_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
