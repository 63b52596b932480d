/* Hardware counters of a program and of all threads and processes that it starts, through
 * perf_event_open. They begin with the program's first instruction (enable_on_exec) and
 * see user mode alone.
 *
 * For the spawner, which is small and has no memory to allocate: nothing here prints, and
 * errors are numbers. The events are a table, so that tests can count software events
 * where the machine has no counters. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    COUNTERS_MAX = 4
};
#define COUNTERS_UNKNOWN (-1)

struct counter_event {
    uint64_t config; /* as struct perf_event_attr has them */
    uint32_t type;
    bool is_user_only;
};

/* Instructions, cycles, branch misses, cache misses: in this order everywhere. */
extern const struct counter_event counters_hardware[COUNTERS_MAX];
/* Time on a CPU in ns, page faults, context switches, moves to another CPU. */
extern const struct counter_event counters_software[COUNTERS_MAX];

/* What of a table the machine counts. */
struct counters {
    const struct counter_event *events; /* NULL: nothing is counted */
    uint32_t known;                     /* a bit for each event of the table */
    int trouble;                        /* errno of the first event that isn't, or 0 */
};

/* Tries each event on the calling process. Those that work stay open, counting nothing:
 * the kernel patches its own code when the first event of a kind is opened and when the
 * last is closed, which would otherwise make each run pay. */
void counters_probe(struct counters *counters, const struct counter_event *events);

/* Opens the known events on the calling process, to begin counting when it executes a
 * program; fds gets a file for each, -1 for none. They must stay open in a process that
 * outlives the program. */
void counters_attach(const struct counters *counters, int *fds);

/* What they have counted, once the program and its descendants have ended; closes them.
 * COUNTERS_UNKNOWN where an event did not count all the time, as it had to share the
 * hardware with others: an estimate is no count. */
void counters_take(int *fds, int64_t *values);
