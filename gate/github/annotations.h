/* What GitHub shows of a result beside the code and on top of the run. */
#pragma once

#include <stdbool.h>

#include "gate/verdict/result.h"

struct str;

/* How many errors, and how many warnings, there are at most: GitHub shows 10 of a kind a
 * step, and the runner adds one of its own where the step fails. */
enum {
    GITHUB_ANNOTATIONS = 8
};

/* Appends the commands, the worst first:
 * - an error for what could not be measured, for each bench with rows that regressed, for
 *   growth, goals and creep that fail the gate; warnings, where the step passes all the
 *   same (--fail-on never);
 * - one warning for the rows that are not decided, and one for those that are
 *   layout-sensitive; errors, where they fail the gate;
 * - one notice of how many were left out.
 * A bench that was explained is shown at the line that adds most, where that is in a file
 * of the diff. folder is where the repository lies in the workspace, "" or "sub/"; NULL
 * where it lies elsewhere, and no file can be named. */
void github_add_annotations(struct str *out,
                            const struct result *result,
                            bool passes,
                            const char *folder);
