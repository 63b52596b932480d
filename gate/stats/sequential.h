/* Looking at a row several times while its pairs come in, with one error rate for all
 * looks together.
 *
 * Planned looks are at 8, 10, 12, 15, 18, 22, 27, 33, 41, 51, 63, 78, 97, 121, ... pairs,
 * each a quarter more than the one before, and at max_pairs. Up to n pairs a row may
 * spend the share (n / max_pairs)^g of its error rate, where g is such that the first
 * look may spend 18 %: .61 for 135 pairs, 1.30 for 30. The boundaries follow from this
 * by counting (sign_walk.h): a row that is undecided after n pairs was, under fair coins,
 * exactly as likely to have been decided by then as the share allows, or less by one step
 * of the distribution. Looks beyond SIGN_WALK_PAIRS pairs take the signed-rank test
 * instead, each at the share that has become free since the look before (union bound).
 *
 * All this holds wherever one stops, as long as the time of stopping is not chosen by the
 * signs of d: a time budget is fine, because a pair takes equally long in either order.
 *
 * P-values come in steps, rounded up: 0.05, 0.01, 0.002, ... and 15 steps between two of
 * these, 1.106 times each other. A p-value is the step down to which the row would have
 * been decided at this error rate and at every larger one. */
#pragma once

#include <stddef.h>

#include "gate/stats/sign_walk.h"

/* The looks at one row. Made by sequential_init; the one struct here for which { 0 } is
 * not a valid value, since p-values begin at 1. */
struct sequential {
    size_t max_pairs;
    size_t seen;                   /* pairs at the last look, 0 before the first */
    size_t looks[SIGN_WALK_LOOKS]; /* up to SIGN_WALK_PAIRS pairs */
    size_t look_count;
    double weight;      /* sequential_weight() of the last look */
    double p_regressed; /* against "the change is at most the upper margin" */
    double p_ok;        /* against "the change is at least the upper margin" */
    double p_improved;  /* against "the change is at least the lower margin" */
};

enum sequential_state {
    SEQUENTIAL_UNDECIDED,
    SEQUENTIAL_REGRESSED,
    SEQUENTIAL_OK,
};

/* The planned look that follows n pairs: the smallest above n; max_pairs from there on.
 */
size_t sequential_next_look(size_t n, size_t max_pairs);

/* About the share of the error rate at which a planned look at n pairs decides by itself,
 * if all before it are taken; for detection limits. Looks close by each other mostly
 * cross together, so it is more than what has become free since the look before: it is
 * about what has become free over the last two, and for the first looks what the first
 * may spend, less the more pairs there are. So it comes out when boundaries for 20 to 500
 * pairs are counted. A row with one look has it all. */
double sequential_weight(size_t n, size_t max_pairs);

/* Nothing seen yet, all p-values 1. max_pairs is at least 1. */
void sequential_init(struct sequential *row, size_t max_pairs);

/* Looks at the first n pairs, planned or not (n neither less than at the look before nor
 * above max_pairs), and updates the p-values. There may be SIGN_WALK_LOOKS looks. For
 * each pair it is told how far the pair lies above the upper margin, and how far above
 * the lower one: 0 is right at it, and where larger is better, above is where head is
 * worse. Those seen before are expected to be the same. A second look at the same n
 * changes nothing. */
void sequential_look_beyond(struct sequential *row,
                            const double *above_upper,
                            const double *above_lower,
                            size_t n);

/* The same where one margin holds for all pairs: d are log ratios, ln(head) - ln(base),
 * with signs turned where larger is better; the margins are ln(1 + m) and ln(1 - m). */
void sequential_look(struct sequential *row,
                     const double *d,
                     size_t n,
                     double upper_margin_log,
                     double lower_margin_log);

/* Whether the row may stop, given the error rates that it has for itself (false_alarm
 * after Bonferroni). Regressed goes before ok, should both ever hold. */
enum sequential_state
sequential_decide(const struct sequential *row, double false_alarm, double miss);
