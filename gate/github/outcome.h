/* What a step's outputs and its summary say of how a check went. */
#pragma once

#include <stddef.h>

#include "gate/verdict/result.h"

struct str;

/* The outputs of `pawl check`. Borrowed; NULL is "". */
struct github_outcome {
    const char *verdict; /* "pass", "regression", "inconclusive" or "error" */
    size_t
        regressions; /* rows, growth curves and goals that got worse, rows that crept */
    const char *report_path;
    const char *page_path;
    const char *json_path;
    const char *base_sha;
    const char *head_sha;
};

/* "error" where something could not be measured, "regression" where something got worse,
 * "inconclusive" where a row is not decided, else "pass": whatever fails the gate. */
const char *github_verdict(const struct result *result);
size_t github_regressions(const struct result *result);

/* Appends the seven outputs, in the grammar of the file that GITHUB_OUTPUT names. */
void github_add_outputs(struct str *out,
                        const struct github_outcome *outcome,
                        const char *delimiter);

/* A summary of one step may have 1 MiB; of a larger one nothing is shown. */
enum {
    GITHUB_SUMMARY_BYTES = 900 * 1024,
    GITHUB_SUMMARY_MOST = 1024 * 1024
};
/* How much of it is left for a report where the step's file holds so many bytes already.
 */
size_t github_summary_room(size_t taken);

/* The summary of a check that ended without a result. */
void github_add_failure(struct str *out, const char *message);
