/* The figures of one growth: exponents, intervals, p-values; no verdict yet. Pure. */
#pragma once

#include "gate/verdict/growth_group.h"
#include "gate/verdict/result.h"

/* What a group is timed by: instructions where all of its measured sizes are judged by
 * them, else CPU time, or wall time where one of them is judged by that. */
enum metric growth_time_metric(const struct growth_group *group,
                               const struct result *result);

/* Adds the growth of the group by a metric to the result: can't tell, with the reason
 * where figures are missing. Ceilings are for what the group is timed by. */
struct growth_result *growth_add(const struct growth_group *group,
                                 enum metric metric,
                                 bool has_ceiling,
                                 struct result *result);
