#include "gate/stats/detection.h"

#include <assert.h>
#include <math.h>

#include "gate/stats/distribution.h"
#include "gate/stats/sequential.h"

enum {
    ROUNDS = 6 /* the last changes a number of pairs by less than one in a hundred */
};

/* Beyond this, the weight of the last look hardly changes, and nobody counts. */
#define MOST_PAIRS 1e9

/* A row is called regressed when the lower confidence limit at alpha lies above the
 * margin, that is, when the estimate exceeds the margin by the half width, z(alpha)
 * standard errors. A true change that lies z(power) standard errors further up does so
 * with probability DETECTION_POWER (Noether, "Sample size determination for some common
 * nonparametric tests", JASA 1987, with the standard error taken from the width). */

/* The variance of the Hodges-Lehmann estimate for normal noise is pi/3 times that of the
 * mean (Hodges and Lehmann, "The efficiency of some nonparametric competitors of the
 * t-test", 1956). */
static const double variance_over_mean = 1.0471975511965976;

/* Even without noise, n values of one sign have the p-value 2^-n. */
static double least_pairs(double alpha)
{
    return ceil(-log2(alpha));
}

/* How many standard errors above the margin a change has to lie, to be found beyond it at
 * alpha with probability DETECTION_POWER. */
static double standard_errors_needed(double alpha)
{
    return normal_quantile(DETECTION_POWER) - normal_quantile(alpha);
}

double detection_limit(double half_width, double alpha, double margin_log)
{
    assert(half_width >= 0);
    assert(alpha > 0 && alpha < 0.5);

    double standard_error = half_width / -normal_quantile(alpha);
    return margin_log + standard_errors_needed(alpha) * standard_error;
}

double detection_limit_at(size_t n, double sd, double margin_log, double alpha)
{
    assert(sd >= 0);
    assert(alpha > 0 && alpha < 0.5);

    if ((double)n < least_pairs(alpha))
        return HUGE_VAL;
    double standard_error = sd * sqrt(variance_over_mean / (double)n);
    return margin_log + standard_errors_needed(alpha) * standard_error;
}

double
detection_pairs_needed(double estimate_log, double sd, double margin_log, double alpha)
{
    assert(isfinite(estimate_log) && isfinite(margin_log));
    assert(sd >= 0);
    assert(alpha > 0 && alpha < 0.5);

    double distance = fabs(estimate_log - margin_log);
    if (!(distance > 0))
        return HUGE_VAL;
    double ratio = standard_errors_needed(alpha) * sd / distance;
    return fmax(least_pairs(alpha), ceil(variance_over_mean * ratio * ratio));
}

double detection_pairs_with_looks(double estimate_log,
                                  double sd,
                                  double margin_log,
                                  double alpha)
{
    double pairs = detection_pairs_needed(estimate_log, sd, margin_log, alpha);
    for (int i = 0; i < ROUNDS && pairs < MOST_PAIRS; i++) {
        double weight = sequential_weight((size_t)pairs, (size_t)pairs);
        pairs = detection_pairs_needed(estimate_log, sd, margin_log, alpha * weight);
    }
    return pairs;
}

double detection_look_needed(
    double estimate_log, double sd, double margin_log, double alpha, size_t max_pairs)
{
    for (size_t look = 0; look < max_pairs;) {
        look = sequential_next_look(look, max_pairs);
        double spent = alpha * sequential_weight(look, max_pairs);
        if (detection_pairs_needed(estimate_log, sd, margin_log, spent) <= (double)look)
            return (double)look;
    }
    return detection_pairs_with_looks(estimate_log, sd, margin_log, alpha);
}
