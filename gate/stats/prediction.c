#include "gate/stats/prediction.h"

#include <assert.h>
#include <math.h>

#include "gate/stats/distribution.h"

/* sqrt is of 1 + 1/n: the new one's own spread, and that of the mean. */
struct prediction
prediction_of(const double *stored, size_t n, double value, double extra)
{
    assert(n >= 2 && extra >= 0);

    double mean = 0;
    for (size_t i = 0; i < n; i++)
        mean += (stored[i] - mean) / (double)(i + 1);
    double squares = 0;
    for (size_t i = 0; i < n; i++)
        squares += (stored[i] - mean) * (stored[i] - mean);
    double variance = squares / (double)(n - 1);
    return (struct prediction){
        .change = value - mean,
        .sd = sqrt(variance),
        .se = sqrt(variance * (1 + 1 / (double)n) + extra),
        .df = fmin((double)(n - 1), PREDICTION_MOST_DF),
    };
}

double prediction_median_variance(double sd, size_t runs)
{
    assert(runs > 0);

    const double half_pi = acos(0);
    return half_pi * sd * sd / (double)runs;
}

double prediction_p_above(const struct prediction *prediction, double bound)
{
    double distance = prediction->change - bound;
    if (prediction->se <= 0)
        return distance > 0 ? 0 : 1;
    return student_upper(distance / prediction->se, prediction->df);
}

double prediction_p_below(const struct prediction *prediction, double bound)
{
    const struct prediction mirrored = { .change = -prediction->change,
                                         .se = prediction->se,
                                         .df = prediction->df };
    return prediction_p_above(&mirrored, -bound);
}

struct interval prediction_interval(const struct prediction *prediction,
                                    double confidence)
{
    double half = prediction->se * student_quantile((1 + confidence) / 2, prediction->df);
    return (struct interval){ prediction->change - half, prediction->change + half };
}

double prediction_detectable(const struct prediction *prediction,
                             double bound,
                             double alpha,
                             double power)
{
    return bound + prediction->se * (student_quantile(1 - alpha, prediction->df) +
                                     student_quantile(power, prediction->df));
}
