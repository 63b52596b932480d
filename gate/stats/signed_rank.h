/* Wilcoxon's signed-rank test for paired log ratios d = ln(head) - ln(base).
 *
 * The test is conditional: the ranks of |d - shift| are taken as they are, with midranks
 * for ties, and only the signs are random, each a fair coin. This is what the coin that
 * deals the order of a pair guarantees, so that the p-values hold for drifting, skewed
 * and autocorrelated noise alike.
 *
 * Zeros are ranked with the others and then left out of the sums (Pratt 1959). So the
 * p-value only ever moves one way as shift moves, with ties and zeros too: a test that
 * holds at the margin holds for every change on the null side of it. Leaving the zeros
 * out before ranking (Wilcoxon 1945) breaks that.
 *
 * Exact up to SIGNED_RANK_EXACT_PAIRS, then normal with continuity and tie correction.
 * Values and shift must be finite. No pairs, or nothing but zeros, give 1. Take the
 * difference of the logs, not the log of the ratio: swapping base and head then changes
 * the sign of d and nothing else. */
#pragma once

#include <stddef.h>

enum {
    SIGNED_RANK_EXACT_PAIRS = 150
};

/* The two one-sided p-values of one shift. */
struct signed_rank {
    double p_greater; /* against "the location of d is shift or less": small when d lies
                         above shift */
    double p_less;    /* against "the location of d is shift or more" */
};

/* Both cost no more than one. */
struct signed_rank signed_rank_test(const double *d, size_t n, double shift);

double signed_rank_p_greater(const double *d, size_t n, double shift);
double signed_rank_p_less(const double *d, size_t n, double shift);

/* P-value against "the location of d is shift": twice the smaller of the two, at most 1.
 */
double signed_rank_p_two_sided(const double *d, size_t n, double shift);

/* The largest k with P(T < k) <= alpha, 0 < alpha < 0.5, T being the sum of the positive
 * ranks of n values without ties or zeros; 0 where there is none. n is at most
 * SIGNED_RANK_EXACT_PAIRS. The k-th smallest Walsh average is then the lower confidence
 * limit at 1 - alpha, one-sided.
 */
size_t signed_rank_critical(size_t n, double alpha);
