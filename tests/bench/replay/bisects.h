/* Whole bisections played on a stream: which commit costs what is known, each comparison
 * that is ordered takes its runs from the stream. */
#pragma once

#include <stddef.h>

#include "tests/bench/replay/deal.h"

enum {
    BISECTS_COMMITS = 64,
    BISECTS_STEPS = 8
};

struct bisects_spec {
    const char *name;            /* what lies between good and bad */
    double steps[BISECTS_STEPS]; /* each at a commit of its own, drawn; 0: no more */
    double slope;                /* and over all commits together, in equal parts */
    size_t broken;               /* commits that can't be built: those asked for first */
    size_t replays;
};

/* Shares of the replays. */
struct bisects {
    double found;       /* one commit was named */
    double right;       /* it has a step */
    double largest;     /* it has the largest one */
    double wrong;       /* it has none */
    double range;       /* several were named */
    double range_right; /* a step among them */
    double gave_up;     /* no single commit, or the ends undecided */
    double same;        /* no difference */
    double stated;      /* mean probability of being right, where one was named */
    double comparisons; /* mean, of those that were not stopped at once */
    double most;        /* of them */
    double pairs;       /* mean */
};

struct bisects bisects_replay(const struct view *view, const struct bisects_spec *spec);

/* Many of them, as a table. */
void bisects_print(const char *title, const struct view *view, size_t replays);
