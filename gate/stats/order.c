#include "gate/stats/order.h"

#include <assert.h>
#include <math.h>

#include "gate/stats/distribution.h"

static double second_less_first(const double *d, const bool *is_head_first, size_t i)
{
    assert(isfinite(d[i]));
    return is_head_first[i] ? -d[i] : d[i];
}

struct order_bias
order_bias_of(const double *d, const bool *is_head_first, size_t n, double confidence)
{
    assert(confidence > 0 && confidence < 1);

    struct order_bias bias = { .interval = { .low = -HUGE_VAL, .high = HUGE_VAL } };
    for (size_t i = 0; i < n; i++)
        bias.mean += second_less_first(d, is_head_first, i) / (double)n;
    if (n < 2)
        return bias;

    double squares = 0;
    for (size_t i = 0; i < n; i++) {
        double deviation = second_less_first(d, is_head_first, i) - bias.mean;
        squares += deviation * deviation;
    }
    double df = (double)n - 1;
    double standard_error = sqrt(squares / df / (double)n);
    double half = student_quantile((1 + confidence) / 2, df) * standard_error;
    bias.interval =
        (struct interval){ .low = bias.mean - half, .high = bias.mean + half };
    return bias;
}
