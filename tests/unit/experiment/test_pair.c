#include <math.h>

#include "gate/experiment/pair.h"
#include "tests/support/check.h"
#include "tests/support/scripted.h"

static void ratio_is_the_logarithm_of_head_over_base(void **state)
{
    const struct pair pair = scripted_pair(0.100, 0.110);

    (void)state;
    assert_close(pair_log_ratio(&pair, METRIC_WALL), 0.09531017980432493, 1e-15);
    assert_close(pair_log_ratio(&pair, METRIC_CPU), 0.09531017980432493, 1e-15);
    assert_close(pair_log_ratio(&pair, METRIC_PEAK_RSS), 0, 0);
}

static void swapping_the_sides_turns_the_sign_and_nothing_else(void **state)
{
    const struct pair pair = scripted_pair(0.123456789, 0.987654321);
    const struct pair swapped = scripted_pair(0.987654321, 0.123456789);

    (void)state;
    assert_close(pair_log_ratio(&pair, METRIC_WALL),
                 -pair_log_ratio(&swapped, METRIC_WALL), 0);
}

static void times_of_zero_are_one_microsecond(void **state)
{
    const struct pair from_zero = scripted_pair(0, 0.001);
    const struct pair both_zero = scripted_pair(0, 0);

    (void)state;
    assert_close(pair_log_ratio(&from_zero, METRIC_CPU), log(1000), 1e-12);
    assert_close(pair_log_ratio(&both_zero, METRIC_CPU), 0, 0);
}

static void sizes_of_zero_are_one_page(void **state)
{
    struct pair pair = scripted_pair(1, 1);
    pair.sides[SIDE_BASE].peak_rss_bytes = 0;
    pair.sides[SIDE_HEAD].peak_rss_bytes = 8192;

    (void)state;
    assert_close(pair_log_ratio(&pair, METRIC_PEAK_RSS), log(2), 1e-12);
}

static void counts_are_compared_with_one_added(void **state)
{
    struct pair pair = scripted_pair(1, 1);
    pair.sides[SIDE_BASE].major_faults = 0;
    pair.sides[SIDE_HEAD].major_faults = 3;

    (void)state;
    assert_close(pair_log_ratio(&pair, METRIC_MAJOR_FAULTS), log(4), 1e-12);
    assert_close(pair_level(METRIC_MAJOR_FAULTS, 0), 1, 0);
}

static void readings_go_before_the_kernels_figures(void **state)
{
    struct pair pair = scripted_pair(1, 1);
    readings_set(&pair.readings[SIDE_HEAD], METRIC_WALL, 2e-9);
    readings_set(&pair.readings[SIDE_BASE], METRIC_WALL, 1e-9);

    (void)state;
    assert_close(pair_value(&pair, SIDE_HEAD, METRIC_WALL), 2e-9, 0);
    assert_close(pair_value(&pair, SIDE_HEAD, METRIC_CPU), 1, 0);
    assert_close(pair_log_ratio(&pair, METRIC_WALL), log(2), 1e-12);
}

static void what_a_side_does_not_tell_has_no_ratio(void **state)
{
    struct pair items[] = { scripted_pair(1, 1) };
    const struct pairs pairs = { .items = items, .count = 1 };
    readings_set(&items[0].readings[SIDE_HEAD], METRIC_P99, 0.5);

    (void)state;
    assert_true(isnan(pair_value(&items[0], SIDE_BASE, METRIC_P99)));
    assert_false(pairs_tell(&pairs, METRIC_P99));
    readings_set(&items[0].readings[SIDE_BASE], METRIC_P99, 0.5);
    assert_true(pairs_tell(&pairs, METRIC_P99));
    assert_true(pairs_tell(&pairs, METRIC_WALL));
}

/* Six pairs, of which the first and the last count. */
static struct pairs mixed_pairs(struct pair items[6])
{
    for (size_t i = 0; i < 6; i++)
        items[i] = scripted_pair(1, (double)(i + 1));
    items[1].is_warmup = true;
    items[2].discard = DISCARD_STEAL;
    items[3].sides[SIDE_HEAD].exit_code = 1;
    items[4].is_warmup = true;
    items[4].discard = DISCARD_SUSPEND;
    return (struct pairs){ .items = items, .count = 6 };
}

static void only_whole_and_quiet_pairs_count(void **state)
{
    struct pair items[6];
    const struct pairs pairs = mixed_pairs(items);
    double ratios[6];
    double values[6];

    (void)state;
    assert_int_equal(pairs_counted(&pairs), 2);
    assert_int_equal(pairs_log_ratios(&pairs, METRIC_WALL, ratios), 2);
    assert_close(ratios[0], 0, 0);
    assert_close(ratios[1], log(6), 1e-12);
    assert_int_equal(pairs_values(&pairs, SIDE_HEAD, METRIC_WALL, values), 2);
    assert_close(values[1], 6, 1e-12);
}

static void warm_ups_are_not_among_the_discarded(void **state)
{
    struct pair items[6];
    const struct pairs pairs = mixed_pairs(items);

    (void)state;
    assert_int_equal(pairs_discarded(&pairs), 1);
    assert_int_equal(pairs_discarded_for(&pairs, DISCARD_STEAL), 1);
    assert_int_equal(pairs_discarded_for(&pairs, DISCARD_SUSPEND), 0);
}

static void a_run_that_did_not_end_well_does_not_count(void **state)
{
    static const enum process_end ends[] = { PROCESS_SIGNALLED, PROCESS_TIMED_OUT,
                                             PROCESS_NOT_STARTED };
    struct pair pair = scripted_pair(1, 1);

    (void)state;
    assert_true(pair_counts(&pair));
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        pair.sides[SIDE_BASE].end = ends[i];
        assert_false(pair_counts(&pair));
    }
}

static void no_pairs_have_no_figures(void **state)
{
    const struct pairs none = { 0 };

    (void)state;
    assert_int_equal(pairs_counted(&none), 0);
    assert_int_equal(pairs_discarded(&none), 0);
    assert_int_equal(pairs_log_ratios(&none, METRIC_WALL, NULL), 0);
}

static void discards_have_names(void **state)
{
    (void)state;
    assert_string_equal(discard_name(DISCARD_NONE), "none");
    assert_string_equal(discard_name(DISCARD_STEAL), "steal");
    assert_string_equal(discard_name(DISCARD_SUSPEND), "suspend");
    assert_string_equal(discard_name(DISCARD_UNREADABLE), "unreadable");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(readings_go_before_the_kernels_figures),
        cmocka_unit_test(what_a_side_does_not_tell_has_no_ratio),
        cmocka_unit_test(ratio_is_the_logarithm_of_head_over_base),
        cmocka_unit_test(swapping_the_sides_turns_the_sign_and_nothing_else),
        cmocka_unit_test(times_of_zero_are_one_microsecond),
        cmocka_unit_test(sizes_of_zero_are_one_page),
        cmocka_unit_test(counts_are_compared_with_one_added),
        cmocka_unit_test(only_whole_and_quiet_pairs_count),
        cmocka_unit_test(warm_ups_are_not_among_the_discarded),
        cmocka_unit_test(a_run_that_did_not_end_well_does_not_count),
        cmocka_unit_test(no_pairs_have_no_figures),
        cmocka_unit_test(discards_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
