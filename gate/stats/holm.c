#include "gate/stats/holm.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"

struct place {
    double p;
    size_t index;
};

static int compare_places(const void *a, const void *b)
{
    const struct place *x = a;
    const struct place *y = b;
    return (x->p > y->p) - (x->p < y->p);
}

void holm_adjust(const double *p, size_t n, double *adjusted)
{
    AUTO_FREE struct place *places = xcalloc(n ? n : 1, sizeof *places);
    for (size_t i = 0; i < n; i++) {
        assert(p[i] >= 0 && p[i] <= 1);
        places[i] = (struct place){ .p = p[i], .index = i };
    }
    qsort(places, n, sizeof *places, compare_places);

    /* The i-th smallest competes with the n - i that are left, and is never said to be
     * better than one that is smaller. */
    double highest = 0;
    for (size_t i = 0; i < n; i++) {
        highest = fmax(highest, places[i].p * (double)(n - i));
        adjusted[places[i].index] = fmin(1, highest);
    }
}

double holm_bonferroni_threshold(double alpha, size_t n)
{
    assert(n > 0);

    return alpha / (double)n;
}
