#include <math.h>

#include "gate/stats/detection.h"
#include "gate/stats/hodges_lehmann.h"
#include "gate/stats/sequential.h"
#include "gate/stats/signed_rank.h"
#include "tests/support/check.h"
#include "tests/unit/stats/noise.h"

enum {
    ROWS = 300,
    MAX_PAIRS = 135
};

static const double sd = 0.02;
static const double margin_log = 0.019802627296179713;

static void draw_row(double *d, size_t n, uint64_t seed, double location)
{
    for (uint64_t i = 0; i < n; i++)
        d[i] = location + sd * noise_normal(seed, i);
}

/* All planned looks up to n of at most max_pairs, and one at n. */
static struct sequential look_up_to(const double *d, size_t n, size_t max_pairs)
{
    struct sequential row = { 0 };
    sequential_init(&row, max_pairs);
    while (row.seen < n) {
        size_t next = sequential_next_look(row.seen, max_pairs);
        sequential_look(&row, d, next < n ? next : n, margin_log, -margin_log);
    }
    return row;
}

/* What a row of at most max_pairs says by n pairs; it stops where it is decided. */
static enum sequential_state state_by(const double *d, size_t n, size_t max_pairs)
{
    struct sequential row = { 0 };
    enum sequential_state state = SEQUENTIAL_UNDECIDED;
    sequential_init(&row, max_pairs);
    while (row.seen < n && state == SEQUENTIAL_UNDECIDED) {
        size_t next = sequential_next_look(row.seen, max_pairs);
        sequential_look(&row, d, next < n ? next : n, margin_log, -margin_log);
        state = sequential_decide(&row, 0.01, 0.05);
    }
    return state;
}

/* The mean limit that rows without a change report. */
static double mean_limit(size_t n, size_t max_pairs)
{
    double d[MAX_PAIRS];
    double sum = 0;

    for (uint64_t i = 0; i < ROWS / 5; i++) {
        draw_row(d, n, 7000 + i, 0);
        double alpha = 0.01 * look_up_to(d, n, max_pairs).weight;
        struct interval interval = hodges_lehmann_interval(d, n, 1 - 2 * alpha);
        sum += detection_limit((interval.high - interval.low) / 2, alpha, margin_log);
    }
    return sum / (double)(ROWS / 5);
}

static double share_regressed(size_t n, size_t max_pairs, double change)
{
    double d[MAX_PAIRS];
    size_t regressed = 0;

    for (uint64_t i = 0; i < ROWS; i++) {
        draw_row(d, n, 1000000 + i, change);
        regressed += state_by(d, n, max_pairs) == SEQUENTIAL_REGRESSED;
    }
    return (double)regressed / ROWS;
}

static void a_change_at_the_limit_is_called_with_the_stated_probability(void **state)
{
    const struct {
        size_t n;
        size_t max_pairs;
    } looks[] = { { 18, 135 }, { 41, 135 }, { 135, 135 }, { 22, 30 }, { 30, 30 } };

    (void)state;
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        size_t n = looks[i].n;
        size_t max_pairs = looks[i].max_pairs;
        double power = share_regressed(n, max_pairs, mean_limit(n, max_pairs));
        assert_close(power, DETECTION_POWER, 0.06);
    }
}

static void
a_change_at_the_planned_limit_is_called_with_that_probability_too(void **state)
{
    double alpha = 0.01 * sequential_weight(MAX_PAIRS, MAX_PAIRS);
    double limit = detection_limit_at(MAX_PAIRS, sd, margin_log, alpha);

    (void)state;
    assert_close(share_regressed(MAX_PAIRS, MAX_PAIRS, limit), DETECTION_POWER, 0.06);
}

static void fewer_pairs_than_the_signs_need_detect_nothing(void **state)
{
    (void)state;
    assert_true(isinf(detection_limit_at(6, sd, margin_log, 0.01)));
    assert_true(isfinite(detection_limit_at(7, sd, margin_log, 0.01)));
}

static void an_unbounded_interval_detects_nothing(void **state)
{
    (void)state;
    assert_true(isinf(detection_limit(HUGE_VAL, 0.002, margin_log)));
}

static void without_noise_the_limit_is_the_margin(void **state)
{
    (void)state;
    assert_close(detection_limit(0, 0.002, margin_log), margin_log, 0);
}

