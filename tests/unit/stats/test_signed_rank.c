#include <math.h>
#include <stdlib.h>

#include "gate/stats/signed_rank.h"
#include "tests/support/check.h"
#include "tests/unit/stats/expected.h"

static void p_values_are_those_of_r(void **state)
{
    struct expected e;

    (void)state;
    expected_open(&e, "cases.txt");
    while (expected_next(&e, "p")) {
        double shift = e.values.items[0];
        const double *d = e.sample.items;
        expected_check(&e, 1, signed_rank_p_greater(d, e.sample.count, shift), 1e-9);
        expected_check(&e, 2, signed_rank_p_less(d, e.sample.count, shift), 1e-9);
        expected_check(&e, 3, signed_rank_p_two_sided(d, e.sample.count, shift), 1e-9);
    }
    assert_true(e.matched >= 700);
    expected_close(&e);
}

static void critical_counts_are_those_of_psignrank(void **state)
{
    struct expected e;

    (void)state;
    expected_open(&e, "functions.txt");
    while (expected_next(&e, "signed_rank_critical")) {
        size_t n = (size_t)e.values.items[0];
        double alpha = e.values.items[1];
        expected_check(&e, 2, (double)signed_rank_critical(n, alpha), 0);
    }
    assert_int_equal(e.matched, SIGNED_RANK_EXACT_PAIRS);
    expected_close(&e);
}

static void no_pairs_give_one(void **state)
{
    double d[] = { 0 };

    (void)state;
    assert_close(signed_rank_p_greater(d, 0, 0.01), 1, 0);
    assert_close(signed_rank_p_less(d, 0, 0.01), 1, 0);
    assert_close(signed_rank_p_two_sided(d, 0, 0.01), 1, 0);
}

static void nothing_but_zeros_gives_one(void **state)
{
    double d[200] = { 0 };

    (void)state;
    assert_close(signed_rank_p_greater(d, 9, 0), 1, 0);
    assert_close(signed_rank_p_less(d, 200, 0), 1, 0);
}

static void zeros_take_the_lowest_ranks_and_count_for_neither_side(void **state)
{
    /* Ranks with the zero: 0 has 1, then 2, 3, 4; the positive ones, 2 and 4, sum to 6.
     * Of the 8 sign patterns of 2, 3, 4 four reach 6: 2+4, 3+4, 2+3+4, and no other. */
    const double d[] = { 0, 1, -2, 3 };

    (void)state;
    assert_close(signed_rank_p_greater(d, 4, 0), 3.0 / 8, 1e-15);
}

static void swapping_the_sides_swaps_the_tails(void **state)
{
    struct numbers d = { 0 };
    struct numbers turned = { 0 };

    (void)state;
    generate_sample(&d, 61, 5, 200);
    generate_sample(&turned, 61, 5, 200);
    for (size_t i = 0; i < turned.count; i++)
        turned.items[i] = -turned.items[i];
    for (size_t n = 0; n <= 61; n++)
        assert_close(signed_rank_p_greater(d.items, n, 0.0025),
                     signed_rank_p_less(turned.items, n, -0.0025), 0);
    free(d.items);
    free(turned.items);
}

/* Both p-values along shifts that cross every Walsh average, and hit many of them. */
static void check_monotone(const double *d, size_t n)
{
    double greater = 0;
    double less = 1;

    for (int quarter = -96; quarter <= 96; quarter++) {
        double shift = 0.25 * quarter;
        double next_greater = signed_rank_p_greater(d, n, shift);
        double next_less = signed_rank_p_less(d, n, shift);
        assert_true(next_greater >= greater && next_less <= less);
        greater = next_greater;
        less = next_less;
    }
    assert_close(greater, 1, 0);
}

static void p_is_monotone_in_shift_with_ties_and_zeros_too(void **state)
{
    struct numbers sample = { 0 };

    (void)state;
    for (int seed = 1; seed <= 60; seed++) {
        sample.count = 0;
        generate_sample(&sample, 20, seed * 7919, 0);
        /* Small whole numbers, so that ties and zeros come and go with the shift. */
        for (size_t i = 0; i < sample.count; i++)
            sample.items[i] = fmod(floor(sample.items[i] * 1e6), 23);
        check_monotone(sample.items, 5 + (size_t)(seed % 16));
    }
    free(sample.items);
}

static void exact_and_normal_meet_where_one_ends(void **state)
{
    struct numbers d = { 0 };

    (void)state;
    generate_sample(&d, SIGNED_RANK_EXACT_PAIRS + 1, 12, 0);
    for (int step = -6; step <= 6; step++) {
        double shift = 0.00005 * step;
        double exact = signed_rank_p_greater(d.items, SIGNED_RANK_EXACT_PAIRS, shift);
        double normal =
            signed_rank_p_greater(d.items, SIGNED_RANK_EXACT_PAIRS + 1, shift);
        assert_close(exact, normal, 0.02);
    }
    free(d.items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(p_values_are_those_of_r),
        cmocka_unit_test(critical_counts_are_those_of_psignrank),
        cmocka_unit_test(no_pairs_give_one),
        cmocka_unit_test(nothing_but_zeros_gives_one),
        cmocka_unit_test(zeros_take_the_lowest_ranks_and_count_for_neither_side),
        cmocka_unit_test(swapping_the_sides_swaps_the_tails),
        cmocka_unit_test(p_is_monotone_in_shift_with_ties_and_zeros_too),
        cmocka_unit_test(exact_and_normal_meet_where_one_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
