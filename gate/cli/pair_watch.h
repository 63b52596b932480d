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

/* cpu: where the pair's runs are pinned to, or PROCESS_ANY_CPU. The spawner is the one
 * that runs them. */
void pair_watch_begin(struct pair_watch *watch, int cpu, const struct spawner *spawner);

/* Fills in around and discard of a pair whose sides have run. */
void pair_watch_end(struct pair_watch *watch,
                    int cpu,
                    const struct spawner *spawner,
                    struct pair *pair);
