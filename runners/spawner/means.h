/* What runs are counted with on this machine, and put before its other work. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "runners/counters.h"
#include "runners/spawner/io.h"
#include "runners/spawner/leaf.h"
#include "runners/spawner/priority.h"
#include "runners/spawner/protocol.h"

/* "software" and "wall" are for tests and benchmarks: software events in place of
 * hardware counters, as every machine has them; and neither counters, cgroup nor /proc.
 */
enum means_choice {
    MEANS_ALL,
    MEANS_SOFTWARE,
    MEANS_WALL
};

struct means {
    bool reads_proc;
    int64_t disk_wait_tick_ns; /* of the clock that /proc/PID/stat counts waits for disks
                                * in; 0 where the kernel doesn't count them */
    struct io io;
    struct counters counters;
    struct leaf leaf;
    struct priority_raise priority;
};

/* Tries what there is, and tells pawl. Opens files that stay open. */
void means_open(enum means_choice choice,
                struct means *means,
                struct spawner_hello *hello);
