/* One error type, filled by who finds the error, printed only by the command line.
 *
 * Messages are lower case, without a full stop, failure first, names in single quotes,
 * the bad value and the allowed one: "in 'pawl.json', line 4: 'pairs' must be at least 8,
 * not 3". */
#pragma once

#include <stdarg.h>

#include "gate/base/attributes.h"

/* What a caller may react to; each maps to one exit code (gate/cli/exit_code.h). */
enum error_code {
    ERROR_NONE = 0,
    ERROR_USAGE,       /* command line */
    ERROR_CONFIG,      /* pawl.json */
    ERROR_GIT,         /* repository, revision, checkout */
    ERROR_BUILD,       /* a build recipe failed or timed out */
    ERROR_BENCHMARK,   /* a benchmark could not be measured */
    ERROR_SYSTEM,      /* disk, memory, processes: trouble of ours */
    ERROR_INTERRUPTED, /* SIGINT or SIGTERM asked us to end */
};

/* { 0 } is "no error". Fixed size: nothing to free. */
struct error {
    enum error_code code;
    char message[2048];
};

/* Sets code and message; an error already set is kept (the first cause wins). Always -1,
 * so that `return error_set(...)` is a statement. err may be NULL. */
int error_set(struct error *err, enum error_code code, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* As error_set with ERROR_SYSTEM, and ": <text of errno>" at the end. */
int error_errno(struct error *err, const char *format, ...) PRINTF_LIKE(2, 3);

/* Puts "doing x: " in front of the message already set. Always -1. */
int error_prefix(struct error *err, const char *format, ...) PRINTF_LIKE(2, 3);

/* Makes err empty again, for a caller that has dealt with it. */
void error_clear(struct error *err);
