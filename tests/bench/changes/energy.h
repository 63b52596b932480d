/* The energy distance of Matteson and James (2014), alpha 1, by which E-divisive and
 * Hunter choose where to split: written from the paper, for comparison only. */
#pragma once

#include <stddef.h>

struct energy_split {
    size_t split; /* values before it; 0: the part is too short */
    double q;
};

/* The split of n values, with at least least on its left and in the right part up to
 * some kappa, at which q is largest. O(n^2) time and memory. */
struct energy_split energy_best_split(const double *values, size_t n, size_t least);
