/* Results with an anchor, made by hand. */
#pragma once

#include "gate/verdict/result.h"

/* All rows are ok against base; since v1.0 one crept and one is not decided, with two
 * stored steps, and one bench is newer than v1.0. */
void sample_creep(struct result *result);
/* All rows are ok, and nothing could be compared with the anchor. */
void sample_creep_trouble(struct result *result);
/* The first with foreign texts that try to be markup and commands. */
void sample_creep_hostile(struct result *result);
