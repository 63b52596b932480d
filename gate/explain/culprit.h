/* The function that the difference is best told by. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "gate/explain/profile_pair.h"

/* How much of the difference one function must explain to be named alone. */
#define CULPRIT_SHARE 0.8
/* What explains more than this is made up for by others. */
#define CULPRIT_MORE_THAN_ALL 1.1

struct culprit {
    uint32_t item;     /* COSTS_NONE: no single function explains so much */
    double share;      /* of the whole difference */
    bool with_callees; /* the share is that of the function and all that it calls */
    bool is_edited;    /* and the change can be why: see below */
};

/* Looks for the function nearest to the cost (that with the smallest inclusive costs)
 * which explains at least CULPRIT_SHARE, by itself or with what it calls (with that too,
 * where its own part is more than all, and what it calls makes up for that): first among
 * those that the change edits, where its own code, a line that changed, or more calls
 * from it carry the difference; failing these, among all. In circles of calls only self
 * costs tell. */
struct culprit culprit_find(const struct profile_pair *pair);

/* The shares that all edited functions add up to, by their own costs. */
double culprit_edited_share(const struct profile_pair *pair);
