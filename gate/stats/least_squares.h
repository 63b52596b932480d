/* Nonlinear least squares in a box: the smallest sum of squared residuals over parameters
 * that each stay within bounds (Levenberg 1944, Marquardt 1963; parameters at a bound
 * that the next step would leave are held there). Residuals are already divided by their
 * standard deviations. For problems of a few parameters whose residuals are smooth. */
#pragma once

#include <stddef.h>

enum {
    LEAST_SQUARES_PARAMETERS = 4 /* at most */
};

struct least_squares {
    size_t parameter_count;
    size_t residual_count;
    double low[LEAST_SQUARES_PARAMETERS]; /* finite; low == high holds a parameter */
    double high[LEAST_SQUARES_PARAMETERS];
    void (*residuals)(const void *context, const double *parameters, double *residuals);
    const void *context;
};

/* Moves parameters (a start within the box) to a minimum near them and returns the sum of
 * squares there, which is never above the start's. */
double least_squares_fit(const struct least_squares *problem, double *parameters);
