/* What --fail-on asks for: which verdicts of a gate make the exit code another than 0.
 * The verdict itself, and what reports say, hang on none of it. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"
#include "gate/cli/exit_code.h"
#include "gate/verdict/result.h"

struct error;

/* { 0 } is the default: regressions and what could not be measured. */
struct fail_on {
    bool inconclusive; /* rows that could not be decided, with 4 */
    bool layout;       /* layout-sensitive rows, with 1 */
    bool only_errors;  /* regressions pass; what could not be measured does not */
    bool nothing;      /* a gate that came to a result passes, whatever that is */
};

/* Reads "regression", "inconclusive" and "layout" with commas between, or "error" or
 * "never" by itself. -1 with ERROR_USAGE. */
int fail_on_read(const char *text, struct fail_on *out, struct error *err) MUST_CHECK;

/* The exit code for what the gate came to. */
enum exit_code fail_on_exit(const struct fail_on *fail_on, enum gate_exit gate);
