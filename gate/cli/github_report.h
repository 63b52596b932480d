/* What GitHub Actions is told of a command's result, all of it in one place: annotations,
 * the step's summary, its outputs. Nothing outside GitHub Actions. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"

struct error;
struct result;

/* How a command ended. Borrowed; NULL where there is none. */
struct github_end {
    const struct result *result; /* NULL: it failed before it had one */
    bool passes;                 /* its exit code is 0 */
    const char *failure;         /* without a result: what it says on standard error */
    const char *directory;       /* of report.md, report.html and result.json */
    const char *report_path;     /* where there is no directory */
    const char *json_path;
    const char *base_sha; /* where there is no result, as far as they were found */
    const char *head_sha;
    const char *work_tree; /* top of the repository: annotations name its files */
};

/* Prints the annotations, adds to the summary, and sets the outputs last. -1 where
 * standard output can't be written; a summary or outputs that can't are a warning, for
 * the exit code says the same. */
int github_report(const struct github_end *end, struct error *err) MUST_CHECK;
