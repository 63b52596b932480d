#include <math.h>
#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/stats/rank_sum.h"
#include "tests/support/check.h"
#include "tests/unit/stats/expected.h"

/* The samples that the line above is about: expected_next finds one key only. */
struct two_samples {
    struct numbers x;
    struct numbers y;
};

static void two_samples_clear(struct two_samples *samples)
{
    array_clear(&samples->x);
    array_clear(&samples->y);
}

static void take(struct numbers *to, const struct numbers *from)
{
    to->count = 0;
    for (size_t i = 0; i < from->count; i++)
        *array_push(to) = from->items[i];
}

static struct rank_sum_sample sample_of(const struct numbers *numbers)
{
    return (struct rank_sum_sample){ numbers->items, numbers->count };
}

/* Calls check for each line with the key, with the samples that stand above it. */
static size_t for_each(const char *key,
                       void (*check)(const struct expected *expected,
                                     const struct two_samples *samples))
{
    struct expected x;
    struct expected y;
    struct expected line;
    struct two_samples samples = { 0 };

    expected_open(&x, "rank_sum.txt");
    expected_open(&y, "rank_sum.txt");
    expected_open(&line, "rank_sum.txt");
    while (expected_next(&x, "x") && expected_next(&y, "y")) {
        take(&samples.x, &x.values);
        take(&samples.y, &y.values);
        for (int i = 0; i < 3; i++) { /* lines of each key and case */
            assert_true(expected_next(&line, key));
            assert_true(line.line > y.line && line.line <= y.line + 6);
            check(&line, &samples);
        }
    }
    size_t matched = line.matched;
    assert_false(expected_next(&line, key));
    two_samples_clear(&samples);
    expected_close(&x);
    expected_close(&y);
    expected_close(&line);
    return matched;
}

static void check_p(const struct expected *expected, const struct two_samples *samples)
{
    double shift = expected->values.items[0];
    struct rank_sum p =
        rank_sum_test(sample_of(&samples->x), sample_of(&samples->y), shift);
    expected_check(expected, 1, p.p_greater, 1e-9);
    expected_check(expected, 2, p.p_less, 1e-9);
}

static void p_values_are_those_of_r(void **state)
{
    (void)state;
    assert_true(for_each("p", check_p) >= 300);
}

/* R finds the limits of large samples as the root of a step function. */
static void check_limit(const struct expected *expected, size_t index, double got)
{
    double want = expected->values.items[index];
    if (isinf(want))
        assert_true(isinf(got) && (got > 0) == (want > 0));
    else
        assert_close(got, want, 1e-9);
}

static void check_shift(const struct expected *expected,
                        const struct two_samples *samples)
{
    struct rank_sum_sample x = sample_of(&samples->x);
    struct rank_sum_sample y = sample_of(&samples->y);
    struct interval interval = rank_sum_interval(x, y, expected->values.items[0]);
    check_limit(expected, 1, rank_sum_shift(x, y));
    check_limit(expected, 2, interval.low);
    check_limit(expected, 3, interval.high);
}

static void shifts_and_their_intervals_are_those_of_r(void **state)
{
    (void)state;
    assert_true(for_each("hl", check_shift) >= 300);
}

static void empty_samples_show_nothing(void **state)
{
    const double value = 1;
    struct rank_sum_sample one = { &value, 1 };
    struct rank_sum_sample none = { &value, 0 };

    (void)state;
    assert_close(rank_sum_test(one, none, 0).p_greater, 1, 0);
    assert_close(rank_sum_test(none, one, 0).p_less, 1, 0);
    assert_true(isinf(rank_sum_interval(none, one, 0.95).low));
}

static void swapping_the_samples_swaps_the_tails(void **state)
{
    const double x[] = { 1, 2, 2, 5, 7, 7 };
    const double y[] = { 2, 3, 3, 6 };
    struct rank_sum_sample a = { x, 6 };
    struct rank_sum_sample b = { y, 4 };

    (void)state;
    assert_close(rank_sum_test(a, b, 0).p_greater, rank_sum_test(b, a, 0).p_less, 1e-15);
    assert_close(rank_sum_shift(a, b), -rank_sum_shift(b, a), 0);
}

static void exact_and_normal_meet_where_one_ends(void **state)
{
    struct numbers x = { 0 };
    struct numbers y = { 0 };

    (void)state;
    generate_sample(&x, RANK_SUM_EXACT_VALUES + 1, 12, 0);
    generate_sample(&y, RANK_SUM_EXACT_VALUES, 99, 0);
    for (int step = -6; step <= 6; step++) {
        struct rank_sum_sample fewer = { x.items, RANK_SUM_EXACT_VALUES };
        double exact = rank_sum_test(fewer, sample_of(&y), 0.0005 * step).p_greater;
        double normal =
            rank_sum_test(sample_of(&x), sample_of(&y), 0.0005 * step).p_greater;
        assert_close(exact, normal, 0.03);
    }
    free(x.items);
    free(y.items);
}

static void least_p_is_that_of_samples_without_overlap(void **state)
{
    const double x[] = { 5, 6, 7 };
    const double y[] = { 1, 2, 3, 4 };

    (void)state;
    assert_close(rank_sum_least_p(3, 4), 1.0 / 35, 1e-15);
    assert_close(rank_sum_test((struct rank_sum_sample){ x, 3 },
                               (struct rank_sum_sample){ y, 4 }, 0)
                     .p_greater,
                 rank_sum_least_p(4, 3), 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(p_values_are_those_of_r),
        cmocka_unit_test(shifts_and_their_intervals_are_those_of_r),
        cmocka_unit_test(empty_samples_show_nothing),
        cmocka_unit_test(swapping_the_samples_swaps_the_tails),
        cmocka_unit_test(exact_and_normal_meet_where_one_ends),
        cmocka_unit_test(least_p_is_that_of_samples_without_overlap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
