#include "tests/bench/changes/energy.h"

#include <math.h>

#include "gate/base/alloc.h"

/* sums[k * n + t]: the distances of the k-th value to the first t, t up to k. */
static double *distances(const double *values, size_t n)
{
    double *sums = xcalloc(n * n + 1, sizeof *sums);
    for (size_t k = 0; k < n; k++) {
        for (size_t t = 0; t < k; t++)
            sums[k * n + t + 1] = sums[k * n + t] + fabs(values[k] - values[t]);
    }
    return sums;
}

static double pairs_of(double n)
{
    return n > 1 ? n * (n - 1) / 2 : 1;
}

struct energy_split energy_best_split(const double *values, size_t n, size_t least)
{
    AUTO_FREE double *sums = distances(values, n);
    struct energy_split best = { 0, -(double)INFINITY };
    double left = 0;
    for (size_t tau = 1; tau + least <= n; tau++) {
        left += sums[(tau - 1) * n + tau - 1];
        double right = 0;
        double between = 0;
        for (size_t k = tau; tau >= least && k < n; k++) {
            between += sums[k * n + tau];
            right += sums[k * n + k] - sums[k * n + tau];
            double x = (double)tau;
            double y = (double)(k + 1 - tau);
            if (k + 1 - tau < least)
                continue;
            double e = 2 * between / (x * y) - left / pairs_of(x) - right / pairs_of(y);
            if (x * y / (x + y) * e > best.q)
                best = (struct energy_split){ tau, x * y / (x + y) * e };
        }
    }
    return best;
}
