/* Summaries that a few outliers can't move. All values must be finite; n is at least 1
 * where nothing else is said. */
#pragma once

#include <stddef.h>

#include "gate/stats/interval.h"

/* The quantile at p (0 .. 1) with linear interpolation between order statistics (type 7
 * of Hyndman and Fan 1996). */
double robust_quantile(const double *values, size_t n, double p);

double robust_median(const double *values, size_t n);

/* 1.4826 times the median distance from the median: estimates the standard deviation of
 * normal values. 0 where more than half of the values are equal. */
double robust_mad_sd(const double *values, size_t n);

/* The noise figure of a row: robust_mad_sd; where that is 0, the range between the
 * quartiles over 1.349; where that is 0 too, the plain standard deviation. So it is 0
 * only where all values are equal. */
double robust_sd(const double *values, size_t n);

/* The interval of the median between two order statistics, from the binomial
 * distribution: the coverage is at least confidence, whatever the distribution.
 * Unbounded where n (0 allowed) is too small: 95 % needs 6 values. */
struct interval robust_median_interval(const double *values, size_t n, double confidence);

/* The upper confidence limit, one-sided, of the quantile at p (0.95): the smallest order
 * statistic that is above it with the given confidence. INFINITY where n (0 allowed) is
 * less than robust_quantile_samples. */
double robust_quantile_upper(const double *values, size_t n, double p, double confidence);

/* How many values robust_quantile_upper needs: 59 for p = 0.95 at 95 %. */
size_t robust_quantile_samples(double p, double confidence);
