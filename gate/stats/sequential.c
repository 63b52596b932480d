#include "gate/stats/sequential.h"

#include <assert.h>
#include <math.h>

#include "gate/stats/signed_rank.h"

enum {
    FIRST_LOOK = 8
};

size_t sequential_next_look(size_t n, size_t max_pairs)
{
    size_t look = FIRST_LOOK;
    while (look <= n && look < max_pairs)
        look += look / 2;
    return look < max_pairs ? look : max_pairs;
}

/* The share of the error rate that may be spent by n pairs. */
static double spent(size_t n, size_t max_pairs)
{
    return sqrt((double)n / (double)max_pairs);
}

double sequential_last_weight(size_t max_pairs)
{
    assert(max_pairs > 0);

    size_t before = 0;
    for (size_t n = 0; n < max_pairs; n = sequential_next_look(n, max_pairs))
        before = n;
    return 1 - spent(before, max_pairs);
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
    double weight = spent(n, row->max_pairs) - spent(row->seen, row->max_pairs);
    struct signed_rank upper = signed_rank_test(d, n, upper_margin_log);
    double p_improved = signed_rank_p_less(d, n, lower_margin_log);

    row->p_regressed = fmin(row->p_regressed, upper.p_greater / weight);
    row->p_ok = fmin(row->p_ok, upper.p_less / weight);
    row->p_improved = fmin(row->p_improved, p_improved / weight);
    row->weight = weight;
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
