/* The exit codes, the same for every command; README.md and --help list them. */
#pragma once

#include "gate/base/error.h"

enum exit_code {
    EXIT_PASS = 0,
    EXIT_REGRESSION = 1,   /* or a goal missed, or growth too steep */
    EXIT_USAGE = 2,        /* command line or configuration */
    EXIT_NOT_MEASURED = 3, /* build or benchmark failed, row missing, output differs */
    EXIT_INCONCLUSIVE = 4, /* only where --fail-on inconclusive asks for it */
    EXIT_TROUBLE = 5,      /* of ours: disk, memory, processes */
    EXIT_INTERRUPTED = 130
};

/* The code for an error that ended a command. */
enum exit_code exit_code_of(const struct error *err);
