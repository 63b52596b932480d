/* What the machine was doing around a pair of runs, from counters that it keeps anyway.
 *
 * A watch is begun before a pair and ended after it. Counters of the pair alone are exact
 * enough for steal, pressure and the like; how much of the CPUs others used is counted in
 * ticks of mostly 10 ms, and is told over a window of at least a quarter of a second that
 * ends with the pair. */
#pragma once

#include "runners/environment.h"

/* Shorter windows hold too few ticks to tell a share from. */
#define ENVIRONMENT_WINDOW_NS INT64_C(250000000)

/* Zeroed with a root is a valid new one. */
struct environment_watch {
    const char *root; /* borrowed; "" for the real machine */
    struct environment_sample before;
    struct environment_mark {
        int64_t taken_ns; /* 0: none */
        int64_t busy_ns;
        int64_t own_ns;
    } begin, older, newer;
};

/* cpu: where the runs of the pair are pinned to, or PROCESS_ANY_CPU. own_ns: CPU time of
 * pawl and all that it ran, so far. */
void environment_watch_begin(struct environment_watch *watch, int cpu, int64_t own_ns);
struct environment_change
environment_watch_end(struct environment_watch *watch, int cpu, int64_t own_ns);
