/* From a bench's pairs to what growth fits know of its size (gate/stats/growth.h), and
 * how much is allowed for what pairs don't show. Pure. */
#pragma once

#include <stdbool.h>

#include "gate/experiment/pair.h"
#include "gate/stats/growth.h"

/* What a metric is granted. */
struct growth_allowance {
    double drift_sd;   /* of a size's level, relative: the machine's speed between sizes,
                        * and programs that follow no power exactly */
    double build_sd;   /* of a size's difference: where two builds' code happens to lie */
    double least_rise; /* growth.h */
    double ceiling_tolerance; /* of exponents: what caches add when data outgrows them */
    double base_tolerance;    /* of the difference of exponents */
};
const struct growth_allowance *growth_allowance_of(enum metric metric);

/* Fewer pairs give no interval, unless both sides repeat their counts. */
enum {
    GROWTH_LEAST_PAIRS = 6
};

/* Fills all of the point but its size. False where too few pairs tell the metric. */
bool growth_point_of(const struct pairs *pairs,
                     enum metric metric,
                     struct growth_point *point);
