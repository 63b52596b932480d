/* Noise for simulations: seeded, drawn anew by index. */
#pragma once

#include <stdint.h>

/* Normal with standard deviation 1. */
double noise_normal(uint64_t seed, uint64_t index);

/* A fair coin: -1 or 1. */
double noise_sign(uint64_t seed, uint64_t index);

/* What a bad machine does to the distance between two neighbouring runs, never negative:
 * its scale drifts by a factor of twenty, a tenth is a burst of outliers, and a third is
 * counted in coarse ticks, so that there are ties and zeros. */
double noise_nasty_magnitude(uint64_t seed, uint64_t index);
