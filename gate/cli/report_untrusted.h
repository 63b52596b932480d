/* Results that somebody else's code may have written: the artifact of a run on a pull
 * request, rendered by a job that may write to it. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/verdict/result.h"

struct error;

/* What such a file may hold at most. */
#define UNTRUSTED_BYTES (32U << 20)

/* Reads the result at path; out is { 0 } before, the caller's to clear. Beyond what
 * report_json_read asks of every result, the path must be a file of at most
 * UNTRUSTED_BYTES (not a link, a pipe or a device), and the commits must be ids in hex.
 * -1 with ERROR_USAGE where anything is not as it should be. */
int report_read_untrusted(const char *path, struct result *out, struct error *err)
    MUST_CHECK;

/* -1 with ERROR_USAGE unless the result's head, or what it merged into its base, is the
 * commit of that id (40 or 64 digits in hex). */
int report_expect_head(const struct result *result, const char *id, struct error *err)
    MUST_CHECK;
