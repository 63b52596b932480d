/* The promise of the whole sequential procedure, kept on simulated rows: where signs are
 * fair, the shares of false verdicts are at most the stated ones, whatever the noise. */
#include <math.h>

#include "gate/stats/sequential.h"
#include "tests/support/check.h"
#include "tests/unit/stats/noise.h"

enum {
    ROWS = 2000,
    PAIRS = 135
};

static const double margin_log = 0.019802627296179713;
static const double false_alarm = 0.01;
static const double miss = 0.05;

struct shares {
    double regressed;
    double ok;
};

static void draw_row(double *d, uint64_t seed, double location)
{
    for (uint64_t i = 0; i < PAIRS; i++)
        d[i] = location + noise_sign(seed, i) * noise_nasty_magnitude(seed, i);
}

/* All looks are taken, whatever the earlier ones said. */
static struct shares
shares_of(size_t rows, double location, double upper_log, uint64_t seed)
{
    double d[PAIRS];
    size_t regressed = 0;
    size_t ok = 0;

    for (uint64_t i = 0; i < rows; i++) {
        struct sequential row = { 0 };
        draw_row(d, seed + i, location);
        sequential_init(&row, PAIRS);
        while (row.seen < PAIRS)
            sequential_look(&row, d, sequential_next_look(row.seen, PAIRS), upper_log,
                            -margin_log);
        regressed += row.p_regressed <= false_alarm;
        ok += row.p_ok <= miss;
    }
    return (struct shares){ (double)regressed / (double)rows, (double)ok / (double)rows };
}

/* The rate plus three standard errors of the share. */
static double at_most(double rate, size_t rows)
{
    return rate + 3 * sqrt(rate * (1 - rate) / (double)rows);
}

/* Zeros and ties: every tick-counted distance below one tick is a zero here. */
static void equal_programs_without_a_margin_keep_both_rates(void **state)
{
    struct shares shares = shares_of(ROWS, 0, 0, 1000);

    (void)state;
    assert_true(shares.regressed <= at_most(false_alarm, ROWS));
    assert_true(shares.ok <= at_most(miss, ROWS));
    /* Nor are the rates left unused: that would be paid for in pairs. */
    assert_true(shares.regressed >= 0.004);
    assert_true(shares.ok >= 0.03);
}

static void a_change_at_the_margin_keeps_both_rates(void **state)
{
    struct shares shares = shares_of(ROWS / 4, margin_log, margin_log, 90000);

    (void)state;
    assert_true(shares.regressed <= at_most(false_alarm, ROWS / 4));
    assert_true(shares.ok <= at_most(miss, ROWS / 4));
    assert_true(shares.ok >= 0.03);
}

static void equal_programs_within_a_margin_regress_no_oftener_than_stated(void **state)
{
    struct shares shares = shares_of(ROWS / 8, 0, margin_log, 50000);

    (void)state;
    assert_true(shares.regressed <= at_most(false_alarm, ROWS / 8));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_programs_without_a_margin_keep_both_rates),
        cmocka_unit_test(a_change_at_the_margin_keeps_both_rates),
        cmocka_unit_test(equal_programs_within_a_margin_regress_no_oftener_than_stated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
