/* From what a gate or a run came to, to what is kept of it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"
#include "gate/experiment/pair.h"
#include "gate/verdict/result.h"

struct session_side;

/* The values of one side's runs that count, in the order in which they ran; fills values,
 * which has room for all pairs of the bench, and returns how many. 0 where the runs did
 * not tell the metric. */
size_t result_values(const struct bench_result *bench,
                     enum side side,
                     enum metric metric,
                     double *values);

/* Fills the rows and gaps of a side, sorted: a row for each of the result's that the side
 * has values for, none for a bench that failed. That one, and one that was not measured,
 * is a gap with the result's reason; so is one of which only counting failed, which keeps
 * its other rows. is_compared: the sides are two commits, and head's
 * rows have the change between them. */
void session_side_take(const struct result *result,
                       enum side side,
                       bool is_compared,
                       struct session_side *out);
