/* What pawl explain prints. */
#pragma once

#include <stddef.h>

#include "gate/base/attributes.h"

struct check;
struct error;
struct str;

/* All explanations, with everything that is known, in lines of at most width columns; why
 * there are none. */
void explain_show(const struct check *check, size_t width, struct str *out);

/* The source of the function of that name, in each profile that has it, with its costs in
 * the margin. -1 with ERROR_USAGE where no profile has it, naming the nearest. */
int explain_show_function(const struct check *check,
                          const char *name,
                          struct str *out,
                          struct error *err) MUST_CHECK;
