/* Looking at a row several times while its pairs come in, with one error rate for all
 * looks together.
 *
 * Planned looks are at 8, 12, 18, 27, 40, 60, 90, 135, ... pairs, each 1.5 times the one
 * before, and at max_pairs. Up to n pairs a row may spend the share sqrt(n / max_pairs)
 * of its error rate; a look gets what has become free since the last one, as its weight.
 * The p-value of the row is the least p / weight of its looks. By the union bound it
 * holds wherever one stops, as long as the time of stopping is not chosen by the signs of
 * d: a time budget is fine, because a pair takes equally long in either order. */
#pragma once

#include <stddef.h>

/* The looks at one row. Made by sequential_init; the one struct here for which { 0 } is
 * not a valid value, since p-values begin at 1. */
struct sequential {
    size_t max_pairs;
    size_t seen;        /* pairs at the last look, 0 before the first */
    double weight;      /* what the last look got of the error rate, 0 .. 1 */
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

/* The weight of the last planned look, at max_pairs, if all before it are taken. */
double sequential_last_weight(size_t max_pairs);

/* Nothing seen yet, all p-values 1. max_pairs is at least 1. */
void sequential_init(struct sequential *row, size_t max_pairs);

/* Looks at the first n pairs, planned or not (n neither less than at the look before nor
 * above max_pairs), and updates the p-values. d are log ratios, ln(head) - ln(base), with
 * signs turned where larger is better. The margins are ln(1 + m) and ln(1 - m). A second
 * look at the same n changes nothing. */
void sequential_look(struct sequential *row,
                     const double *d,
                     size_t n,
                     double upper_margin_log,
                     double lower_margin_log);

/* Whether the row may stop, given the error rates that it has for itself (false_alarm
 * after Bonferroni). Regressed goes before ok, should both ever hold. */
enum sequential_state
sequential_decide(const struct sequential *row, double false_alarm, double miss);
