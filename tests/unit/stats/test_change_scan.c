#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/stats/change_scan.h"
#include "tests/support/check.h"
#include "tests/unit/stats/expected.h"
#include "tests/unit/stats/noise.h"

static struct change_scan_rule rule_of(double least, size_t permutations, double alpha)
{
    return (struct change_scan_rule){ .least_segment = (size_t)least,
                                      .permutations = permutations,
                                      .alpha = alpha,
                                      .seed = 11 };
}

/* tests/data/stats/make_change_points.R */
static void value_and_split_are_as_r_finds_them_by_the_definition(void **state)
{
    struct expected line;

    (void)state;
    expected_open(&line, "change_points.txt");
    while (expected_next(&line, "scan")) {
        struct change_scan_rule rule = rule_of(line.values.items[0], 1, 1);
        struct change_scan scan =
            change_scan(line.sample.items, line.sample.count, &rule, 0);
        expected_check(&line, 1, scan.value, 1e-9);
        expected_check(&line, 2, (double)scan.split, 0);
    }
    assert_true(line.matched >= 80);
    expected_close(&line);
}

/* R shuffled 2,000 times, and so do we: four standard errors of the difference. */
static void p_value_is_that_of_rs_shuffles(void **state)
{
    struct expected line;

    (void)state;
    expected_open(&line, "change_points.txt");
    while (expected_next(&line, "shuffled")) {
        size_t shuffles = (size_t)line.values.items[1];
        struct change_scan_rule rule = rule_of(line.values.items[0], shuffles, 1);
        double want = line.values.items[2] / line.values.items[1];
        double got = change_scan(line.sample.items, line.sample.count, &rule, 0).p;
        double se = sqrt(2 * fmax(want, 0.002) * (1 - want) / (double)shuffles);
        assert_close(got, want, 4 * se);
    }
    assert_int_equal(line.matched, 5);
    expected_close(&line);
}

static void a_p_value_that_must_be_too_large_ends_the_shuffling(void **state)
{
    double values[40];
    struct change_scan_rule rule = rule_of(5, 1000000000, 0.00000001);

    (void)state;
    for (uint64_t i = 0; i < 40; i++)
        values[i] = noise_normal(3, i);
    assert_true(change_scan(values, 40, &rule, 0).p > rule.alpha);
}

static void shuffles_are_those_of_seed_and_stream(void **state)
{
    double values[40];
    struct change_scan_rule rule = rule_of(5, 999, 1);

    (void)state;
    for (uint64_t i = 0; i < 40; i++)
        values[i] = noise_normal(4, i) + (i < 20 ? 0 : 0.5);
    double p = change_scan(values, 40, &rule, 7).p;
    assert_true(p > 0.01 && p < 0.9);
    assert_close(change_scan(values, 40, &rule, 7).p, p, 0);
    assert_true(fabs(change_scan(values, 40, &rule, 8).p - p) > 0);
    rule.seed++;
    assert_true(fabs(change_scan(values, 40, &rule, 7).p - p) > 0);
}

static void few_or_equal_values_have_no_split(void **state)
{
    const double equal[12] = { 0 };
    const double unequal[9] = { 1, 1, 1, 1, 2, 2, 2, 2, 2 };
    struct change_scan_rule rule = rule_of(5, 99, 0.01);

    (void)state;
    assert_int_equal(change_scan(equal, 12, &rule, 0).split, 0);
    assert_int_equal(change_scan(unequal, 9, &rule, 0).split, 0);
    assert_int_equal(change_scan(unequal, 0, &rule, 0).split, 0);
    assert_close(change_scan(unequal, 9, &rule, 0).p, 1, 0);
}

/* The ranks 1, 3.5, 3.5, 3.5, 3.5, 6, doubled and less 7. */
static void equal_values_share_their_rank(void **state)
{
    const double values[] = { 2, 2, 1, 2, 2, 3 };
    const double want[] = { 0, 0, -5, 0, 0, 5 };

    (void)state;
    AUTO_FREE double *scores = change_scores(values, 6);
    for (size_t i = 0; i < 6; i++)
        assert_close(scores[i], want[i], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(value_and_split_are_as_r_finds_them_by_the_definition),
        cmocka_unit_test(p_value_is_that_of_rs_shuffles),
        cmocka_unit_test(a_p_value_that_must_be_too_large_ends_the_shuffling),
        cmocka_unit_test(shuffles_are_those_of_seed_and_stream),
        cmocka_unit_test(few_or_equal_values_have_no_split),
        cmocka_unit_test(equal_values_share_their_rank),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
