#include "gate/experiment/lineage.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"

void lineage_clear(struct lineage *lineage)
{
    for (size_t i = 0; i < lineage->count; i++)
        free(lineage->items[i].parents);
    array_clear(lineage);
}

void lineage_add(struct lineage *lineage, const size_t *parents, size_t parent_count)
{
    struct lineage_commit *added = array_push(lineage);
    added->parents = xcalloc(parent_count, sizeof *added->parents);
    added->parent_count = parent_count;
    for (size_t i = 0; i < parent_count; i++)
        added->parents[i] = parents[i];
}

/* Children come after their parents, so that one walk backwards meets them all. */
void lineage_mark(const struct lineage *lineage, size_t commit, bool *marks)
{
    marks[commit] = true;
    for (size_t i = commit + 1; i-- > 0;) {
        const struct lineage_commit *at = &lineage->items[i];
        for (size_t p = 0; marks[i] && p < at->parent_count; p++)
            marks[at->parents[p]] = true;
    }
}

static double
sum_of(const struct lineage *lineage, size_t commit, const double *weights, bool *marks)
{
    double sum = 0;
    memset(marks, 0, lineage->count * sizeof *marks);
    lineage_mark(lineage, commit, marks);
    for (size_t i = 0; i <= commit; i++)
        sum += marks[i] ? weights[i] : 0;
    return sum;
}

void lineage_sum(const struct lineage *lineage, const double *weights, double *sums)
{
    AUTO_FREE bool *marks = xcalloc(lineage->count, sizeof *marks);
    bool is_line = true;
    for (size_t i = 0; i < lineage->count; i++) {
        const struct lineage_commit *at = &lineage->items[i];
        is_line = is_line && at->parent_count <= 1;
        if (!is_line)
            sums[i] = sum_of(lineage, i, weights, marks);
        else
            sums[i] = weights[i] + (at->parent_count ? sums[at->parents[0]] : 0);
    }
}
