/* Rounds: one commit measured by itself.
 *
 * Each round runs every bench once, in an order drawn anew, so that the machine's drift
 * spreads over all of them; a bench is left out of the later rounds once the median of
 * each of its judged rows is known well enough. Pure, and turned inside out as the
 * experiment is, whose trials it uses; the experiment's looks are not taken.
 *
 * A run by itself is a pair of which both sides are that run. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/experiment/experiment.h"

/* A bench gets at least so many runs that count, one that counts what repeats
 * TRIAL_COUNTED_PAIRS: the interval of fewer says little. */
#define ROUNDS_LEAST_RUNS 10
/* The median is known well enough when its 95 % interval is narrower than this part of
 * the row's margin. */
#define ROUNDS_PART_OF_MARGIN 0.5

struct rounds {
    struct experiment *experiment; /* borrowed */
    struct {
        size_t *items;
        size_t count;
        size_t capacity;
    } left;        /* trials that this round has yet to run, the next one last */
    size_t number; /* of the round, from 1 */
};
#define AUTO_ROUNDS AUTO(rounds_clear)
void rounds_clear(struct rounds *rounds);

/* What to run next. False when all is known, spent or failed, or elapsed_ns is past the
 * budget. */
bool rounds_next(struct rounds *rounds, int64_t elapsed_ns, struct order *order);

/* Takes in the run that was ordered; as experiment_record for groups. */
void rounds_record(struct rounds *rounds, size_t trial_index, const struct pair *pair);
