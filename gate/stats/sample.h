/* Arrays of measured values, as the other modules need them. */
#pragma once

#include <stddef.h>

#include "gate/base/attributes.h"

/* A copy of the n values in ascending order; the caller's. The values must be finite. */
double *sample_sorted(const double *values, size_t n) MUST_CHECK;
