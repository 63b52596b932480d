/* The surroundings of a pair, watched while it runs, and whether they are evidence enough
 * to throw it away. */
#pragma once

#include "gate/experiment/pair.h"
#include "runners/environment_watch.h"
#include "runners/process.h"

/* Zeroed is a valid new one of the real machine. */
struct pair_watch {
    struct environment_watch environment; /* root NULL: the real machine */
};

/* cpu: where the pair's runs are pinned to, or PROCESS_ANY_CPU. own_ns: CPU time of the
 * spawners that run them, and of all that these ran. */
void pair_watch_begin(struct pair_watch *watch, int cpu, int64_t own_ns);

/* Fills in around and discard of a pair whose sides have run. */
void pair_watch_end(struct pair_watch *watch, int cpu, int64_t own_ns, struct pair *pair);
