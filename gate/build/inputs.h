/* What the two sides prepared for their benchmarks, compared. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"

struct error;
struct str;

/* *are_equal is true where both directories hold the same names with the same bytes; else
 * why gets a sentence about the first difference. -1 where something can't be read. */
int inputs_compare(const char *base_directory,
                   const char *head_directory,
                   bool *are_equal,
                   struct str *why,
                   struct error *err) MUST_CHECK;
