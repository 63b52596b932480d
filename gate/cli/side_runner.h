/* The real runner: benches as child processes, base and head in their own trees. */
#pragma once

#include "gate/base/strvec.h"
#include "gate/cli/bench_runner.h"
#include "gate/cli/counter.h"
#include "gate/cli/hook_runner.h"
#include "gate/cli/pair_watch.h"
#include "gate/cli/side_command.h"
#include "gate/cli/side_output.h"
#include "gate/cli/side_told.h"
#include "gate/config/bench.h"
#include "gate/config/config.h"
#include "runners/process.h"

/* A bench as it is measured. */
struct side_bench {
    const struct bench *bench;
    struct side_place places[SIDE_COUNT];
    enum counting counting; /* what its runs count; COUNTING_NONE: they are timed */
};

struct side_runner {
    struct bench_runner runner; /* first: the seam's functions find the rest by it */
    struct hook_runner hooks;   /* its spawner is for all runs */
    const struct side_bench *benches; /* by their number in the experiment */
    const struct strvec *environment; /* what both sides get, without the padding */
    int cpu;                          /* for pinned pairs */
    bool is_alone; /* there is head alone: each run is a pair of which it is both sides */
    bool raises;   /* the priority of timed runs */
    struct spawner *second; /* for pairs that run together; opened for the first. Owned */
    struct pair_watch watch;                /* of the machine, around each pair */
    struct counter *counter;                /* for runs that count; it must be open */
    struct side_told told;                  /* by the last run, where it ended well */
    struct side_output outputs[SIDE_COUNT]; /* of the last runs of a harness */
    struct str unreadable; /* why the last pair of one can't be counted; empty: it can */
    enum discard surroundings; /* what the last pair's surroundings say */
};
#define SIDE_RUNNER_INIT                                                      \
    ((struct side_runner){ .hooks = HOOK_RUNNER_INIT,                         \
                           .cpu = PROCESS_ANY_CPU,                            \
                           .outputs = { SIDE_OUTPUT_INIT, SIDE_OUTPUT_INIT }, \
                           .unreadable = STR_INIT })

/* Fills in the functions of a SIDE_RUNNER_INIT; the other fields are the caller's to set.
 */
void side_runner_init(struct side_runner *runner);
void side_runner_clear(struct side_runner *runner);
#define AUTO_SIDE_RUNNER AUTO(side_runner_clear)

/* What a side prints for the bench, which is a name of a harness. */
const char *side_printed_name(const struct bench *bench, enum side side);

/* Where what a run prints is added; NULL: /dev/null. */
struct run_output {
    const char *stdout_path;
    const char *stderr_path;
};

/* Runs a bench once on one side, between its setup and its teardown commands: for
 * verification, for showing why a run failed, and for explanations, where it counts (the
 * counter has what was counted). */
int side_runner_once(struct side_runner *runner,
                     const struct side_bench *bench,
                     enum side side,
                     const struct run_output *output,
                     struct process_result *result,
                     struct error *err) MUST_CHECK;

/* How the config lets the runs of a pair be done: "auto" only where nothing in it speaks
 * against running both at the same time. */
enum pairing side_pairing(const struct benchmark *benchmark);

/* Why the last pair, or side_runner_once, failed where the ends of the runs do not tell:
 * "setup of base failed: 'gen' exited with 3: its last words", what a run tells of itself
 * can't be understood, or the pair could not be counted. NULL where nothing such has
 * happened; borrowed. */
const char *side_runner_failure(const struct side_runner *runner);
