/* The Wilcoxon-Mann-Whitney rank-sum test and the Hodges-Lehmann shift, for two samples
 * that do not belong together in pairs: x (head) against y (base).
 *
 * The p-values hold where, without a difference, every order of all the values together
 * is equally likely: independent values from one machine in one state. Samples from two
 * sessions are not like that; what changed between the sessions counts as a shift.
 *
 * Exact, ties included, where neither sample is larger than RANK_SUM_EXACT_VALUES, else
 * normal with continuity and tie correction. Values must be finite. */
#pragma once

#include <stddef.h>

#include "gate/stats/interval.h"

enum {
    RANK_SUM_EXACT_VALUES = 50
};

/* A sample. Borrowed. */
struct rank_sum_sample {
    const double *values;
    size_t count;
};

struct rank_sum {
    double p_greater; /* against "x lies above y by shift or less" */
    double p_less;    /* against "x lies above y by shift or more" */
};

/* Both are 1 where a sample is empty, or all the values are equal. */
struct rank_sum
rank_sum_test(struct rank_sum_sample x, struct rank_sum_sample y, double shift);

/* The least p-value that samples of these sizes can reach: that of x lying above y with
 * every value. */
double rank_sum_least_p(size_t x_count, size_t y_count);

/* The median of all the differences x_i - y_j, both counts at least 1. O(n log n) time,
 * O(n) memory. */
double rank_sum_shift(struct rank_sum_sample x, struct rank_sum_sample y);

/* The two-sided interval of the shift at the given confidence (0.95), which inverts the
 * test without ties. Unbounded where the samples are too small for the confidence. */
struct interval
rank_sum_interval(struct rank_sum_sample x, struct rank_sum_sample y, double confidence);
