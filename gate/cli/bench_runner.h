/* What runs one side of a bench: the seam between the gate and the machine. The real one
 * starts processes; tests have a scripted one. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/experiment/pair.h"

struct error;

struct bench_runner {
    /* Runs both sides of bench number `bench` in the order that pair says, and fills
     * pair's sides and discard. However the runs end is a result; -1 only for trouble of
     * ours and interruptions. */
    int (*run_pair)(struct bench_runner *self,
                    size_t bench,
                    struct pair *pair,
                    struct error *err);
    /* Why the last pair (made by run_pair or share_pair) failed, where the ends of its
     * runs do not tell (a hook failed, or what a run tells of itself can't be
     * understood): a sentence, borrowed until the next pair, or NULL. The function may be
     * NULL. */
    const char *(*failure)(struct bench_runner *self);
    /* Of the pair that run_pair ran last, makes the pair of another bench of its group
     * by putting that bench's readings in. Never called where there are no groups. */
    void (*share_pair)(struct bench_runner *self, size_t bench, struct pair *pair);
    /* A clock for the budget, in nanoseconds; only differences mean anything. */
    int64_t (*now_ns)(struct bench_runner *self);
};
