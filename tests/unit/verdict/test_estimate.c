#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/verdict/estimate.h"
#include "tests/support/check.h"
#include "tests/support/scripted.h"

static int setup(void **state)
{
    *state = xcalloc(1, sizeof(struct trial));
    return 0;
}

static int teardown(void **state)
{
    trial_clear(*state);
    free(*state);
    return 0;
}

/* A pair with this log ratio, base at 1 s. */
static void add(struct trial *trial, double log_ratio, bool head_ran_first)
{
    struct pair *pair = array_push(&trial->pairs);
    *pair = scripted_pair(1, exp(log_ratio));
    pair->head_ran_first = head_ran_first;
    trial->counted++;
}

static struct row filled(const struct trial *trial)
{
    struct row row = { .metric = METRIC_CPU };
    estimate_forget(&row);
    estimate_fill(trial, &row);
    return row;
}

static void nothing_counted_is_unknown(void **state)
{
    struct trial *trial = *state;
    trial->discarded = 2;
    const struct row row = filled(trial);

    assert_int_equal(row.pair_count, 0);
    assert_int_equal(row.discarded_count, 2);
    assert_true(isnan(row.change) && isnan(row.base_median) && isnan(row.noise_sd));
    assert_true(isinf(row.change_low) && row.change_low < 0);
    assert_true(isinf(row.change_high) && row.change_high > 0);
}

/* The middle of 0.01, 0.02, 0.03 is 0.02; the median distance from it 0.01. */
static void three_pairs_by_hand(void **state)
{
    struct trial *trial = *state;
    add(trial, 0.01, false);
    add(trial, 0.03, false);
    add(trial, 0.02, false);
    const struct row row = filled(trial);

    assert_int_equal(row.pair_count, 3);
    assert_close(row.change, 0.02020134, 1e-8);
    assert_close(row.base_median, 1, 0);
    assert_close(row.head_median, 1.02020134, 1e-8);
    assert_close(row.noise_sd, 0.01482602, 1e-8);
    assert_true(isinf(row.change_low) && isinf(row.change_high));
}

/* P(T <= 3) is 5 / 256, so the 4th smallest Walsh average bounds 8 values: 0.02. */
static void eight_pairs_have_an_interval(void **state)
{
    struct trial *trial = *state;
    for (int i = 1; i <= 8; i++)
        add(trial, 0.01 * i, false);
    const struct row row = filled(trial);

    assert_close(row.change_low, expm1(0.02), 1e-8);
    assert_close(row.change_high, expm1(0.07), 1e-8);
}

/* Second less first: 0.01, -0.02, 0.03. Mean 0.02 / 3; the half width is the quantile
 * 4.302653 of t at 2 degrees of freedom times the standard error 0.01452966. */
static void order_bias_by_hand(void **state)
{
    struct trial *trial = *state;
    add(trial, 0.01, false);
    add(trial, 0.02, true);
    add(trial, 0.03, false);
    const struct row row = filled(trial);

    assert_close(row.order_bias, expm1(0.02 / 3), 1e-8);
    assert_close(row.order_bias_low, expm1(0.02 / 3 - 0.0625161), 1e-6);
    assert_close(row.order_bias_high, expm1(0.02 / 3 + 0.0625161), 1e-6);
}

static void one_pair_bounds_nothing(void **state)
{
    struct trial *trial = *state;
    add(trial, 0.1, true);
    const struct row row = filled(trial);

    assert_close(row.change, expm1(0.1), 1e-8);
    assert_close(row.noise_sd, 0, 0);
    assert_true(isinf(row.change_low) && isinf(row.change_high));
    assert_true(isinf(row.order_bias_low) && row.order_bias_low < 0);
    assert_true(isinf(row.order_bias_high));
}

static void equal_pairs_have_no_noise(void **state)
{
    struct trial *trial = *state;
    for (int i = 0; i < 8; i++)
        add(trial, 0.25, i % 2);
    const struct row row = filled(trial);

    assert_close(row.noise_sd, 0, 0);
    assert_close(row.change_low, row.change, 0);
    assert_close(row.change_high, row.change, 0);
}

/* An experiment of one row at 1 % and 5 %, whose trial takes 0.5 s a pair. */
static char *
reason_of(struct trial *trial, enum trial_state trial_state, const struct row *row)
{
    const struct experiment experiment = {
        .options = { .false_alarm = 0.01, .miss = 0.05, .max_pairs = 135 },
        .planned_rows = { [FAMILY_GATE] = 1 },
    };
    trial->state = trial_state;
    trial->pair_ns = 500000000;
    return estimate_what_would_decide(&experiment, trial, row);
}

