/* One error rate for the rows of a gate together. */
#pragma once

#include <stddef.h>

/* Holm's adjusted p-values of p[0 .. n-1], in the same order, into adjusted (which may be
 * p itself). Rejecting what is at most alpha makes any false rejection at all have at
 * most the probability alpha, however the rows hang together. */
void holm_adjust(const double *p, size_t n, double *adjusted);

/* What the p-value of one of n >= 1 rows has to reach to survive Holm's correction
 * whatever the other rows show: alpha / n. */
double holm_bonferroni_threshold(double alpha, size_t n);
