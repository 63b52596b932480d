/* How far off the estimated change is where nothing changed, by the order of the runs and
 * by what is taken for the change. */
#pragma once

#include <stddef.h>

#include "tests/bench/replay/deal.h"

enum {
    DESIGN_ESTIMATES = 5
};

struct design_estimate {
    const char *name;
    double sd; /* of ln(head / base) as estimated, over the replays */
};

/* Fills estimates from replays of n runs a side. */
void designs_compare(const struct view *view,
                     size_t n,
                     size_t replays,
                     struct design_estimate estimates[DESIGN_ESTIMATES]);
