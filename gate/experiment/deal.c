#include "gate/experiment/deal.h"

#include <stdbool.h>
#include <stdlib.h>

#include "gate/base/alloc.h"

struct place {
    double weight;
    size_t index;
};

static int compare_places(const void *a, const void *b)
{
    const struct place *x = a;
    const struct place *y = b;
    if (x->weight < y->weight || x->weight > y->weight)
        return x->weight < y->weight ? 1 : -1;
    return (x->index > y->index) - (x->index < y->index);
}

static size_t least(const double *loads, const size_t *counts, size_t shares)
{
    size_t found = 0;
    for (size_t i = 1; i < shares; i++) {
        bool is_equal = !(loads[i] < loads[found]) && !(loads[i] > loads[found]);
        if (loads[i] < loads[found] || (is_equal && counts[i] < counts[found]))
            found = i;
    }
    return found;
}

void deal(struct deal_unit *units, size_t count, size_t shares)
{
    AUTO_FREE struct place *places = xcalloc(count + 1, sizeof *places);
    AUTO_FREE double *loads = xcalloc(shares, sizeof *loads);
    AUTO_FREE size_t *counts = xcalloc(shares, sizeof *counts);
    for (size_t i = 0; i < count; i++)
        places[i] = (struct place){ units[i].weight, i };
    qsort(places, count, sizeof *places, compare_places);
    for (size_t i = 0; i < count; i++) {
        size_t share = least(loads, counts, shares);
        units[places[i].index].share = share;
        loads[share] += places[i].weight;
        counts[share]++;
    }
}
