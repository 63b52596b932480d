/* Commands run one after another, with a time limit for all of them together and their
 * output in a log: build recipes, verify commands, preparations. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/base/error.h"

struct spawner;
struct strvec;

/* Where and how they run. All borrowed. */
struct workplace {
    struct spawner *spawner;
    const struct strvec *environment; /* the whole of what the commands get */
    const char *directory;
    const char *log_path; /* appended to; made if missing; what a step prints beyond 2
                           * MiB is taken out of its middle */
    int64_t timeout_ns;   /* 0: no limit */
};

/* One command. Borrowed. */
struct step {
    const char *text; /* for log and messages */
    const struct strvec *argv;
};

/* Runs the steps until one fails. -1 with code and "<doing> failed: 'make' exited with 2;
 * the end of its output (all of it: LOG):" and that end below, at most 20 lines and 1500
 * bytes. The code is ERROR_INTERRUPTED or ERROR_SYSTEM where it was no step's fault. */
int steps_run(const struct workplace *place,
              const struct step *steps,
              size_t count,
              enum error_code code,
              const char *doing,
              struct error *err) MUST_CHECK;
