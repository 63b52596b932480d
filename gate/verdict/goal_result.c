#include "gate/verdict/goal_result.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/array.h"

const char *goal_outcome_name(enum goal_outcome outcome)
{
    switch (outcome) {
    case GOAL_MET:
        return "met";
    case GOAL_CANNOT_TELL:
        return "can't tell";
    case GOAL_ELSEWHERE:
        return "not judged";
    case GOAL_WAIVED:
        return "waived";
    case GOAL_MISSED:
        return "missed";
    }
    abort();
}

static void goal_trend_free(struct goal_trend *trend)
{
    if (trend)
        free(trend->since);
    free(trend);
}

void goal_results_clear(struct goal_results *goals)
{
    for (size_t i = 0; i < goals->count; i++) {
        free(goals->items[i].bench_id);
        free(goals->items[i].label);
        free(goals->items[i].reason);
        goal_trend_free(goals->items[i].trend);
    }
    array_clear(goals);
}

bool goal_trend_is_movement(const struct goal_trend *trend, double value)
{
    return fabs(value - trend->first) > trend->within;
}

double goal_room(const struct goal_result *goal)
{
    double above = goal->value - goal->limit;
    return metric_info(goal->metric)->larger_is_better ? above : -above;
}

bool goal_is_missed_anew(const struct goal_result *goal)
{
    return goal->outcome == GOAL_MISSED && !goal->was_missed_on_base;
}
