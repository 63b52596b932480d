/* Who measures what, where several share the work. Pure. */
#pragma once

#include <stddef.h>

/* What stays together. */
struct deal_unit {
    double weight; /* how long it takes, in any unit */
    size_t share;  /* 0 .. shares - 1: out */
};

/* The heaviest first, each to the share that has the least so far, and of equals to the
 * first (Graham's LPT rule: the longest share takes at most 4/3 of what the best deal
 * would; "Bounds on multiprocessing timing anomalies", SIAM J. Appl. Math. 17, 1969). A
 * function of the weights and their order alone. shares is at least 1. */
void deal(struct deal_unit *units, size_t count, size_t shares);
