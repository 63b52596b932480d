/* Results of head against stored sessions, made by hand. */
#pragma once

#include "gate/verdict/result.h"

/* One row regressed against seven sessions, one of them stale. */
void sample_baseline(struct result *result);
/* The same over two machine classes. */
void sample_across(struct result *result);
/* The first with foreign texts that try to be markup and commands. */
void sample_baseline_hostile(struct result *result);
