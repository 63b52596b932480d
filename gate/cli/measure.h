/* `pawl measure`: commands without a config, in the current directory. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"
#include "runners/process.h"

struct error;

struct measure_options {
    uint64_t runs;         /* of one command; 0: at least 10, and for 3 s */
    uint64_t warmup;       /* runs or pairs thrown away first */
    int64_t budget_ns;     /* two commands: time for all pairs */
    uint64_t max_pairs;    /* two commands */
    double margin;         /* two commands: the change that nobody cares about, 0.02 */
    int64_t timeout_ns;    /* a run */
    uint64_t seed;         /* two commands */
    bool may_raise;        /* the priority of the runs */
    bool may_pin;          /* two commands: put one-threaded ones on one CPU */
    struct strvec exports; /* files to write, by their endings; see measure_export.h */
};

/* Runs one command again and again, and prints what its runs took. */
int measure_one(struct spawner *spawner,
                const struct strvec *argv,
                const struct measure_options *options,
                struct error *err) MUST_CHECK;

/* Runs two commands in pairs until it is decided whether the second is slower than the
 * first; an exit code. */
int measure_two(struct spawner *spawner,
                const struct strvec *first,
                const struct strvec *second,
                const struct measure_options *options,
                struct error *err) MUST_CHECK;
