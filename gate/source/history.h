/* Which commits the project's history still has. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"

struct error;

/* Sets is_there for each of the commits (full ids) that a branch, a remote's branch, a
 * tag or HEAD of the repository leads to. A shallow clone does not know, which is an
 * error. */
int history_find(const char *directory,
                 const char *const *commits,
                 size_t count,
                 bool *is_there,
                 struct error *err) MUST_CHECK;
