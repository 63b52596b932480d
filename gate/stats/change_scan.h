/* Does the level of a series change somewhere, and where? One place at most; who looks
 * for more splits there and looks again (change_points.h).
 *
 * The statistic. The n values are replaced by their ranks (equal values by the mean of
 * theirs), so that no outlier counts for more than being the largest. In a window of l
 * values, split after the first t, the ranks' means differ by
 *
 *     C = |mean of the first t - mean of the others| sqrt(t (l - t) / l) / s
 *
 * where s is the ranks' standard deviation over the whole series: the standardised rank
 * sum of Wilcoxon, whose largest value over t, with the window being the series, is the
 * statistic of Pettitt, "A non-parametric approach to the change-point problem", Applied
 * Statistics 28 (1979). A change that was soon undone hardly shows in that; so windows of
 * n, n/2, n/4, ... values are looked at too, each a quarter of its length from the last:
 * Kovacs, Buehlmann, Li and Munk, "Seeded binary segmentation", Biometrika 110 (2023).
 * There are more short windows than long ones, and the largest C of many is large by
 * chance; sqrt(2 ln(e n / l)) is taken off, after Duembgen and Spokoiny, "Multiscale
 * testing of qualitative hypotheses", Annals of Statistics 29 (2001). The scan's value is
 * the largest of C less that. O(n log n).
 *
 * The p-value. Without a change every order of the values is equally likely. So they are
 * shuffled, permutations times, and p is the share of orders whose value is at least the
 * one seen, that itself counted in: exact, however the values are distributed (Phipson
 * and Smyth, "Permutation p-values should never be zero", 2010). Shuffling ends as soon
 * as p must come out above alpha (Besag and Clifford, "Sequential Monte Carlo p-values",
 * Biometrika 78 (1991)). */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct change_scan_rule {
    size_t least_segment; /* values on either side of a change, at least 1 */
    size_t permutations;
    double alpha;
    uint64_t seed;
};

struct change_scan {
    size_t split; /* how many values lie before the change; 0: too few to look */
    double value; /* the statistic */
    double p;     /* exact at up to alpha; above it, a rough idea; 1 without a split */
};

/* Scans n finite values. The shuffles are functions of seed and stream alone. */
struct change_scan change_scan(const double *values,
                               size_t n,
                               const struct change_scan_rule *rule,
                               uint64_t stream);

/* The ranks of n values, twice over and less their mean, so that they are whole numbers
 * that add up to 0: 2 rank - n - 1. The caller's. */
double *change_scores(const double *values, size_t n) __attribute__((warn_unused_result));
