/* Results with growth, made by hand as the gate would fill them. */
#pragma once

#include "gate/verdict/result.h"

/* sample_pass, where one benchmark grows faster than on base, others are ok, can't be
 * told, identical, above their ceiling on both sides, and one is held against base. */
void sample_growth(struct result *result);
/* The same with nothing worse: no growth fails it. */
void sample_growth_ok(struct result *result);
/* Names and reasons that try to be markup and commands. */
void sample_growth_hostile(struct result *result);
/* So many growths, a tenth of them worse. */
void sample_growth_large(struct result *result, size_t count);
