#include "gate/stats/autocorrelation.h"

#include <math.h>

#include "gate/base/alloc.h"
#include "gate/stats/robust.h"

#define CUT     3.0 /* in medians of the differences' sizes */
#define CAUTION 0.7 /* half a standard error, times sqrt(n) */

static double typical_size(const double *differences, size_t n)
{
    AUTO_FREE double *sizes = xcalloc(n, sizeof *sizes);
    for (size_t i = 0; i < n; i++)
        sizes[i] = fabs(differences[i]);
    return robust_median(sizes, n);
}

double autocorrelation(const double *values, size_t n)
{
    if (n < AUTOCORRELATION_LEAST)
        return 0;
    AUTO_FREE double *d = xcalloc(n - 1, sizeof *d);
    for (size_t i = 0; i + 1 < n; i++)
        d[i] = values[i + 1] - values[i];
    double cut = CUT * typical_size(d, n - 1);
    if (!(cut > 0))
        return 0;

    double squares = 0;
    double products = 0;
    for (size_t i = 0; i + 1 < n; i++) {
        d[i] = fmin(fmax(d[i], -cut), cut);
        squares += d[i] * d[i];
        products += i ? d[i] * d[i - 1] : 0;
    }
    double correlation = products / squares * (double)(n - 1) / (double)(n - 2);
    double phi = 1 + 2 * correlation - CAUTION / sqrt((double)n);
    return fmin(fmax(phi, 0), AUTOCORRELATION_MOST);
}
