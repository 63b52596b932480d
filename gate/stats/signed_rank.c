#include "gate/stats/signed_rank.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/stats/distribution.h"

/* The exact distribution is counted: of the 2^m ways to give signs to m ranks, how many
 * have the sum s? One pass over an array of counts for each rank answers that. Midranks
 * may be halves, so ranks are doubled where one of them is. The distribution is
 * symmetric, so only the shorter tail is counted: quick exactly where p is small. Counts
 * are doubles: exact up to 2^53, to 15 digits beyond.
 *
 * Why p is monotone in shift: let shift grow by a little. Values above it come nearer,
 * values below it go away, so no rank of a positive value grows and no rank of a negative
 * one shrinks. A pattern of signs has a sum at least the observed one just when the
 * negative ranks that it adds outweigh the positive ones that it takes away; so every
 * pattern counted before is still counted. */

struct deviation {
    double magnitude;
    bool is_positive;
};

/* The ranks that take part, in units that make all of them whole numbers. */
struct ranking {
    size_t pairs;
    size_t *ranks; /* ascending, zeros left out */
    size_t count;
    size_t total;    /* of all ranks */
    size_t positive; /* of the ranks of positive deviations */
    size_t unit;     /* what rank 1 is */
};

static void ranking_clear(struct ranking *ranking)
{
    free(ranking->ranks);
    *ranking = (struct ranking){ 0 };
}
#define AUTO_RANKING AUTO(ranking_clear)

static int compare_magnitudes(const void *a, const void *b)
{
    double x = ((const struct deviation *)a)->magnitude;
    double y = ((const struct deviation *)b)->magnitude;
    return (x > y) - (x < y);
}

static struct deviation *sorted_deviations(const double *d, size_t n, double shift)
{
    struct deviation *deviations = xcalloc(n ? n : 1, sizeof *deviations);
    for (size_t i = 0; i < n; i++) {
        assert(isfinite(d[i]));
        deviations[i].magnitude = fabs(d[i] - shift);
        deviations[i].is_positive = d[i] > shift;
    }
    qsort(deviations, n, sizeof *deviations, compare_magnitudes);
    return deviations;
}

static void ranking_push(struct ranking *ranking, size_t rank, bool is_positive)
{
    ranking->ranks[ranking->count++] = rank;
    ranking->total += rank;
    if (is_positive)
        ranking->positive += rank;
}

/* Back from doubled ranks to plain ones, where no midrank is a half. */
static void ranking_halve(struct ranking *ranking)
{
    for (size_t i = 0; i < ranking->count; i++)
        if (ranking->ranks[i] % 2)
            return;
    for (size_t i = 0; i < ranking->count; i++)
        ranking->ranks[i] /= 2;
    ranking->total /= 2;
    ranking->positive /= 2;
    ranking->unit /= 2;
}

static void
rank_deviations(struct ranking *ranking, const double *d, size_t n, double shift)
{
    AUTO_FREE struct deviation *sorted = sorted_deviations(d, n, shift);

    *ranking = (struct ranking){ .pairs = n, .unit = 2 };
    ranking->ranks = xcalloc(n ? n : 1, sizeof *ranking->ranks);
    size_t end = 0;
    for (size_t first = 0; first < n; first = end) {
        while (end < n && !(sorted[end].magnitude > sorted[first].magnitude))
            end++;
        /* Twice the mean of the ranks first + 1 .. end. */
        size_t doubled_midrank = first + 1 + end;
        for (size_t i = first; i < end && sorted[i].magnitude > 0; i++)
            ranking_push(ranking, doubled_midrank, sorted[i].is_positive);
    }
    ranking_halve(ranking);
}

/* How many patterns of signs have each of the sums 0 .. limit; the caller's. */
static double *count_patterns(const size_t *ranks, size_t count, size_t limit)
{
    double *patterns = xcalloc(limit + 1, sizeof *patterns);
    size_t reach = 0;

    patterns[0] = 1;
    for (size_t i = 0; i < count && ranks[i] <= limit; i++) {
        size_t rank = ranks[i];
        reach = reach + rank < limit ? reach + rank : limit;
        for (size_t sum = reach; sum >= rank; sum--)
            patterns[sum] += patterns[sum - rank];
    }
    return patterns;
}

/* Both tails from one count, for positive at least half of total. */
static struct signed_rank exact_tails(const struct ranking *ranking, size_t positive)
{
    size_t limit = ranking->total - positive;
    AUTO_FREE double *patterns = count_patterns(ranking->ranks, ranking->count, limit);
    double beyond = 0;
    for (size_t sum = 0; sum < limit; sum++)
        beyond += patterns[sum];

    int doublings = -(int)ranking->count;
    return (struct signed_rank){
        .p_greater = ldexp(beyond + patterns[limit], doublings),
        .p_less = 1 - ldexp(beyond, doublings),
    };
}

/* The variance is that of the ranks as they are, which is the tie correction. */
static struct signed_rank normal_tails(const struct ranking *ranking, size_t positive)
{
    double squares = 0;
    for (size_t i = 0; i < ranking->count; i++)
        squares += (double)ranking->ranks[i] * (double)ranking->ranks[i];

    double sd = sqrt(squares / 4);
    double continuity = 0.5 * (double)ranking->unit;
    double excess = (double)positive - 0.5 * (double)ranking->total;
    return (struct signed_rank){
        .p_greater = normal_upper((excess - continuity) / sd),
        .p_less = normal_upper((-excess - continuity) / sd),
    };
}

static struct signed_rank tails(const struct ranking *ranking, size_t positive)
{
    if (ranking->pairs <= SIGNED_RANK_EXACT_PAIRS)
        return exact_tails(ranking, positive);
    return normal_tails(ranking, positive);
}

struct signed_rank signed_rank_test(const double *d, size_t n, double shift)
{
    assert(isfinite(shift));

    AUTO_RANKING struct ranking ranking = { 0 };
    rank_deviations(&ranking, d, n, shift);
    if (ranking.count == 0)
        return (struct signed_rank){ .p_greater = 1, .p_less = 1 };
    if (ranking.positive >= ranking.total - ranking.positive)
        return tails(&ranking, ranking.positive);
    struct signed_rank turned = tails(&ranking, ranking.total - ranking.positive);
    return (struct signed_rank){ .p_greater = turned.p_less, .p_less = turned.p_greater };
}

double signed_rank_p_greater(const double *d, size_t n, double shift)
{
    return signed_rank_test(d, n, shift).p_greater;
}

double signed_rank_p_less(const double *d, size_t n, double shift)
{
    return signed_rank_test(d, n, shift).p_less;
}

double signed_rank_p_two_sided(const double *d, size_t n, double shift)
{
    struct signed_rank p = signed_rank_test(d, n, shift);
    return fmin(1, 2 * fmin(p.p_greater, p.p_less));
}

size_t signed_rank_critical(size_t n, double alpha)
{
    assert(n <= SIGNED_RANK_EXACT_PAIRS);
    assert(alpha > 0 && alpha < 0.5);

    size_t ranks[SIGNED_RANK_EXACT_PAIRS] = { 0 };
    for (size_t i = 0; i < n; i++)
        ranks[i] = i + 1;
    size_t half = n * (n + 1) / 4;
    AUTO_FREE double *patterns = count_patterns(ranks, n, half);

    size_t k = 0;
    double below = patterns[0];
    while (k < half && ldexp(below, -(int)n) <= alpha)
        below += patterns[++k];
    return k;
}
