/* Commands around the measured ones: setup and teardown, of each run and of each suite.
 * Never measured; what they print is kept only to tell why one failed. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/base/str.h"
#include "gate/cli/side_command.h"
#include "runners/process.h"

struct error;

/* HOOK_RUNNER_INIT, then the borrowed fields set. */
struct hook_runner {
    struct spawner *spawner;
    const char *log_path; /* what the last command printed; NULL: nowhere */
    struct str failure;   /* of the first command that failed, "" for none: "setup of base
                           * failed: 'gen' exited with 3: its last words" */
};
#define HOOK_RUNNER_INIT ((struct hook_runner){ .failure = STR_INIT })
void hook_runner_clear(struct hook_runner *runner);
#define AUTO_HOOK_RUNNER AUTO(hook_runner_clear)

/* One command. Borrowed. */
struct hook_order {
    const struct side_scope *scope;
    const struct command *command;
    const char *what; /* "setup of base" */
    int64_t timeout_ns;
    int cpu;
    bool is_cleanup; /* run although a signal has asked us to end */
};

/* Runs it to its end, however that is, in the top of the tree. */
int hook_run(struct hook_runner *runner,
             const struct hook_order *order,
             struct process_result *result,
             struct error *err) MUST_CHECK;
