/* Which functions the change between base and head edits, as far as a profile can tell:
 * it knows the lines that were executed, not where functions begin and end. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/explain/line_diff.h"

struct diff_lines;

/* One for each item of the comparison; the caller's. A function is edited where
 *   - a line that it executed was put in or taken out;
 *   - lines were changed between two that it executed, with none of another function's
 *     between these;
 *   - it has no known lines, and git names it as what encloses a change. */
bool *edits_find(const struct profile_diff *diff,
                 const struct line_diffs *lines,
                 const struct diff_lines *changed) MUST_CHECK;
