#include <math.h>
#include <stdlib.h>

#include "gate/stats/sequential.h"
#include "gate/stats/sign_walk.h"
#include "tests/support/check.h"
#include "tests/unit/stats/expected.h"
#include "tests/unit/stats/noise.h"

static void looks_grow_by_a_quarter_and_end_at_the_most_pairs(void **state)
{
    const size_t looks[] = {
        8, 10, 12, 15, 18, 22, 27, 33, 41, 51, 63, 78, 97, 121, 135
    };
    size_t n = 0;

    (void)state;
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        n = sequential_next_look(n, 135);
        assert_int_equal(n, looks[i]);
    }
    assert_int_equal(sequential_next_look(135, 135), 135);
    assert_int_equal(sequential_next_look(97, 100), 100);
    assert_int_equal(sequential_next_look(121, 400), 151);
    assert_int_equal(sequential_next_look(0, 5), 5);
    assert_int_equal(sequential_next_look(11, 135), 12);
}

/* What a row says of 8 equal signs at its first look: the step above 2^-8 over the share
 * that may be spent. */
static double least_p_of_8(void)
{
    double p = ldexp(1, -8) / 0.18;
    return 0.05 / pow(5, floor(16 * log(0.05 / p) / log(5)) / 16);
}

static void weights_are_shares_that_grow_in_the_end_and_one_look_has_all(void **state)
{
    static const double d[135];
    struct sequential row = { 0 };

    (void)state;
    sequential_init(&row, 135);
    double before = 0;
    while (row.seen < 135) {
        sequential_look(&row, d, sequential_next_look(row.seen, 135), 0.02, -0.02);
        assert_true(row.weight > 0.05 && row.weight < 0.25);
        assert_true(row.seen < 27 || row.weight > before);
        before = row.weight;
    }
    assert_close(sequential_weight(135, 135), row.weight, 0);
    assert_close(sequential_weight(8, 8), 1, 0);
    assert_close(sequential_weight(3, 3), 1, 0);
}

/* 8 pairs of one sign say the same of a row that may have 20 pairs or 2,000. */
static void a_clear_row_takes_no_longer_where_more_pairs_are_allowed(void **state)
{
    const size_t most[] = { 9, 20, 135, 500, 2000 };
    const double d[8] = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof most / sizeof *most; i++) {
        struct sequential row = { 0 };
        sequential_init(&row, most[i]);
        sequential_look(&row, d, 8, log1p(0.02), log1p(-0.02));
        assert_close(row.p_ok, least_p_of_8(), 1e-12);
    }
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

/* 0.05 and its fifths, so that the rates that people ask for lose nothing. */
static void p_values_come_in_steps_of_the_sixteenth_root_of_five(void **state)
{
    struct numbers d = { 0 };

    (void)state;
    generate_sample(&d, 60, 4, 0);
    for (size_t n = 3; n <= 60; n++) {
        struct sequential row = { 0 };
        sequential_init(&row, n);
        sequential_look(&row, d.items, n, 0.001, -0.001);
        double steps = 16 * log(0.05 / row.p_ok) / log(5);
        assert_true(row.p_ok >= 1 || fabs(steps - round(steps)) < 1e-6);
    }
    free(d.items);
}

/* Never worse than the union bound by more than a step, in most rows better. */
static void p_values_are_below_the_union_bound(void **state)
{
    const size_t looks[] = { 8, 12, 20, 35, 60 };
    size_t better = 0;

    (void)state;
    for (uint64_t seed = 0; seed < 50; seed++) {
        double d[60];
        double bound = 1;
        double before = 0;
        struct sequential row = { 0 };
        for (uint64_t i = 0; i < 60; i++)
            d[i] = 0.3 + noise_normal(seed, i);
        sequential_init(&row, 60);
        for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
            double share = pow((double)looks[i] / 60, log(0.18) / log(8.0 / 60));
            struct sign_walk walk = { 0 };
            sequential_look(&row, d, looks[i], 0, 0);
            sign_walk_init(&walk, d, 0, row.looks, row.look_count);
            bound = fmin(bound, sign_walk_tail(&walk, SIGN_ABOVE) / (share - before));
            before = share;
        }
        assert_true(row.p_regressed <= 1.106 * bound);
        better += row.p_regressed < 0.9 * bound;
    }
    assert_true(better > 25);
}

/* A row so long that its later looks are not counted. */
static void looks_at_thousands_of_pairs_decide_too(void **state)
{
    double d[10000];
    struct sequential row = { 0 };

    (void)state;
    for (uint64_t i = 0; i < 10000; i++)
        d[i] = 0.03 + 0.4 * noise_normal(3, i);
    sequential_init(&row, 10000);
    while (row.seen < 10000) {
        sequential_look(&row, d, sequential_next_look(row.seen, 10000), 0, -0.01);
        if (row.seen < 400)
            assert_int_equal(sequential_decide(&row, 0.01, 0.05), SEQUENTIAL_UNDECIDED);
    }
    assert_true(row.p_regressed <= 1e-5);
    assert_true(row.p_ok > 0.5);
}

static void a_first_look_may_come_late(void **state)
{
    double d[2000];
    struct sequential row = { 0 };

    (void)state;
    for (uint64_t i = 0; i < 2000; i++)
        d[i] = -1;
    sequential_init(&row, 2000);
    sequential_look(&row, d, 1900, 0.02, -0.02);
    assert_true(row.p_ok < 1e-100);
    assert_close(row.p_regressed, 1, 0);
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
    assert_int_equal(row.seen, 10);
    assert_close(row.p_ok, 1, 0);
    assert_close(row.p_improved, 1, 0);
}

static void no_change_is_ok_at_the_first_look_and_not_improved(void **state)
{
    struct sequential row = look_at_constant(0);

    (void)state;
    assert_int_equal(sequential_decide(&row, 0.01, 0.05), SEQUENTIAL_OK);
    assert_int_equal(row.seen, 8);
    assert_close(row.p_ok, least_p_of_8(), 1e-12);
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
        cmocka_unit_test(looks_grow_by_a_quarter_and_end_at_the_most_pairs),
        cmocka_unit_test(weights_are_shares_that_grow_in_the_end_and_one_look_has_all),
        cmocka_unit_test(a_clear_row_takes_no_longer_where_more_pairs_are_allowed),
        cmocka_unit_test(a_new_row_has_no_evidence),
        cmocka_unit_test(p_values_come_in_steps_of_the_sixteenth_root_of_five),
        cmocka_unit_test(p_values_are_below_the_union_bound),
        cmocka_unit_test(looks_at_thousands_of_pairs_decide_too),
        cmocka_unit_test(a_first_look_may_come_late),
        cmocka_unit_test(a_change_above_the_margin_regresses),
        cmocka_unit_test(no_change_is_ok_at_the_first_look_and_not_improved),
        cmocka_unit_test(a_change_below_the_lower_margin_is_ok_and_improved),
        cmocka_unit_test(a_change_at_the_margin_stays_undecided),
        cmocka_unit_test(evidence_once_found_stays),
        cmocka_unit_test(a_second_look_at_the_same_pairs_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
