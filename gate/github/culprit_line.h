/* Where in the change a bench got slower, as far as it was explained. */
#pragma once

#include <stdint.h>

#include "gate/verdict/result.h"

struct culprit_line {
    const char *file; /* in the tree, and among the changed paths; NULL: not known. The
                       * result's */
    uint32_t line;    /* of head, from 1 */
};

/* The changed line that adds most to the bench's cost, else the line of the edited
 * function that adds most. Only files that the diff between base and head holds count:
 * GitHub shows an annotation elsewhere among "unchanged files", where it is noise. */
struct culprit_line culprit_line_of(const struct result *result, const char *bench_id);
