/* Runs that count what a program does instead of timing it: instructions under callgrind,
 * allocations with the preloaded library, system calls under strace, where the time goes
 * under perf, what is left on the heap under DHAT. Knows how, and what this machine lacks
 * for it. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/base/str.h"
#include "gate/experiment/pair.h"
#include "gate/experiment/trial.h"
#include "runners/callgrind/callgrind.h"
#include "runners/perf/perf.h"

struct error;
struct spawner;
struct strvec;

/* { 0 } counts nothing yet. */
struct counter {
    char *directory; /* for the files of the run under way; absolute */
    struct callgrind callgrind;
    bool has_probed;
    bool names_files;          /* by runs under strace: set before them */
    struct perf_plan sampling; /* of runs under perf: likewise */
    char *alloc_library;       /* NULL: not asked for yet */
};

/* Removes its directory. */
void counter_clear(struct counter *counter);

/* Which metrics runs of that kind tell, as METRIC_BITs. */
uint64_t counter_metrics(enum counting counting);

/* Before the first run of that kind: finds out whether it works here, with the
 * environment that the runs will have. A machine that lacks something is no error. */
int counter_open(struct counter *counter,
                 enum counting counting,
                 const char *cache_directory,
                 struct spawner *spawner,
                 const struct strvec *environment,
                 struct error *err) MUST_CHECK;

/* Why nothing can be counted in that way here: a clause, with what would mend it. NULL
 * where it can. Borrowed. */
const char *counter_why_not(const struct counter *counter, enum counting counting);

/* Where the last run of that kind left what it counted: callgrind's profiles
 * (callgrind_list), strace's table (syscalls_read), perf's stacks (perf_read), or
 * DHAT's heaps (dhat_read). The caller's. */
char *counter_place(const struct counter *counter, enum counting counting) MUST_CHECK;

/* What came of one. */
struct counted_run {
    struct process_result result; /* of the program; of one that was not started where it
                                   * could not be counted */
    struct readings readings;     /* where it was */
    struct str why;               /* why it was not: a clause; "" where it was, and where
                                   * the program failed by itself */
};
#define COUNTED_RUN_INIT ((struct counted_run){ .why = STR_INIT })
void counted_run_clear(struct counted_run *run);
#define AUTO_COUNTED_RUN AUTO(counted_run_clear)

/* Runs spec to its end while counting; run is an empty one. */
int counter_run(struct counter *counter,
                enum counting counting,
                struct spawner *spawner,
                const struct process_spec *spec,
                struct counted_run *run,
                struct error *err) MUST_CHECK;
