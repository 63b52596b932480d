/* How far each pair lies beyond the margin of its row.
 *
 * A margin says what head may be, given base: up to the larger of base * (1 + share) and
 * base + floor. Each pair is measured against its own base: where head is as slow as it
 * may be, that is, head is to base as its margin allows, base and head of a pair could
 * change places without changing how far it lies from the margin, but for the sign. So
 * the coin makes the tests exact there, as it does without a margin. One margin for all
 * pairs, made from the floor and the median of base, would not: where base takes 10 MiB
 * in one half of the pairs and 100 MiB in the other, 5 MiB more are +50 % and +5 %, and
 * the first half lies far beyond the +9 % that the median gives, the second a little
 * below.
 */
#pragma once

#include <stddef.h>

#include "gate/config/config.h"
#include "gate/experiment/pair.h"

/* The two ends of a margin. */
enum bound {
    BOUND_UPPER, /* beyond it, head is worse */
    BOUND_LOWER  /* below it, head is better */
};

/* The level that lies at the bound of a margin, given base's: the larger of level * (1 +
 * share) and level + floor, or the smaller of level * (1 - share) and level - floor, but
 * a hundredth of it at least: a margin of 100 % or more has no lower end. Where larger is
 * better, it is the other way round: base's that lies there, given head's. */
double margin_bound(const struct margin *margin, enum bound bound, double level);

/* For all pairs that count, in their order, how far above the bound they lie, as a log:
 * ln(head / bound of base). Fills out, which has room for pairs->count, and returns how
 * many; all must tell the metric. */
size_t pairs_above(const struct pairs *pairs,
                   enum metric metric,
                   const struct margin *margin,
                   enum bound bound,
                   double *out);