/* The share of rows with n pairs that a plain test at alpha decides. */
static double share_decided(size_t n, double change, double alpha)
{
    double d[1000];
    size_t decided = 0;

    assert_true(n <= 1000);
    for (uint64_t i = 0; i < ROWS; i++) {
        draw_row(d, n, 5000000 + i, change);
        double p = change > margin_log ? signed_rank_p_greater(d, n, margin_log)
                                       : signed_rank_p_less(d, n, margin_log);
        decided += p <= alpha;
    }
    return (double)decided / ROWS;
}

static void that_many_pairs_decide_with_the_stated_probability(void **state)
{
    const double changes[] = { 0, 0.01, 0.025, 0.035 };

    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        double alpha = changes[i] > margin_log ? 0.01 : 0.05;
        double n = detection_pairs_needed(changes[i], sd, margin_log, alpha);
        double power = share_decided((size_t)n, changes[i], alpha);
        assert_close(power, DETECTION_POWER, 0.07);
    }
}

/* The share of rows of at most max_pairs that are decided by n. */
static double share_decided_by(size_t n, size_t max_pairs, double change)
{
    double d[1000];
    size_t decided = 0;

    assert_true(max_pairs <= 1000);
    for (uint64_t i = 0; i < ROWS; i++) {
        draw_row(d, n, 9000000 + i, change);
        decided += state_by(d, n, max_pairs) != SEQUENTIAL_UNDECIDED;
    }
    return (double)decided / ROWS;
}

static void looks_on_the_way_are_paid_for_with_pairs(void **state)
{
    const double changes[] = { 0.01, 0.03 };

    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        double alpha = changes[i] > margin_log ? 0.01 : 0.05;
        double plain = detection_pairs_needed(changes[i], sd, margin_log, alpha);
        double n = detection_pairs_with_looks(changes[i], sd, margin_log, alpha);
        assert_true(n > 1.1 * plain);
        assert_close(share_decided_by((size_t)n, (size_t)n, changes[i]), DETECTION_POWER,
                     0.05);
    }
}

/* Looks are some way apart, so that mostly a few more are decided. */
static void most_rows_are_decided_by_the_look_that_is_named(void **state)
{
    const double changes[] = { 0, 0.005, 0.03, 0.035 };

    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        double alpha = changes[i] > margin_log ? 0.01 : 0.05;
        double look = detection_look_needed(changes[i], sd, margin_log, alpha, 135);
        double share = share_decided_by((size_t)look, 135, changes[i]);
        assert_true(look >= 8 && look < 135);
        assert_true(share > 0.8 && share < 0.99);
    }
}

static void a_look_beyond_the_last_one_is_not_named(void **state)
{
    (void)state;
    double look = detection_look_needed(0.025, sd, margin_log, 0.01, 135);
    assert_close(look, detection_pairs_with_looks(0.025, sd, margin_log, 0.01), 0);
    assert_true(look > 135);
    assert_true(isinf(detection_look_needed(margin_log, sd, margin_log, 0.01, 135)));
}

static void an_estimate_at_the_margin_is_never_decided(void **state)
{
    (void)state;
    assert_true(isinf(detection_pairs_needed(margin_log, sd, margin_log, 0.01)));
}

static void even_noiseless_rows_need_as_many_pairs_as_the_signs_do(void **state)
{
    (void)state;
    assert_close(detection_pairs_needed(0.5, 0, margin_log, 0.01), 7, 0);
    assert_close(detection_pairs_needed(0, 0, margin_log, 0.05), 5, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_at_the_limit_is_called_with_the_stated_probability),
        cmocka_unit_test(
            a_change_at_the_planned_limit_is_called_with_that_probability_too),
        cmocka_unit_test(fewer_pairs_than_the_signs_need_detect_nothing),
        cmocka_unit_test(an_unbounded_interval_detects_nothing),
        cmocka_unit_test(without_noise_the_limit_is_the_margin),
        cmocka_unit_test(that_many_pairs_decide_with_the_stated_probability),
        cmocka_unit_test(looks_on_the_way_are_paid_for_with_pairs),
        cmocka_unit_test(most_rows_are_decided_by_the_look_that_is_named),
        cmocka_unit_test(a_look_beyond_the_last_one_is_not_named),
        cmocka_unit_test(an_estimate_at_the_margin_is_never_decided),
        cmocka_unit_test(even_noiseless_rows_need_as_many_pairs_as_the_signs_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
