#include "gate/stats/rank_sum.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/stats/distribution.h"
#include "gate/stats/ordered.h"
#include "gate/stats/sample.h"

/* The exact distribution is counted: of all ways to choose as many ranks as x has, how
 * many have the sum s? Ranks are doubled, since midranks may be halves. ways[k] counts
 * the choices of k ranks by how far their sum lies above the least that k ranks can have;
 * taking the ranks in ascending order, that distance never falls. Counts are doubles:
 * exact up to 2^53, to 15 digits beyond. */

struct ranked {
    double value;
    bool is_x;
};

/* All values together, ranked. */
struct ranking {
    size_t *ranks; /* doubled midranks, ascending */
    size_t count;
    size_t x_count;
    size_t x_sum;   /* of x's doubled ranks */
    double tie_sum; /* of t^3 - t over the groups of t equal values */
};

static void ranking_clear(struct ranking *ranking)
{
    free(ranking->ranks);
    *ranking = (struct ranking){ 0 };
}
#define AUTO_RANKING AUTO(ranking_clear)

static int compare_ranked(const void *a, const void *b)
{
    double x = ((const struct ranked *)a)->value;
    double y = ((const struct ranked *)b)->value;
    return (x > y) - (x < y);
}

static struct ranked *
sorted_together(struct rank_sum_sample x, struct rank_sum_sample y, double shift)
{
    struct ranked *all = xcalloc(x.count + y.count, sizeof *all);
    for (size_t i = 0; i < x.count; i++)
        all[i] = (struct ranked){ .value = x.values[i] - shift, .is_x = true };
    for (size_t i = 0; i < y.count; i++)
        all[x.count + i] = (struct ranked){ .value = y.values[i] };
    qsort(all, x.count + y.count, sizeof *all, compare_ranked);
    return all;
}

static void rank_values(struct ranking *ranking,
                        struct rank_sum_sample x,
                        struct rank_sum_sample y,
                        double shift)
{
    AUTO_FREE struct ranked *all = sorted_together(x, y, shift);
    size_t count = x.count + y.count;

    *ranking = (struct ranking){ .count = count, .x_count = x.count };
    ranking->ranks = xcalloc(count, sizeof *ranking->ranks);
    size_t end = 0;
    for (size_t first = 0; first < count; first = end) {
        while (end < count && !(all[end].value > all[first].value))
            end++;
        for (size_t i = first; i < end; i++) {
            ranking->ranks[i] = first + 1 + end;
            ranking->x_sum += all[i].is_x ? first + 1 + end : 0;
        }
        double size = (double)(end - first);
        ranking->tie_sum += size * size * size - size;
    }
}

/* How many choices of x_count ranks lie at each distance, 0 .. reach, above the least
 * sum; the caller's. */
static double *count_choices(const struct ranking *ranking, size_t reach)
{
    size_t width = reach + 1;
    AUTO_FREE double *ways = xcalloc((ranking->x_count + 1) * width, sizeof *ways);
    /* The greatest distance that k ranks have so far. */
    AUTO_FREE size_t *farthest = xcalloc(ranking->x_count + 1, sizeof *farthest);

    ways[0] = 1;
    for (size_t i = 0; i < ranking->count; i++) {
        size_t most = i + 1 < ranking->x_count ? i + 1 : ranking->x_count;
        for (size_t k = most; k > 0; k--) {
            size_t step = ranking->ranks[i] - ranking->ranks[k - 1];
            const double *from = ways + (k - 1) * width;
            double *to = ways + k * width;
            size_t end = farthest[k - 1] + step < reach ? farthest[k - 1] + step : reach;
            for (size_t distance = step; distance <= end; distance++)
                to[distance] += from[distance - step];
            farthest[k] = end > farthest[k] ? end : farthest[k];
        }
    }
    double *choices = xcalloc(width, sizeof *choices);
    memcpy(choices, ways + ranking->x_count * width, width * sizeof *choices);
    return choices;
}

static struct rank_sum exact_tails(const struct ranking *ranking)
{
    size_t least = 0;
    size_t most = 0;
    for (size_t k = 0; k < ranking->x_count; k++) {
        least += ranking->ranks[k];
        most += ranking->ranks[ranking->count - 1 - k];
    }
    size_t observed = ranking->x_sum - least;
    AUTO_FREE double *choices = count_choices(ranking, most - least);
    double below = 0;
    double above = 0;
    for (size_t distance = 0; distance < observed; distance++)
        below += choices[distance];
    for (size_t distance = most - least; distance > observed; distance--)
        above += choices[distance];
    double all = below + choices[observed] + above;
    return (struct rank_sum){ .p_greater = (choices[observed] + above) / all,
                              .p_less = (below + choices[observed]) / all };
}

/* The variance of x's rank sum, not doubled. */
static double variance(size_t x_count, size_t y_count, double tie_sum)
{
    double product = (double)x_count * (double)y_count;
    double count = (double)x_count + (double)y_count;
    return product / 12 * (count + 1 - tie_sum / (count * (count - 1)));
}

static struct rank_sum normal_tails(const struct ranking *ranking)
{
    double mean = (double)ranking->x_count * ((double)ranking->count + 1) / 2;
    double excess = (double)ranking->x_sum / 2 - mean;
    double sd = sqrt(
        variance(ranking->x_count, ranking->count - ranking->x_count, ranking->tie_sum));
    return (struct rank_sum){ .p_greater = normal_upper((excess - 0.5) / sd),
                              .p_less = normal_upper((-excess - 0.5) / sd) };
}

