/* pawl's verdicts on one row, by the true change. */
#pragma once

#include <stddef.h>

#include "tests/bench/replay/deal.h"
#include "tests/bench/replay/pawl_rule.h"
#include "tests/bench/replay/power.h"

/* Shares of the replays. */
struct verdicts {
    double regressed;
    double ok;
    double inconclusive;
    double pairs; /* the mean */
};

struct verdicts verdicts_of(const struct view *view,
                            const struct pawl_rule *rule,
                            double change,
                            size_t replays);
