/* The Hodges-Lehmann estimate: the median of the Walsh averages (d_i + d_j)/2, i <= j. */
#pragma once

#include <stddef.h>

#include "gate/stats/interval.h"

/* The estimate of n >= 1 finite values. O(n log n) time, O(n) memory. */
double hodges_lehmann_estimate(const double *d, size_t n);

/* The two-sided interval at the given confidence (0.95), which inverts the signed-rank
 * test: exact up to SIGNED_RANK_EXACT_PAIRS, normal with tie correction beyond. Where
 * values are tied in the exact range, its coverage is at least the stated one (Noether
 * 1967). Unbounded, -INFINITY to INFINITY, where n is too small for the confidence: 95 %
 * needs 6 values, 99 % needs 8. */
struct interval hodges_lehmann_interval(const double *d, size_t n, double confidence);
