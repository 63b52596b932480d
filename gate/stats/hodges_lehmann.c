#include "gate/stats/hodges_lehmann.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>

#include "gate/base/alloc.h"
#include "gate/stats/distribution.h"
#include "gate/stats/ordered.h"
#include "gate/stats/sample.h"
#include "gate/stats/signed_rank.h"

/* With the values sorted, the Walsh averages are the upper half of a matrix whose rows
 * and columns ascend, and one walk along a staircase counts those up to a bound. The k-th
 * smallest is found by bisection over the bounds: doubles, taken as ordered integers, so
 * that 64 walks end at exactly the wanted average, whatever the scale of the data. A
 * randomised selection takes fewer walks but needs random numbers. */

static double average(double a, double b)
{
    return (a + b) / 2;
}

/* How many Walsh averages are at most bound. */
static size_t count_up_to(const double *sorted, size_t n, double bound)
{
    size_t count = 0;
    size_t width = n; /* averages of row i up to bound, counted from column 0 */
    for (size_t i = 0; i < n; i++) {
        while (width > i && average(sorted[i], sorted[width - 1]) > bound)
            width--;
        if (width <= i)
            break;
        count += width - i;
    }
    return count;
}

/* The k-th smallest Walsh average, k from 1. */
static double select_average(const double *sorted, size_t n, size_t k)
{
    uint64_t low = ordered_from(sorted[0]);
    uint64_t high = ordered_from(sorted[n - 1]);
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (count_up_to(sorted, n, ordered_value(middle)) >= k)
            high = middle;
        else
            low = middle + 1;
    }
    return ordered_value(low) + 0.0; /* no negative zero */
}

double hodges_lehmann_estimate(const double *d, size_t n)
{
    assert(n > 0);

    AUTO_FREE double *sorted = sample_sorted(d, n);
    size_t total = n * (n + 1) / 2;
    double lower = select_average(sorted, n, (total + 1) / 2);
    if (total % 2)
        return lower;
    return average(lower, select_average(sorted, n, total / 2 + 1));
}

/* The sum of t^3 - t over the groups of t equal values. */
static double tie_sum(const double *sorted, size_t n)
{
    double sum = 0;
    size_t end = 0;
    for (size_t first = 0; first < n; first = end) {
        while (end < n && !(sorted[end] > sorted[first]))
            end++;
        double size = (double)(end - first);
        sum += size * size * size - size;
    }
    return sum;
}

/* The largest k for which the signed-rank test, at alpha one-sided, rejects all that lies
 * below the k-th smallest Walsh average; 0 where it rejects nothing. */
static size_t rejected_averages(const double *sorted, size_t n, double alpha)
{
    if (n <= SIGNED_RANK_EXACT_PAIRS)
        return signed_rank_critical(n, alpha);

    double count = (double)n;
    double mean = count * (count + 1) / 4;
    double variance =
        count * (count + 1) * (2 * count + 1) / 24 - tie_sum(sorted, n) / 48;
    double k = floor(mean + 0.5 + normal_quantile(alpha) * sqrt(variance));
    return k > 0 ? (size_t)k : 0;
}

struct interval hodges_lehmann_interval(const double *d, size_t n, double confidence)
{
    assert(confidence > 0 && confidence < 1);

    struct interval unbounded = { .low = -HUGE_VAL, .high = HUGE_VAL };
    if (n == 0)
        return unbounded;
    AUTO_FREE double *sorted = sample_sorted(d, n);
    size_t k = rejected_averages(sorted, n, (1 - confidence) / 2);
    if (k == 0)
        return unbounded;
    size_t total = n * (n + 1) / 2;
    return (struct interval){
        .low = select_average(sorted, n, k),
        .high = select_average(sorted, n, total + 1 - k),
    };
}
