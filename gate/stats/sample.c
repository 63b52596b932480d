#include "gate/stats/sample.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

double *sample_sorted(const double *values, size_t n)
{
    double *sorted = xcalloc(n ? n : 1, sizeof *sorted);
    for (size_t i = 0; i < n; i++) {
        assert(isfinite(values[i]));
        sorted[i] = values[i];
    }
    qsort(sorted, n, sizeof *sorted, compare_doubles);
    return sorted;
}
