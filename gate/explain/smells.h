/* What often makes programs slow, found by figures of the two profiles and of the rows,
 * never by how the source looks. docs/explain.md has the rules with their thresholds.
 *
 * Each rule is asked about head; one that also holds on base was there before the change.
 * A function is named once, by the first rule that holds of it. */
#pragma once

#include <stdbool.h>

#include "gate/experiment/pair.h"

struct costs;
struct explanation;
struct heap_sites;
struct profile_pair;
struct result;

/* { 0 } is of nothing. Borrowed. */
struct smell_evidence {
    const struct explanation *told;  /* with the files that were used; NULL: not known */
    const struct result *result;     /* its rows; NULL: none */
    const struct profile_pair *pair; /* finished, of both sides; NULL: not profiled */
    double n; /* how much a run of the bench does; NAN or 0: not known */
    const struct costs *other_costs[SIDE_COUNT]; /* finished, of the same benchmark at
                                                  * another size; NULL: not profiled */
    double other_n;
    const struct heap_sites
        *left; /* on the heap when a run of head ended; NULL: not known */
};

/* Whether it is worth a run under strace to learn which files are used: head opens, or
 * begins anew, far more often than base. */
bool smell_wants_files(const struct smell_evidence *evidence);

/* Likewise one that tells who allocated what is left on the heap: head keeps memory. */
bool smell_wants_heap(const struct smell_evidence *evidence);

/* Fills in the smells of the explanation, whose bench_id says of what. */
void smells_find(const struct smell_evidence *evidence, struct explanation *explanation);
