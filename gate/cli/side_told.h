/* What a run tells of itself, beyond what the kernel sees of it: the times of its single
 * operations, and how much it did. */
#pragma once

#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/cli/side_command.h"
#include "gate/experiment/pair.h"

struct error;
struct str;
struct strvec;

/* { 0 } is nothing. */
struct side_told {
    struct readings readings; /* p50, p95, p99, max; throughput */
    uint64_t operations;
    uint64_t iterations; /* the most that one sample is the mean of; 1 as it should be */
    double clock_ns;     /* what a look at the clock cost; 0: not told */
};

/* Below this p99 stands on fewer than 10 operations. */
#define SIDE_TOLD_OPERATIONS 1000

/* Appends a sentence for each thing that makes percentiles say less than they seem to:
 * few operations, means instead of single ones, a clock that is slow beside them. */
void side_told_doubt(const struct side_told *told,
                     const char *bench_id,
                     struct strvec *warnings);

/* One run, and where its standard output goes. Borrowed. */
struct side_run {
    const struct bench *bench;
    const struct side_scope *scope;
    const char *stdout_path; /* NULL: nowhere */
    const char *side;        /* "base" */
    int64_t wall_ns;
};

/* Whether what a run prints has to be kept, since it is read here. */
bool side_told_is_printed(const struct benchmark *benchmark);

/* Removes what the run before has written, so that nothing of it is taken for this one's.
 */
int side_told_forget(const struct side_run *run, struct error *err) MUST_CHECK;

/* Fills told with what a run that ended well has told. Where it can't be understood, or
 * is not there, failure gets a sentence: "in 'stdout of base', line 3: not a sample: ..."
 * -1 only for trouble of ours. */
int side_told_read(const struct side_run *run,
                   struct side_told *told,
                   struct str *failure,
                   struct error *err) MUST_CHECK;
