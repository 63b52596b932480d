#include "gate/stats/robust.h"

#include <assert.h>
#include <math.h>

#include "gate/base/alloc.h"
#include "gate/stats/distribution.h"
#include "gate/stats/sample.h"

/* 1 / the upper quartile of the standard normal distribution, and twice that quartile. */
static const double mad_to_sd = 1.482602218505602;
static const double quartile_range_of_normal = 1.3489795003921634;

static double quantile_of_sorted(const double *sorted, size_t n, double p)
{
    double position = p * (double)(n - 1);
    size_t below = (size_t)position;
    if (below + 1 >= n)
        return sorted[n - 1];
    double part = position - (double)below;
    return sorted[below] + part * (sorted[below + 1] - sorted[below]);
}

double robust_quantile(const double *values, size_t n, double p)
{
    assert(n > 0);
    assert(p >= 0 && p <= 1);

    AUTO_FREE double *sorted = sample_sorted(values, n);
    return quantile_of_sorted(sorted, n, p);
}

double robust_median(const double *values, size_t n)
{
    return robust_quantile(values, n, 0.5);
}

double robust_mad_sd(const double *values, size_t n)
{
    double median = robust_median(values, n);
    AUTO_FREE double *distances = xcalloc(n, sizeof *distances);
    for (size_t i = 0; i < n; i++)
        distances[i] = fabs(values[i] - median);
    return mad_to_sd * robust_median(distances, n);
}

static double plain_sd(const double *values, size_t n)
{
    double mean = 0;
    for (size_t i = 0; i < n; i++)
        mean += values[i] / (double)n;
    double squares = 0;
    for (size_t i = 0; i < n; i++)
        squares += (values[i] - mean) * (values[i] - mean);
    return sqrt(squares / ((double)n - 1));
}

double robust_sd(const double *values, size_t n)
{
    assert(n > 0);

    AUTO_FREE double *sorted = sample_sorted(values, n);
    if (!(sorted[n - 1] > sorted[0]))
        return 0;
    double sd = robust_mad_sd(values, n);
    if (sd > 0)
        return sd;
    double upper_quartile = quantile_of_sorted(sorted, n, 0.75);
    double lower_quartile = quantile_of_sorted(sorted, n, 0.25);
    if (upper_quartile > lower_quartile)
        return (upper_quartile - lower_quartile) / quartile_range_of_normal;
    return plain_sd(values, n);
}

struct interval robust_median_interval(const double *values, size_t n, double confidence)
{
    assert(confidence > 0 && confidence < 1);

    /* k: as many of the smallest values may be cut off at each end. */
    double alpha = (1 - confidence) / 2;
    size_t k = 0;
    while (k < n / 2 && binomial_lower(k, n, 0.5) <= alpha)
        k++;
    if (k == 0)
        return (struct interval){ .low = -HUGE_VAL, .high = HUGE_VAL };
    AUTO_FREE double *sorted = sample_sorted(values, n);
    return (struct interval){ .low = sorted[k - 1], .high = sorted[n - k] };
}

double robust_quantile_upper(const double *values, size_t n, double p, double confidence)
{
    assert(p > 0 && p < 1);
    assert(confidence > 0 && confidence < 1);

    if (n < robust_quantile_samples(p, confidence))
        return HUGE_VAL;

    /* The distribution function ascends in k: bisect for the first that is enough. */
    size_t low = 0;
    size_t high = n - 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (binomial_lower(middle, n, p) >= confidence)
            high = middle;
        else
            low = middle + 1;
    }
    AUTO_FREE double *sorted = sample_sorted(values, n);
    return sorted[low];
}

size_t robust_quantile_samples(double p, double confidence)
{
    assert(p > 0 && p < 1);
    assert(confidence > 0 && confidence < 1);

    /* All n values lie below the quantile with probability p^n. */
    return (size_t)ceil(log1p(-confidence) / log(p));
}
