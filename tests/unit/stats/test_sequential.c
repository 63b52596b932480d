#include <math.h>
#include <stdlib.h>

#include "gate/stats/sequential.h"
#include "gate/stats/signed_rank.h"
#include "tests/support/check.h"
#include "tests/unit/stats/expected.h"

static void looks_grow_by_half_and_end_at_the_most_pairs(void **state)
{
    const size_t looks[] = { 8, 12, 18, 27, 40, 60, 90, 135 };
    size_t n = 0;

    (void)state;
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        n = sequential_next_look(n, 135);
        assert_int_equal(n, looks[i]);
    }
    assert_int_equal(sequential_next_look(135, 135), 135);
    assert_int_equal(sequential_next_look(90, 100), 100);
    assert_int_equal(sequential_next_look(90, 400), 135);
    assert_int_equal(sequential_next_look(135, 400), 202);
    assert_int_equal(sequential_next_look(202, 400), 303);
    assert_int_equal(sequential_next_look(0, 5), 5);
    assert_int_equal(sequential_next_look(11, 135), 12);
}

/* Takes the looks given (ended by 0) and returns the sum of their weights. */
static double sum_of_weights(const size_t *looks, size_t max_pairs)
{
    static const double d[1000];
    struct sequential row = { 0 };
    double sum = 0;

    sequential_init(&row, max_pairs);
    for (; *looks; looks++) {
        sequential_look(&row, d, *looks, 0.02, -0.02);
        sum += row.weight;
    }
    return sum;
}

static void weights_of_all_looks_sum_to_one(void **state)
{
    const size_t planned[] = { 8, 12, 18, 27, 40, 60, 90, 135, 0 };
    const size_t unplanned[] = { 3, 8, 9, 31, 134, 135, 0 };
    const size_t ended_early[] = { 8, 12, 18, 20, 0 };

    (void)state;
    assert_close(sum_of_weights(planned, 135), 1, 1e-15);
    assert_close(sum_of_weights(unplanned, 135), 1, 1e-15);
    assert_close(sum_of_weights(ended_early, 135), sqrt(20.0 / 135), 1e-15);
}

static void the_last_weight_is_what_the_looks_before_leave(void **state)
{
    (void)state;
    assert_close(sequential_last_weight(135), 1 - sqrt(90.0 / 135), 1e-15);
    assert_close(sequential_last_weight(100), 1 - sqrt(90.0 / 100), 1e-15);
    assert_close(sequential_last_weight(8), 1, 0);
    assert_close(sequential_last_weight(3), 1, 0);
}

static void a_new_row_has_no_evidence(void **state)
{
    struct sequential row = { 0 };

    (void)state;
    sequential_init(&row, 135);
    assert_close(row.p_regressed, 1, 0);
    assert_close(row.p_ok, 1, 0);
    assert_close(row.p_improved, 1, 0);
    assert_int_equal(sequential_decide(&row, 0.01, 0.05), SEQUENTIAL_UNDECIDED);
}

static void p_values_are_those_of_the_looks_over_their_weights(void **state)
{
    struct numbers d = { 0 };
    struct sequential row = { 0 };

    (void)state;
    generate_sample(&d, 12, 4, 0);
    sequential_init(&row, 60);
    sequential_look(&row, d.items, 8, 0.001, -0.001);
    sequential_look(&row, d.items, 12, 0.001, -0.001);

    double first = sqrt(8.0 / 60);
    double second = sqrt(12.0 / 60) - first;
    double at_8 = signed_rank_p_less(d.items, 8, 0.001) / first;
    double at_12 = signed_rank_p_less(d.items, 12, 0.001) / second;
    assert_close(row.p_ok, fmin(1, fmin(at_8, at_12)), 1e-15);
    free(d.items);
}

/* d all equal to change, looked at as planned until decided. */
static struct sequential look_at_constant(double change)
{
    double d[135];
    struct sequential row = { 0 };

    for (size_t i = 0; i < 135; i++)
        d[i] = change;
    sequential_init(&row, 135);
    while (row.seen < 135 && sequential_decide(&row, 0.01, 0.05) == SEQUENTIAL_UNDECIDED)
        sequential_look(&row, d, sequential_next_look(row.seen, 135), log1p(0.02),
                        log1p(-0.02));
    return row;
}

static void a_change_above_the_margin_regresses(void **state)
{
    struct sequential row = look_at_constant(0.03);

    (void)state;
    assert_int_equal(sequential_decide(&row, 0.01, 0.05), SEQUENTIAL_REGRESSED);
    assert_int_equal(row.seen, 12);
    assert_close(row.p_ok, 1, 0);
    assert_close(row.p_improved, 1, 0);
}

static void no_change_is_ok_at_the_first_look_and_not_improved(void **state)
{
    struct sequential row = look_at_constant(0);

    (void)state;
    assert_int_equal(sequential_decide(&row, 0.01, 0.05), SEQUENTIAL_OK);
    assert_int_equal(row.seen, 8);
    assert_close(row.p_ok, 1 / (256 * sqrt(8.0 / 135)), 1e-15);
    assert_close(row.p_regressed, 1, 0);
    assert_close(row.p_improved, 1, 0);
}

static void a_change_below_the_lower_margin_is_ok_and_improved(void **state)
{
    struct sequential row = look_at_constant(-0.03);

    (void)state;
    assert_int_equal(sequential_decide(&row, 0.01, 0.05), SEQUENTIAL_OK);
    assert_close(row.p_improved, row.p_ok, 0);
}

static void a_change_at_the_margin_stays_undecided(void **state)
{
    struct sequential row = look_at_constant(log1p(0.02));

    (void)state;
    assert_int_equal(row.seen, 135);
    assert_int_equal(sequential_decide(&row, 0.01, 0.05), SEQUENTIAL_UNDECIDED);
}

static void evidence_once_found_stays(void **state)
{
    double d[27];
    struct sequential row = { 0 };

    (void)state;
    for (size_t i = 0; i < 27; i++)
        d[i] = i < 12 ? 0.05 : -0.05;
    sequential_init(&row, 135);
    sequential_look(&row, d, 12, 0.02, -0.02);
    double p = row.p_regressed;
    sequential_look(&row, d, 27, 0.02, -0.02);
    assert_true(p < 0.01);
    assert_close(row.p_regressed, p, 0);
}

static void a_second_look_at_the_same_pairs_changes_nothing(void **state)
{
    struct sequential row = look_at_constant(0.01);
    double d[135] = { 0 };
    double p = row.p_ok;
    double weight = row.weight;

    (void)state;
    sequential_look(&row, d, row.seen, 0.02, -0.02);
    assert_close(row.p_ok, p, 0);
    assert_close(row.weight, weight, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(looks_grow_by_half_and_end_at_the_most_pairs),
        cmocka_unit_test(weights_of_all_looks_sum_to_one),
        cmocka_unit_test(the_last_weight_is_what_the_looks_before_leave),
        cmocka_unit_test(a_new_row_has_no_evidence),
        cmocka_unit_test(p_values_are_those_of_the_looks_over_their_weights),
        cmocka_unit_test(a_change_above_the_margin_regresses),
        cmocka_unit_test(no_change_is_ok_at_the_first_look_and_not_improved),
        cmocka_unit_test(a_change_below_the_lower_margin_is_ok_and_improved),
        cmocka_unit_test(a_change_at_the_margin_stays_undecided),
        cmocka_unit_test(evidence_once_found_stays),
        cmocka_unit_test(a_second_look_at_the_same_pairs_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
