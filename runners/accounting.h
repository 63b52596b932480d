/* How the runs on this machine are counted: what its kernel and its rights allow. Found
 * out once, as the spawner is opened. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "gate/base/attributes.h"

struct accounting {
    bool has_cgroup;    /* CPU time is that of whole process trees (process.h) */
    int cgroup_errno;   /* why not; 0: not told */
    uint64_t counters;  /* METRIC_BIT of the hardware counters there are */
    int counters_errno; /* why one is missing, or 0 */
    bool counts_disk_wait;
};

/* One line, with what would let the machine tell more: "processes: all of a run,
 * by its cgroup; hardware counters: none (...); waits for disks: not counted (...)". The
 * caller's. */
char *accounting_describe(const struct accounting *accounting) MUST_CHECK;