struct rank_sum
rank_sum_test(struct rank_sum_sample x, struct rank_sum_sample y, double shift)
{
    assert(isfinite(shift));

    if (!x.count || !y.count)
        return (struct rank_sum){ .p_greater = 1, .p_less = 1 };
    AUTO_RANKING struct ranking ranking = { 0 };
    rank_values(&ranking, x, y, shift);
    if (ranking.ranks[0] == ranking.ranks[ranking.count - 1])
        return (struct rank_sum){ .p_greater = 1, .p_less = 1 };
    if (x.count <= RANK_SUM_EXACT_VALUES && y.count <= RANK_SUM_EXACT_VALUES)
        return exact_tails(&ranking);
    return normal_tails(&ranking);
}

double rank_sum_least_p(size_t x_count, size_t y_count)
{
    size_t fewer = x_count < y_count ? x_count : y_count;
    size_t more = x_count + y_count - fewer;
    double p = 1;
    for (size_t i = 1; i <= fewer; i++)
        p *= (double)i / (double)(more + i);
    return p;
}

/* The k-th smallest difference is found as in hodges_lehmann.c: by bisection over the
 * doubles, taken as ordered integers, with a walk along a staircase as the count. */

/* How many differences are at most bound; both samples ascend. */
static size_t
count_up_to(struct rank_sum_sample x, struct rank_sum_sample y, double bound)
{
    size_t count = 0;
    size_t begin = 0; /* from here on, y is large enough for x_i */
    for (size_t i = 0; i < x.count; i++) {
        while (begin < y.count && x.values[i] - y.values[begin] > bound)
            begin++;
        count += y.count - begin;
    }
    return count;
}

/* The k-th smallest difference, k from 1; both samples ascend. */
static double
select_difference(struct rank_sum_sample x, struct rank_sum_sample y, size_t k)
{
    uint64_t low = ordered_from(x.values[0] - y.values[y.count - 1]);
    uint64_t high = ordered_from(x.values[x.count - 1] - y.values[0]);
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (count_up_to(x, y, ordered_value(middle)) >= k)
            high = middle;
        else
            low = middle + 1;
    }
    return ordered_value(low) + 0.0; /* no negative zero */
}

double rank_sum_shift(struct rank_sum_sample x, struct rank_sum_sample y)
{
    assert(x.count > 0 && y.count > 0);

    AUTO_FREE double *x_sorted = sample_sorted(x.values, x.count);
    AUTO_FREE double *y_sorted = sample_sorted(y.values, y.count);
    struct rank_sum_sample ascending_x = { x_sorted, x.count };
    struct rank_sum_sample ascending_y = { y_sorted, y.count };
    size_t total = x.count * y.count;
    double lower = select_difference(ascending_x, ascending_y, (total + 1) / 2);
    if (total % 2)
        return lower;
    return (lower + select_difference(ascending_x, ascending_y, total / 2 + 1)) / 2;
}

/* The largest k with P(U < k) <= alpha, where U counts the pairs x_i > y_j of samples
 * without ties; 0 where there is none. */
static size_t exact_critical(size_t x_count, size_t y_count, double alpha)
{
    size_t reach = x_count * y_count;
    struct ranking ranking = { .count = x_count + y_count, .x_count = x_count };
    AUTO_FREE size_t *ranks = xcalloc(ranking.count, sizeof *ranks);
    for (size_t i = 0; i < ranking.count; i++)
        ranks[i] = i + 1;
    ranking.ranks = ranks;
    AUTO_FREE double *choices = count_choices(&ranking, reach);
    double all = 0;
    for (size_t u = 0; u <= reach; u++)
        all += choices[u];

    size_t k = 0;
    double below = choices[0];
    while (k < reach && below / all <= alpha)
        below += choices[++k];
    return k;
}

/* At a shift that is none of the differences, values are tied only within a sample. */
static double own_ties(const double *sorted, size_t count)
{
    double sum = 0;
    size_t end = 0;
    for (size_t first = 0; first < count; first = end) {
        while (end < count && !(sorted[end] > sorted[first]))
            end++;
        double size = (double)(end - first);
        sum += size * size * size - size;
    }
    return sum;
}

/* x and y ascend. */
static size_t
rejected_differences(struct rank_sum_sample x, struct rank_sum_sample y, double alpha)
{
    if (x.count <= RANK_SUM_EXACT_VALUES && y.count <= RANK_SUM_EXACT_VALUES)
        return exact_critical(x.count, y.count, alpha);
    double ties = own_ties(x.values, x.count) + own_ties(y.values, y.count);
    double sd = sqrt(variance(x.count, y.count, ties));
    double mean = (double)x.count * (double)y.count / 2;
    double k = floor(mean + 0.5 + normal_quantile(alpha) * sd);
    return k > 0 ? (size_t)k : 0;
}

struct interval
rank_sum_interval(struct rank_sum_sample x, struct rank_sum_sample y, double confidence)
{
    assert(confidence > 0 && confidence < 1);

    struct interval unbounded = { .low = -HUGE_VAL, .high = HUGE_VAL };
    if (!x.count || !y.count)
        return unbounded;
    AUTO_FREE double *x_sorted = sample_sorted(x.values, x.count);
    AUTO_FREE double *y_sorted = sample_sorted(y.values, y.count);
    struct rank_sum_sample ascending_x = { x_sorted, x.count };
    struct rank_sum_sample ascending_y = { y_sorted, y.count };
    size_t k = rejected_differences(ascending_x, ascending_y, (1 - confidence) / 2);
    if (!k)
        return unbounded;
    size_t total = x.count * y.count;
    return (struct interval){
        .low = select_difference(ascending_x, ascending_y, k),
        .high = select_difference(ascending_x, ascending_y, total + 1 - k),
    };
}
