/* The words for waivers that the reports share. Plain text, not yet escaped. */
#pragma once

#include "gate/verdict/result.h"

struct str;

/* "list[n=1000] cpu" */
void waiver_add_name(struct str *out, const struct waiver_result *waiver);

/* What became of it: "holds, added by this change itself", "not needed: remove it". */
void waiver_add_outcome(struct str *out, const struct waiver_result *waiver);
