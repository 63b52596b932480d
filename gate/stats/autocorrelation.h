/* How much of a value's deviation from its level is left in the next value's. */
#pragma once

#include <stddef.h>

#define AUTOCORRELATION_MOST 0.9
enum {
    AUTOCORRELATION_LEAST = 20 /* values; fewer say nothing */
};

/* phi of x_i - level = phi (x_(i-1) - level) + noise, where the level may jump now and
 * then. Two successive differences x_i - x_(i-1) are correlated by -(1 - phi) / 2, and a
 * jump is in one of them only; it is kept from counting by cutting all differences at
 * three times their median size. That differences show phi whatever the levels are is
 * from Chakar, Lebarbier, Levy-Leduc and Robin, "A robust approach for estimating
 * change-points in the mean of an AR(1) process", Bernoulli 23 (2017); their ratio of two
 * medians is twice as uncertain as this (standard error 3 instead of 1.4 over sqrt(n)).
 *
 * Half a standard error is taken off it: whoever makes up for an autocorrelation that is
 * not there overlooks changes (docs/evidence.md).
 *
 * Between 0 and AUTOCORRELATION_MOST: below 0 it does no harm here. 0 where there are
 * fewer than AUTOCORRELATION_LEAST values, or more than half of the differences are 0.
 * The values must be finite. */
double autocorrelation(const double *values, size_t n);
