/* Order bias: is the second run of a pair faster or slower than the first? */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/stats/interval.h"

struct order_bias {
    double mean;              /* of ln(second) - ln(first); 0 without pairs */
    struct interval interval; /* Student's t; unbounded below 2 pairs */
};

/* The bias over n pairs with log ratios d = ln(head) - ln(base) and the order that the
 * coin dealt to each. The coin keeps the bias out of the verdicts; it is shown because it
 * tells of something that the first run leaves to the second (caches, clock speed). */
struct order_bias
order_bias_of(const double *d, const bool *is_head_first, size_t n, double confidence);
