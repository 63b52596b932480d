/* Benchmarks that are harnesses of their own: a run prints what it measured, a name at a
 * time, and pawl judges the names instead of the run. */
#pragma once

#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/config/config.h"
#include "gate/experiment/pair.h"
#include "runners/formats/recording.h"

/* What one run printed. { 0 } is nothing. */
struct harness_run {
    struct recording recording;
    char *failure; /* why it can't be read: "head: in 'standard output', line 3: ..." */
};
void harness_run_clear(struct harness_run *run);
#define AUTO_HARNESS_RUN AUTO(harness_run_clear)

/* Reads a text, which is taken over, by the benchmark's format, over what run held. */
void harness_read(struct harness_run *run,
                  const struct benchmark *benchmark,
                  enum side side,
                  struct str *text);

/* Notes, over what run held, that there was nothing to read. */
void harness_read_nothing(struct harness_run *run,
                          const struct benchmark *benchmark,
                          enum side side);

/* Appends the names that were printed, each once, in their order. */
void harness_names(const struct harness_run *run, struct strvec *names);

/* The metrics that a name was printed with: its time (wall or cpu, as the format tells
 * it), bytes and allocations of one operation, throughput, or a plain value. 0 for a name
 * that was not printed. */
struct harness_metrics {
    uint64_t told;
    uint64_t shown; /* those of them that are not to be judged: another one says the same
                     */
};
struct harness_metrics harness_metrics(const struct harness_run *run, const char *name);

/* Puts the figures of a name into out; where it was printed several times, their medians.
 * Each of metrics has to be told: else, and where the name has failed or the run can't be
 * read, a sentence that says so (the caller's). NULL: it is done. */
char *harness_fill(const struct harness_run *run,
                   enum side side,
                   const char *name,
                   uint64_t metrics,
                   struct readings *out) MUST_CHECK;
