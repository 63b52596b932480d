/* The log of steps (steps.h), which stays as long as what was built. */
#pragma once

#include <sys/types.h>

#include "gate/base/attributes.h"

struct error;

/* What is kept of one step's output: as much from its beginning, and from its end. */
#define STEP_LOG_KEPT_BYTES (1 << 20)

/* Of a step whose output begins at offset from, and which has ended: takes the middle out
 * of what is longer than twice STEP_LOG_KEPT_BYTES, and leaves a line in its place that
 * says how much it was. */
int step_log_shorten(const char *path, off_t from, struct error *err) MUST_CHECK;
