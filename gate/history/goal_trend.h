/* How a goal's figure moved over stored sessions. Pure. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/store/stored_base.h"
#include "gate/verdict/result.h"

enum {
    GOAL_TREND_LEAST = 3, /* sessions; fewer tell no trend */
    GOAL_TREND_MOST = 30  /* the latest ones, in the order of their commits */
};

/* Whether sessions can have the goal's figure: they keep the median of each metric over
 * its runs, and no percentile over runs ("wall_p95"). It is of no use where the goal is
 * for other machines, or its figure is not known. */
bool goal_has_trend(const struct goal_result *goal);

/* Gives each goal a trend whose figure at least one of the sessions has. */
void goal_trends_add(const struct stored_base *stored, struct result *result);

/* How far the last of the values may lie from the first where nothing has moved: 3.1
 * times the median size of the count - 1 steps from one to the next, and (1 + 2 / steps)
 * as much, since few steps tell their size badly. Steps and not deviations, since those
 * hold the movement itself. In 95 of 100 flat series or more the last value is no farther
 * off, from three steps on (normal noise: tests/data/goal_trend.R). count is at least 2.
 */
double goal_trend_within(const double *values, size_t count);
