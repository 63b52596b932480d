/* pawl's own rule for one row, through the code that the gate runs. */
#pragma once

#include <stddef.h>

#include "gate/stats/sequential.h"

struct pawl_rule {
    double margin; /* 0.02 is 2 % */
    size_t rows;   /* of the gate: they share the false-alarm rate */
    size_t max_pairs;
    double false_alarm; /* of the gate; 0: PAWL_FALSE_ALARM */
};

#define PAWL_FALSE_ALARM 0.01
#define PAWL_MISS        0.05

struct pawl_answer {
    enum sequential_state state; /* SEQUENTIAL_UNDECIDED: inconclusive */
    size_t pairs;                /* looked at when it stopped */
};

/* Looks at d (max_pairs of them) as a gate would, until the row is decided. */
struct pawl_answer pawl_judge(const struct pawl_rule *rule, const double *d);
