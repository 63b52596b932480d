/* Objects that a clone does not have, and how to get them. Private to gate/source. */
#pragma once

#include "gate/base/attributes.h"

struct error;
struct source;

/* After a call of libgit2 failed with result: "<what failed>: <why>", where a missing
 * object is explained by what this clone left out. Always -1. */
int say_missing_or_failed(struct error *err,
                          const struct source *source,
                          int result,
                          const char *format,
                          ...) PRINTF_LIKE(4, 5);

/* "<what is missing>: this clone is shallow ..." and what to run. Always -1. */
int say_shallow(struct error *err, const char *format, ...) PRINTF_LIKE(2, 3);
