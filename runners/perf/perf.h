/* Profiles by samples: where a program is so often a second, by the timer of the CPU
 * clock (perf record), which needs no hardware counters. For runs that are too long for
 * callgrind. A sampled run is a process_run of other words:
 *
 *     perf_begin(directory, err);
 *     perf_wrap(&argv, directory, plan, &words);
 *     ... process_run of words ...
 *     perf_read(directory, &profile, &stacks, err);
 *
 * Samples are of user mode alone, as callgrind's instructions are, of all processes and
 * threads. Callers are found by debug information or what else unwinds the stack, or by
 * frame pointers. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"

struct error;
struct profile;
struct stack_tree;
struct strvec;

/* How many samples tell enough, and how many a second are taken at most and at least. */
#define PERF_ENOUGH_SAMPLES 8000.0
#define PERF_MOST_PER_S     997
#define PERF_LEAST_PER_S    11

/* Samples a second for runs of that length. */
int perf_frequency(double run_s);

/* Makes the directory, empty. */
int perf_begin(const char *directory, struct error *err) MUST_CHECK;

/* How a run is sampled. */
struct perf_plan {
    int per_s; /* samples a second (perf_frequency) */
    int turns; /* how many times argv is run, one after the other, until one fails; 1 or
                * more. All of them are one profile */
    bool has_frame_pointers; /* callers are found by them, as in programs of Go; else by
                              * debug information */
};

/* Replaces words by the command line that runs argv, samples it, and writes the stacks
 * down as text when it has ended. It exits as argv does, or with one of the codes below
 * before argv is run. */
void perf_wrap(const struct strvec *argv,
               const char *directory,
               struct perf_plan plan,
               struct strvec *words);

enum {
    PERF_EXIT_NOT_PERMITTED = 125,
    PERF_EXIT_NOT_INSTALLED = 127
};
/* Why nothing was sampled where the command exits so: a clause with what would mend it.
 */
#define PERF_NOT_INSTALLED "perf is not installed (Debian: apt-get install linux-perf)"
#define PERF_NOT_PERMITTED \
    "perf may not sample here (sysctl kernel.perf_event_paranoid=2 lets it)"

/* After a run: a profile of one event, "Ir", that counts samples. It has no counts of
 * calls, and functions have no file, for samples tell where code runs and not where it
 * begins; lines have theirs. It is empty where the run was over before the first
 * sample. The whole stacks are in
 * `stacks`: as deep as perf could unwind them, from the outermost function that it found
 * (8 KiB of the stack are kept a sample). Both must be empty. */
int perf_read(const char *directory,
              struct profile *profile,
              struct stack_tree *stacks,
              struct error *err) MUST_CHECK;
