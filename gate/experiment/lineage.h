/* Commits and their parents, as numbers: the shape of a history, and nothing else of it.
 * Pure. { 0 } is none. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"

/* Parents come before their children. The last commit is the end of the history: all
 * others are among its ancestors. */
struct lineage {
    struct lineage_commit {
        size_t *parents; /* owned */
        size_t parent_count;
    } * items;
    size_t count;
    size_t capacity;
};
void lineage_clear(struct lineage *lineage);
#define AUTO_LINEAGE AUTO(lineage_clear)

/* Adds a commit; its parents, by their numbers, are there already. Copied. */
void lineage_add(struct lineage *lineage, const size_t *parents, size_t parent_count);

/* Sets marks (one a commit, all false before) of a commit and of its ancestors. */
void lineage_mark(const struct lineage *lineage, size_t commit, bool *marks);

/* For each commit the sum of the weights of itself and its ancestors. Takes time that
 * grows with the square of the commits where there are merges among them, else with
 * their number. */
void lineage_sum(const struct lineage *lineage, const double *weights, double *sums);
