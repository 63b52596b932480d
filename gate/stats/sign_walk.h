/* The sums that fair coins make of the pairs so far, look by look, and how likely it is
 * that they go beyond a boundary at any of the looks.
 *
 * Each pair gets a score, once: the rank of its distance from shift among all distances
 * up to the first look that sees the pair, cut into SIGN_WALK_LEVELS levels. The sum of
 * the scores of one sign then grows from look to look by steps that don't depend on each
 * other, whatever the distances are. So the chance to have crossed at this look or at one
 * before is counted exactly, where for Wilcoxon's sums, which rank everything anew at
 * each look, it could only be bounded or simulated. Zeros are ranked and score nothing.
 *
 * Both signs are watched: above, "d lies above shift", and below. Evidence for a sign is
 * that the scores of the other one sum up to little. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum {
    SIGN_WALK_LEVELS = 32,
    SIGN_WALK_PAIRS = 500, /* at most: time grows with their square */
    SIGN_WALK_LOOKS = 96
};

enum sign {
    SIGN_ABOVE,
    SIGN_BELOW,
    SIGN_COUNT
};

struct sign_walk {
    size_t look_count;
    size_t ends[SIGN_WALK_LOOKS]; /* pairs at each look */
    size_t against[SIGN_COUNT];   /* the sum of the scores of the other sign */
    size_t scores[SIGN_WALK_PAIRS];
};

/* Looks at d[0 .. ends[0]-1], d[0 .. ends[1]-1], ...; ends ascend strictly, from at least
 * 1 to at most SIGN_WALK_PAIRS. Values and shift must be finite. */
void sign_walk_init(struct sign_walk *walk,
                    const double *d,
                    double shift,
                    const size_t *ends,
                    size_t look_count);

/* The p-value of the last look by itself: the probability that fair coins leave as little
 * against the sign as was seen. */
double sign_walk_tail(const struct sign_walk *walk, enum sign sign);

/* Whether the last look has crossed the boundary for which fair coins cross with the
 * probability level * share[i] at most up to look i. Each look's boundary is the farthest
 * that this allows, given the boundaries before: what they left unspent, because sums
 * come in steps, goes to the looks after. level is below 1; share ascends from above 0 to
 * at most 1. A last look whose tail is at most level times the growth of share crosses in
 * any case, and one whose tail is above level * share doesn't. */
bool sign_walk_crosses(const struct sign_walk *walk,
                       enum sign sign,
                       double level,
                       const double *share);
