#include "gate/stats/sequential.h"

#include <assert.h>
#include <math.h>

#include "gate/stats/sign_walk.h"
#include "gate/stats/signed_rank.h"

enum {
    FIRST_LOOK = 8,
    STEPS = 16 /* of p-values, down to a fifth */
};

/* What p-values are counted from. Above it the union bound is good enough: nobody decides
 * there. */
static const double largest_level = 0.05;

size_t sequential_next_look(size_t n, size_t max_pairs)
{
    size_t look = FIRST_LOOK;
    while (look <= n && look < max_pairs)
        look += look / 4;
    return look < max_pairs ? look : max_pairs;
}

/* The share of the error rate that may be spent by n pairs. */
static double share_by(size_t n, size_t max_pairs)
{
    return pow((double)n / (double)max_pairs, 0.6);
}

/* Looks close by each other mostly cross together, so what one of them needs to decide is
 * not the small share that has become free since the last: counted at an error rate of
 * 1 % and 135 pairs, it is about .2 of the root of n / max_pairs, .19 to .25 from 18
 * pairs on. A row with one look has it all. */
static double weight_at(size_t n, size_t max_pairs)
{
    if (max_pairs <= FIRST_LOOK)
        return 1;
    return 0.2 * sqrt((double)n / (double)max_pairs);
}

double sequential_last_weight(size_t max_pairs)
{
    assert(max_pairs > 0);
    return weight_at(max_pairs, max_pairs);
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
 * it can't below tail / share of all looks. */
static double
lower_p(double p, const struct sign_walk *walk, enum sign sign, const double *shares)
{
    size_t last = walk->look_count - 1;
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

static void look_closely(struct sequential *row,
                         const double *d,
                         double upper_margin_log,
                         double lower_margin_log)
{
    struct sign_walk walk = { 0 };
    double shares[SIGN_WALK_LOOKS] = { 0 };
    for (size_t i = 0; i < row->look_count; i++)
        shares[i] = share_by(row->looks[i], row->max_pairs);

    sign_walk_init(&walk, d, upper_margin_log, row->looks, row->look_count);
    row->p_regressed = lower_p(row->p_regressed, &walk, SIGN_ABOVE, shares);
    row->p_ok = lower_p(row->p_ok, &walk, SIGN_BELOW, shares);
    sign_walk_init(&walk, d, lower_margin_log, row->looks, row->look_count);
    row->p_improved = lower_p(row->p_improved, &walk, SIGN_BELOW, shares);
}

/* A look beyond those that are counted: the union bound. */
static void look_late(struct sequential *row,
                      const double *d,
                      size_t n,
                      double upper_margin_log,
                      double lower_margin_log)
{
    double share = share_by(n, row->max_pairs) - share_by(row->seen, row->max_pairs);
    struct signed_rank upper = signed_rank_test(d, n, upper_margin_log);
    double p_improved = signed_rank_p_less(d, n, lower_margin_log);

    row->p_regressed = fmin(row->p_regressed, rounded_up(upper.p_greater / share));
    row->p_ok = fmin(row->p_ok, rounded_up(upper.p_less / share));
    row->p_improved = fmin(row->p_improved, rounded_up(p_improved / share));
}

void sequential_look(struct sequential *row,
                     const double *d,
                     size_t n,
                     double upper_margin_log,
                     double lower_margin_log)
{
    assert(row->max_pairs > 0);
    assert(n >= row->seen && n <= row->max_pairs);
    assert(lower_margin_log <= upper_margin_log);

    if (n == row->seen)
        return;
    if (n <= SIGN_WALK_PAIRS) {
        assert(row->look_count < SIGN_WALK_LOOKS);
        row->looks[row->look_count++] = n;
        look_closely(row, d, upper_margin_log, lower_margin_log);
    } else {
        look_late(row, d, n, upper_margin_log, lower_margin_log);
    }
    row->weight = weight_at(n, row->max_pairs);
    row->seen = n;
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
