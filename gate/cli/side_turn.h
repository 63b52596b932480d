/* One run of one side: its hooks, a cold cache where one is asked for, the command
 * itself, and what the run tells. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/cli/side_command.h"
#include "gate/experiment/pair.h"
#include "gate/experiment/trial.h"
#include "runners/process.h"

struct error;
struct side_bench;
struct side_runner;
struct strvec;

/* How one run is to be done. */
struct side_turn {
    const struct side_bench *bench;
    enum side side;
    const struct strvec *environment;
    const char *stdout_path;
    const char *stderr_path;
    int cpu;
    bool is_raised; /* with a raised priority */
    enum counting counting;
    struct readings
        *readings; /* of the run's side; NULL: for a run that counts nothing */
};

/* The measured command; *spec borrows from it. */
int side_turn_command(const struct side_turn *turn,
                      struct side_command *command,
                      struct process_spec *spec,
                      struct error *err) MUST_CHECK;

/* Runs it. A hook that fails stands for the run. The teardown follows on every run that
 * was begun, also where that failed, or was interrupted. What the run told, and why it
 * failed where its end does not say, is left in the runner. */
int side_turn_run(struct side_runner *runner,
                  const struct side_turn *turn,
                  struct process_result *result,
                  struct error *err) MUST_CHECK;
