/* What a run is judged by: each metric's name, unit and meaning stand in one table.
 *
 * Not every machine and every bench tells every metric; what is not told is NAN wherever
 * values are handed on, never 0. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "gate/base/attributes.h"

struct process_result;
struct str;

enum metric {
    METRIC_WALL,
    METRIC_CPU, /* user and system together */
    METRIC_USER,
    METRIC_SYSTEM,
    METRIC_RUN_QUEUE_WAIT,
    METRIC_IO_WAIT,
    METRIC_PEAK_RSS,
    METRIC_MINOR_FAULTS,
    METRIC_MAJOR_FAULTS,
    METRIC_VOLUNTARY_SWITCHES,
    METRIC_INVOLUNTARY_SWITCHES,
    METRIC_READ_BYTES,
    METRIC_WRITTEN_BYTES,
    METRIC_READ_CALLS,
    METRIC_WRITE_CALLS,
    METRIC_DISK_READ_BYTES,
    METRIC_DISK_WRITTEN_BYTES,
    METRIC_INSTRUCTIONS,
    METRIC_CYCLES,
    METRIC_BRANCH_MISSES,
    METRIC_CACHE_MISSES,
    METRIC_ALLOCATIONS,
    METRIC_ALLOCATED_BYTES,
    METRIC_PEAK_HEAP,
    METRIC_P50, /* of the operations that one run timed by itself; so are the next */
    METRIC_P95,
    METRIC_P99,
    METRIC_MAX,
    METRIC_THROUGHPUT,
    METRIC_VALUE, /* what a bench printed without a unit that is known here */
    METRIC_COUNT  /* how many there are; not a metric */
};

/* Sets of metrics. */
#define METRIC_BIT(metric) (UINT64_C(1) << (metric))
_Static_assert(METRIC_COUNT <= 64, "a set of metrics is a 64-bit word");

/* What the plain run of a process may tell: all but what needs a counting runner of its
 * own, and what only a harness prints. */
uint64_t metrics_of_process(void);
/* What every machine tells of every run: wall to involuntary_switches, without waits. */
bool metric_is_always_told(enum metric metric);
/* What is read off a clock, or hangs on when the run had a CPU: it suffers where others
 * use the CPUs, and means nothing where two runs share one. */
uint64_t metrics_of_the_clock(void);

/* The base unit that statistics and result files see. */
enum metric_unit {
    METRIC_UNIT_SECONDS,
    METRIC_UNIT_BYTES,
    METRIC_UNIT_COUNT,
    METRIC_UNIT_RATE, /* a second */
    METRIC_UNIT_PLAIN /* unknown */
};

struct metric_info {
    const char *name; /* in configurations and result files: "peak_rss" */
    enum metric_unit unit;
    bool larger_is_better;
    double smallest; /* what a 0 stands for where ratios are taken: below this the kernel
                      * does not see; 0: zeros are real, and one is added instead */
    const char *description; /* one line, no full stop */
    const char *absence;     /* why a run may not tell it: "the kernel does not count
                              * ...", a clause without a full stop */
};

/* The metric's row of the table; never NULL. */
const struct metric_info *metric_info(enum metric metric);
const char *metric_name(enum metric metric);

/* "s", "B", "1/s" or "" for counts and plain values. */
const char *metric_unit_name(enum metric_unit unit);

/* Finds the metric of that name. False, with *out as it was, where there is none. */
bool metric_parse(const char *name, enum metric *out) MUST_CHECK;

/* The metric's value for one run by the kernel's accounts, in base units: seconds, bytes
 * or a count. NAN where they don't tell it. */
double metric_value(enum metric metric, const struct process_result *result);

/* Appends a value (in base units) as people read it: "1.23 ms", "45.6 MiB", "1,234",
 * "5.67 M/s". */
void metric_add_value(struct str *out, enum metric metric, double value);
