/* Results that say why, made by hand. */
#pragma once

#include "gate/verdict/result.h"

/* One row regressed by work of an edited function, one by waiting; one was left out. */
void sample_explain(struct result *result);
/* The same with foreign texts that try to be markup and commands. */
void sample_explain_hostile(struct result *result);
