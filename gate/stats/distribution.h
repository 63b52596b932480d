/* The distributions that the rules need: normal, Student's t, binomial. */
#pragma once

#include <stddef.h>

/* P(Z >= z) for a standard normal Z, accurate far out in the tail. */
double normal_upper(double z);

/* The z with P(Z <= z) = p, 0 < p < 1. */
double normal_quantile(double p);

/* P(T >= t) for Student's t with df degrees of freedom, df > 0. */
double student_upper(double t, double df);

/* The t with P(T <= t) = p, 0 < p < 1. */
double student_quantile(double p, double df);

/* P(X <= k) for X binomial with n trials of probability p, 0 < p < 1. */
double binomial_lower(size_t k, size_t n, double p);
