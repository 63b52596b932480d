/* How often each rule calls head slower, by the true change. */
#pragma once

#include <stddef.h>

#include "tests/bench/replay/deal.h"

enum {
    POWER_CHANGES = 6
};
extern const double power_changes[POWER_CHANGES]; /* 0, .01, .02, .03, .05, .1 */

struct power_row {
    const char *rule;
    const char *design;
    double share[POWER_CHANGES]; /* of the replays that called head slower */
    double runs;                 /* a side, the mean over all changes and replays */
};

struct power {
    size_t n; /* runs a side */
    size_t replays;
    size_t changes;          /* how many of power_changes were replayed, from the first */
    struct power_row *items; /* peers first, then pawl's */
    size_t count;
    size_t capacity;
};
#define AUTO_POWER AUTO(power_clear)

void power_clear(struct power *power);

/* Replays all rules with power->n runs a side, power->replays times for each of the first
 * power->changes. */
void power_fill(struct power *power, const struct view *view);
