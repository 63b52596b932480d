#include "gate/stats/sequential.h"

#include <assert.h>
#include <math.h>

#include "gate/base/alloc.h"
#include "gate/stats/sign_walk.h"
#include "gate/stats/signed_rank.h"

enum {
    FIRST_LOOK = 8,
    STEPS = 16 /* of p-values, down to a fifth */
};

/* What p-values are counted from. Above it the union bound is good enough: nobody decides
 * there. */
static const double largest_level = 0.05;

/* What the first look may spend, however many pairs there may be: a row that is clear
 * after a few pairs shall not take longer because others may have more. And no more than
 * this, because 8 signs can't say much: with few pairs to come, the last look needs it.
 */
static const double first_share = 0.18;

/* The part of the pairs that were there two looks before. */
static const double two_looks_ago = 0.64;

size_t sequential_next_look(size_t n, size_t max_pairs)
{
    size_t look = FIRST_LOOK;
    while (look <= n && look < max_pairs)
        look += look / 4;
    return look < max_pairs ? look : max_pairs;
}

/* The share of the error rate that may be spent by so many pairs: a power of them, by
 * which the first look has first_share and the last one all. */
static double share_by(double pairs, size_t max_pairs)
{
    double most = (double)max_pairs;
    if (max_pairs <= FIRST_LOOK)
        return pairs / most;
    return pow(pairs / most, log(first_share) / log(FIRST_LOOK / most));
}

double sequential_weight(size_t n, size_t max_pairs)
{
    assert(max_pairs > 0 && n <= max_pairs);
    if (max_pairs <= FIRST_LOOK)
        return 1;
    double pairs = (double)n;
    double freed =
        share_by(pairs, max_pairs) - share_by(two_looks_ago * pairs, max_pairs);
    return fmax(freed, first_share * FIRST_LOOK / fmax(pairs, FIRST_LOOK));
}

void sequential_init(struct sequential *row, size_t max_pairs)
{
    assert(max_pairs > 0);

    *row = (struct sequential){
        .max_pairs = max_pairs,
        .p_regressed = 1,
        .p_ok = 1,
        .p_improved = 1,
    };
}

/* The steps of p-values. The hair's breadth keeps n * (alpha / n) from ending above
 * alpha. */
static double level_of_step(int step)
{
    return largest_level * (1 - 1e-12) / pow(5, (double)step / STEPS);
}

/* The last step that is at least p, p being above 0. */
static int step_above(double p)
{
    int step = (int)floor(STEPS * log(largest_level / p) / log(5));
    while (level_of_step(step) < p)
        step--;
    return step;
}

static double rounded_up(double p)
{
    return fmin(1, p > 0 ? level_of_step(step_above(p)) : 0);
}

/* Goes down from p, the row's p-value up to the look before, as far as the walk's last
 * look crosses. By the union bound it does down to tail / share of this look, so levels
 * need to be tried only from there, one by one until the first that is not crossed; and
 * it can't below tail / share of all looks. A tail of a half or more, where the scores
 * against the sign are the greater part, is not worth counting. */
static double
lower_p(double p, const struct sign_walk *walk, enum sign sign, const double *shares)
{
    size_t last = walk->look_count - 1;
    if (2 * walk->against[sign] >= walk->against[SIGN_ABOVE] + walk->against[SIGN_BELOW])
        return p;
    double share = shares[last] - (last ? shares[last - 1] : 0);
    double tail = sign_walk_tail(walk, sign);
    double least = tail / shares[last];
    double bound = fmin(p, tail / share);
    if (least >= p)
        return p;
    if (least > largest_level)
        return rounded_up(bound);

    int step = step_above(bound);
    while (level_of_step(step + 1) >= least &&
           sign_walk_crosses(walk, sign, level_of_step(step + 1), shares))
        step++;
    return fmin(1, level_of_step(step));
}

static void
look_closely(struct sequential *row, const double *above_upper, const double *above_lower)
{
    struct sign_walk walk = { 0 };
    double shares[SIGN_WALK_LOOKS] = { 0 };
    for (size_t i = 0; i < row->look_count; i++)
        shares[i] = share_by((double)row->looks[i], row->max_pairs);

    sign_walk_init(&walk, above_upper, 0, row->looks, row->look_count);
    row->p_regressed = lower_p(row->p_regressed, &walk, SIGN_ABOVE, shares);
    row->p_ok = lower_p(row->p_ok, &walk, SIGN_BELOW, shares);
    sign_walk_init(&walk, above_lower, 0, row->looks, row->look_count);
    row->p_improved = lower_p(row->p_improved, &walk, SIGN_BELOW, shares);
}

/* A look beyond those that are counted: the union bound. */
static void look_late(struct sequential *row,
                      const double *above_upper,
                      const double *above_lower,
                      size_t n)
{
    double share =
        share_by((double)n, row->max_pairs) - share_by((double)row->seen, row->max_pairs);
    struct signed_rank upper = signed_rank_test(above_upper, n, 0);
    double p_improved = signed_rank_p_less(above_lower, n, 0);

    row->p_regressed = fmin(row->p_regressed, rounded_up(upper.p_greater / share));
    row->p_ok = fmin(row->p_ok, rounded_up(upper.p_less / share));
    row->p_improved = fmin(row->p_improved, rounded_up(p_improved / share));
}

void sequential_look_beyond(struct sequential *row,
                            const double *above_upper,
                            const double *above_lower,
                            size_t n)
{
    assert(row->max_pairs > 0);
    assert(n >= row->seen && n <= row->max_pairs);

    if (n == row->seen)
        return;
    if (n <= SIGN_WALK_PAIRS) {
        assert(row->look_count < SIGN_WALK_LOOKS);
        row->looks[row->look_count++] = n;
        look_closely(row, above_upper, above_lower);
    } else {
        look_late(row, above_upper, above_lower, n);
    }
    row->weight = sequential_weight(n, row->max_pairs);
    row->seen = n;
}

void sequential_look(struct sequential *row,
                     const double *d,
                     size_t n,
                     double upper_margin_log,
                     double lower_margin_log)
{
    AUTO_FREE double *above_upper = xcalloc(2 * n, sizeof *above_upper);
    double *above_lower = above_upper + n;
    assert(lower_margin_log <= upper_margin_log);

    for (size_t i = 0; i < n; i++) {
        above_upper[i] = d[i] - upper_margin_log;
        above_lower[i] = d[i] - lower_margin_log;
    }
    sequential_look_beyond(row, above_upper, above_lower, n);
}

enum sequential_state
sequential_decide(const struct sequential *row, double false_alarm, double miss)
{
    assert(row->max_pairs > 0);

    if (row->p_regressed <= false_alarm)
        return SEQUENTIAL_REGRESSED;
    if (row->p_ok <= miss)
        return SEQUENTIAL_OK;
    return SEQUENTIAL_UNDECIDED;
}
