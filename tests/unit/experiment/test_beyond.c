#include <math.h>

#include "gate/experiment/beyond.h"
#include "tests/support/check.h"

static const struct margin plain = { .is_gated = true, .share = 0.02 };
static const struct margin with_floor = { .is_gated = true, .share = 0.02, .floor = 5 };

static void the_bound_is_the_larger_of_share_and_floor(void **state)
{
    (void)state;
    assert_close(margin_bound(&plain, BOUND_UPPER, 100), 102, 1e-12);
    assert_close(margin_bound(&plain, BOUND_LOWER, 100), 98, 1e-12);
    assert_close(margin_bound(&with_floor, BOUND_UPPER, 100), 105, 1e-12);
    assert_close(margin_bound(&with_floor, BOUND_LOWER, 100), 95, 1e-12);
    assert_close(margin_bound(&with_floor, BOUND_UPPER, 1000), 1020, 1e-12);
    assert_close(margin_bound(&with_floor, BOUND_LOWER, 1000), 980, 1e-12);
}

static void nothing_is_more_than_a_hundredfold_better(void **state)
{
    const struct margin wide = { .is_gated = true, .share = 1.5 };

    (void)state;
    assert_close(margin_bound(&with_floor, BOUND_LOWER, 4), 0.04, 1e-12);
    assert_close(margin_bound(&wide, BOUND_LOWER, 4), 0.04, 1e-12);
    assert_close(margin_bound(&wide, BOUND_UPPER, 4), 10, 1e-12);
}

static struct pair pair_of(enum metric metric, double base, double head)
{
    struct pair pair = { .number = 0 };
    readings_set(&pair.readings[SIDE_BASE], metric, base);
    readings_set(&pair.readings[SIDE_HEAD], metric, head);
    return pair;
}

static double above(enum metric metric, enum bound bound, double base, double head)
{
    struct pair pair = pair_of(metric, base, head);
    const struct pairs pairs = { .items = &pair, .count = 1 };
    double out = (double)NAN;
    assert_int_equal(pairs_above(&pairs, metric, &with_floor, bound, &out), 1);
    return out;
}

static void pairs_at_the_bound_are_at_zero(void **state)
{
    (void)state;
    assert_close(above(METRIC_VALUE, BOUND_UPPER, 100, 105), 0, 0);
    assert_close(above(METRIC_VALUE, BOUND_LOWER, 100, 95), 0, 0);
    assert_close(above(METRIC_VALUE, BOUND_UPPER, 100, 210), log(2), 1e-12);
    assert_true(above(METRIC_VALUE, BOUND_UPPER, 100, 104) < 0);
    assert_true(above(METRIC_VALUE, BOUND_LOWER, 100, 96) > 0);
}

static void where_larger_is_better_the_sides_change_places(void **state)
{
    (void)state;
    assert_close(above(METRIC_THROUGHPUT, BOUND_UPPER, 105, 100), 0, 0);
    assert_true(above(METRIC_THROUGHPUT, BOUND_UPPER, 110, 100) > 0);
    assert_true(above(METRIC_THROUGHPUT, BOUND_UPPER, 100, 110) < 0);
    assert_close(above(METRIC_THROUGHPUT, BOUND_LOWER, 95, 100), 0, 0);
    assert_true(above(METRIC_THROUGHPUT, BOUND_LOWER, 90, 100) < 0);
}

/* What the coin needs: with head as slow as its margin allows, the two runs could have
 * changed places, and the pair would lie as far from the margin on the other side. */
static void a_swap_at_the_bound_changes_the_sign_alone(void **state)
{
    const double runs[][2] = { { 10, 13 }, { 100, 101 }, { 240, 260 }, { 7, 900 } };

    (void)state;
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        double a = runs[i][0];
        double b = runs[i][1];
        for (enum bound bound = BOUND_UPPER; bound <= BOUND_LOWER; bound++) {
            double there =
                above(METRIC_VALUE, bound, a, margin_bound(&with_floor, bound, b));
            double back =
                above(METRIC_VALUE, bound, b, margin_bound(&with_floor, bound, a));
            assert_close(there, -back, 1e-12);
        }
    }
}

static void only_pairs_that_count_are_measured(void **state)
{
    struct pair items[3] = { pair_of(METRIC_VALUE, 1, 1), pair_of(METRIC_VALUE, 100, 105),
                             pair_of(METRIC_VALUE, 1, 1) };
    const struct pairs pairs = { .items = items, .count = 3 };
    double out[3];

    (void)state;
    items[0].is_warmup = true;
    items[2].discard = DISCARD_STEAL;
    assert_int_equal(pairs_above(&pairs, METRIC_VALUE, &with_floor, BOUND_UPPER, out), 1);
    assert_close(out[0], 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_bound_is_the_larger_of_share_and_floor),
        cmocka_unit_test(nothing_is_more_than_a_hundredfold_better),
        cmocka_unit_test(pairs_at_the_bound_are_at_zero),
        cmocka_unit_test(where_larger_is_better_the_sides_change_places),
        cmocka_unit_test(a_swap_at_the_bound_changes_the_sign_alone),
        cmocka_unit_test(only_pairs_that_count_are_measured),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
