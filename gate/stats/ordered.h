/* Doubles as integers that ascend with them: bisection over these ends, after 64 steps at
 * most, at exactly the wanted double, whatever the scale of the data. */
#pragma once

#include <stdint.h>

/* NaN has no place in the order. */
uint64_t ordered_from(double value);
/* The way back. */
double ordered_value(uint64_t order);
