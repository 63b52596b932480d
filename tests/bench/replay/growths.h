/* What gates say of growth where it is known: the runs of a stream, made as long as they
 * would be at each size. */
#pragma once

#include <stddef.h>

#include "tests/bench/replay/deal.h"

/* y = fixed + (1 - fixed) (n / largest)^power, at sizes that grow by ratio. */
struct growths_spec {
    double base_power;
    double head_power;
    double fixed; /* share of the largest size's value */
    double ratio;
    size_t sizes;
    size_t replays;
};

/* Shares of the replays. */
struct growths {
    double faster; /* as a gate of this one benchmark says it, ceiling O(n) */
    double above;
    double ok;
    double regressed;          /* a row of the three sizes did */
    double faster_5, above_5;  /* refuted at 5 % each, not shared */
    double exponent, error_sd; /* of head: mean, and scatter about it */
    double covered;            /* head's power lies in its 95 % interval */
    double difference_covered; /* and head's less base's in that one */
    double pairs;              /* of all sizes together */
};

struct growths growths_replay(const struct view *view, const struct growths_spec *spec);
