/* What became of a function between base and head, in a few words. */
#pragma once

#include <stdint.h>

#include "gate/base/attributes.h"

struct profile_diff;

/* "moved here from 'a.c'", "in the place of 'find_index'", "new", "gone", "with 'outer',
 * which one side inlined", "one of a circle of calls", with "; " between; "" for none of
 * these. The caller's. */
char *function_note(const struct profile_diff *diff, uint32_t index) MUST_CHECK;
