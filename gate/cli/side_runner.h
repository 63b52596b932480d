/* The real runner: benches as child processes, base and head in their own trees. */
#pragma once

#include "gate/base/strvec.h"
#include "gate/cli/bench_runner.h"
#include "gate/config/bench.h"
#include "gate/config/config.h"
#include "runners/process.h"

/* Where one side's programs stand and where they may write. Borrowed texts of equal
 * length on both sides. */
struct side_place {
    const char *tree;    /* working directory of every run */
    const char *scratch; /* {work} */
};

/* A bench as it is measured. */
struct side_bench {
    const struct bench *bench;
    struct side_place places[SIDE_COUNT];
};

struct side_runner {
    struct bench_runner runner; /* first: the seam's functions find the rest by it */
    struct spawner *spawner;
    const struct side_bench *benches; /* by their number in the experiment */
    const struct strvec *environment; /* what both sides get, without the padding */
    int cpu;                          /* for pinned pairs */
};

/* Fills in the functions; the other fields are the caller's to set. */
void side_runner_init(struct side_runner *runner);

/* The words of one of a bench's commands, with its parameters and {work} filled in. */
int side_runner_expand(const struct command *command,
                       const struct bench *bench,
                       const char *scratch,
                       struct strvec *words,
                       struct error *err) MUST_CHECK;

/* Where what a run prints is added; NULL: /dev/null. */
struct run_output {
    const char *stdout_path;
    const char *stderr_path;
};

/* Runs a bench once on one side, the setup commands first: for verification and for
 * showing why a run failed. */
int side_runner_once(struct side_runner *runner,
                     const struct side_bench *bench,
                     enum side side,
                     const struct run_output *output,
                     struct process_result *result,
                     struct error *err) MUST_CHECK;
