/* The decision rules of other tools, written anew from their descriptions, each with the
 * order in which the tool runs base and head. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "tests/bench/replay/draws.h"

/* How a tool deals consecutive runs to base and head. */
enum design {
    DESIGN_BLOCKS,     /* all of base, then all of head */
    DESIGN_ROUNDS,     /* half of base, half of head, then the other way round */
    DESIGN_ALTERNATE,  /* base head head base base head ... */
    DESIGN_BASE_FIRST, /* base head base head ... */
    DESIGN_COUNT
};
const char *design_name(enum design design);

/* Whether the run at index of 2 n is head's. */
bool design_is_head(enum design design, size_t index, size_t n);

/* n runs a side, as they were dealt. */
struct sides {
    const double *base;
    const double *head;
    size_t n;
};

struct peer {
    const char *name;
    enum design design;
    /* Does the tool call head slower? parameter is the row's in the table. */
    bool (*cries)(const struct sides *sides, double parameter, struct draws *draws);
    double parameter;
};

size_t peers_count(void);
const struct peer *peers_at(size_t index);
