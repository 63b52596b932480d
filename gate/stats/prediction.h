/* A new measurement against earlier ones of other days.
 *
 * Each stored session gives one number, the logarithm of its median; the new session
 * gives one more. Between sessions a machine's speed differs by several percent, so what
 * the new one is held against is the spread of the stored ones: the prediction interval
 * for one more observation (Hahn and Meeker, Statistical Intervals, 1991, section 4.2),
 *
 *     (x - mean - change) / (s sqrt(1 + 1/n))  ~  Student's t.
 *
 * The degrees of freedom are n - 1, but at most PREDICTION_MOST_DF: sessions have heavier
 * tails than a normal distribution, and a test in the far tail of t(19) trusts that they
 * have not. With four, the tails of t are as heavy as those that were measured
 * (docs/evidence.md, stored baselines). */
#pragma once

#include <stddef.h>

#include "gate/stats/interval.h"

enum {
    PREDICTION_LEAST = 5, /* stored sessions */
    PREDICTION_MOST_DF = 4
};

struct prediction {
    double change; /* of logarithms: the new one less the mean of the stored ones */
    double sd;     /* between the stored ones */
    double se;     /* of the change: sd sqrt(1 + 1/n), and what the new one adds */
    double df;
};

/* stored: n >= 2 logarithms. extra: by how much the variance of the new one is larger
 * than that of each stored one for having fewer or noisier runs, >= 0. */
struct prediction
prediction_of(const double *stored, size_t n, double value, double extra);

/* The variance of a median of so many runs whose logarithms have this standard deviation:
 * pi/2 sd^2 / runs, that of normal values. */
double prediction_median_variance(double sd, size_t runs);

/* P-values of one-sided tests: against "the change is at most bound", and against "at
 * least bound". 0 or 1 where nothing is spread; 1 at the bound itself. */
double prediction_p_above(const struct prediction *prediction, double bound);
double prediction_p_below(const struct prediction *prediction, double bound);

/* The prediction interval of the change. */
struct interval prediction_interval(const struct prediction *prediction,
                                    double confidence);

/* The smallest true change that a test against bound at alpha finds with this power. */
double prediction_detectable(const struct prediction *prediction,
                             double bound,
                             double alpha,
                             double power);