/* 107 pairs by Noether's formula, at the .2555 of the 1 % that the last of 107 looks at:
 * R: pi/3*((qnorm(.9)-qnorm(.01*w))*.05/.0201974)^2, w = 1-.64^(log(.18)/log(8/107)). */
static void the_sentence_says_how_many_pairs_more_and_how_long(void **state)
{
    const struct row row = {
        .pair_count = 20, .change = 0.04081077, .margin = 0.02, .noise_sd = 0.05
    };
    AUTO_FREE char *time = reason_of(*state, TRIAL_OPEN, &row);
    AUTO_FREE char *pairs = reason_of(*state, TRIAL_SPENT, &row);

    assert_string_equal(
        time, "the time budget was spent: about 87 more pairs (43.5 s) would decide");
    assert_string_equal(
        pairs,
        "its budget of pairs was spent: about 87 more pairs (43.5 s) would decide");
}

/* 455 pairs: 435 more, in two digits. */
static void large_numbers_are_rounded_up_to_two_digits(void **state)
{
    const struct row row = {
        .pair_count = 20, .change = 0.04081077, .margin = 0.02, .noise_sd = 0.1
    };
    AUTO_FREE char *reason = reason_of(*state, TRIAL_OPEN, &row);

    assert_contains(reason, "about 440 more pairs (3.67 min) would decide");
}

/* The formula says that there are enough; at least half as many again are named. */
static void a_few_pairs_more_are_whole_pairs(void **state)
{
    const struct row row = { .pair_count = 5, .change = 0.5, .margin = 0.02 };
    AUTO_FREE char *reason = reason_of(*state, TRIAL_OPEN, &row);

    assert_contains(reason, "about 3 more pairs (1.50 s) would decide");
}

static void at_the_margin_no_number_is_named(void **state)
{
    const struct row row = {
        .pair_count = 20, .change = 0.02, .margin = 0.02, .noise_sd = 0.05
    };
    AUTO_FREE char *reason = reason_of(*state, TRIAL_SPENT, &row);

    assert_string_equal(reason,
                        "its budget of pairs was spent: the change is too near to its "
                        "margin to be told from it");
}

static void nothing_counted_says_why(void **state)
{
    const struct row unmeasured = { 0 };
    const struct row disturbed = { .discarded_count = 12 };
    AUTO_FREE char *no_turn = reason_of(*state, TRIAL_OPEN, &unmeasured);
    AUTO_FREE char *all_lost = reason_of(*state, TRIAL_OPEN, &disturbed);

    assert_string_equal(no_turn,
                        "not measured: the time budget was spent before its turn");
    assert_string_equal(all_lost, "not measured: the time budget was spent, and all of "
                                  "its pairs (12) were disturbed from outside");
}

static char *caveat_at(double detection_limit)
{
    const struct row row = { .margin = 0.02, .detection_limit = detection_limit };
    return estimate_caveat(&row);
}

static void a_limit_above_twice_the_margin_is_said(void **state)
{
    AUTO_FREE char *fine = caveat_at(0.04);
    AUTO_FREE char *coarse = caveat_at(0.055);
    AUTO_FREE char *blind = caveat_at((double)INFINITY);
    AUTO_FREE char *unknown = caveat_at((double)NAN);

    (void)state;
    assert_string_equal(fine, "");
    assert_string_equal(coarse,
                        "only changes from +5.5 % would have been called for certain");
    assert_string_equal(blind, "too few pairs to have called any change regressed");
    assert_string_equal(unknown, "");
}

int main(void)
{
#define ESTIMATE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        ESTIMATE(nothing_counted_is_unknown),
        ESTIMATE(three_pairs_by_hand),
        ESTIMATE(eight_pairs_have_an_interval),
        ESTIMATE(order_bias_by_hand),
        ESTIMATE(one_pair_bounds_nothing),
        ESTIMATE(equal_pairs_have_no_noise),
        ESTIMATE(the_sentence_says_how_many_pairs_more_and_how_long),
        ESTIMATE(large_numbers_are_rounded_up_to_two_digits),
        ESTIMATE(a_few_pairs_more_are_whole_pairs),
        ESTIMATE(at_the_margin_no_number_is_named),
        ESTIMATE(nothing_counted_says_why),
        cmocka_unit_test(a_limit_above_twice_the_margin_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
