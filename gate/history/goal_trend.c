#include "gate/history/goal_trend.h"

#include <math.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/stats/robust.h"

#define STEPS_WITHIN 3.1

bool goal_has_trend(const struct goal_result *goal)
{
    return goal->outcome != GOAL_ELSEWHERE && isfinite(goal->value) &&
           str_equal(goal->label, metric_name(goal->metric));
}

double goal_trend_within(const double *values, size_t count)
{
    size_t steps = count - 1;
    AUTO_FREE double *sizes = xcalloc(steps, sizeof *sizes);
    for (size_t i = 0; i < steps; i++)
        sizes[i] = fabs(values[i + 1] - values[i]);
    return STEPS_WITHIN * (1 + 2 / (double)steps) * robust_median(sizes, steps);
}

/* The figures of the sessions that have it, latest commit last, and now's behind them. */
static void add_trend(const struct stored_base *stored, struct goal_result *goal)
{
    double values[GOAL_TREND_MOST + 1];
    double *at = values + GOAL_TREND_MOST;
    const struct session *first = NULL;
    size_t count = 0;
    *at = goal->value;
    for (size_t i = 0; i < stored->sides.count && count < GOAL_TREND_MOST; i++) {
        const struct stored_side *from = &stored->sides.items[i];
        const struct session_row *row =
            session_side_find(from->side, goal->bench_id, goal->metric);
        if (!row || !isfinite(row->median))
            continue;
        *--at = row->median;
        first = from->session;
        count++;
    }
    if (!first)
        return;
    struct goal_trend *trend = goal->trend = xcalloc(1, sizeof *trend);
    *trend = (struct goal_trend){
        .session_count = count,
        .since = xstrdup(first->recorded_at),
        .first = *at,
        .within =
            count < GOAL_TREND_LEAST ? (double)NAN : goal_trend_within(at, count + 1),
    };
}

void goal_trends_add(const struct stored_base *stored, struct result *result)
{
    for (size_t i = 0; i < result->goals.count; i++) {
        if (goal_has_trend(&result->goals.items[i]))
            add_trend(stored, &result->goals.items[i]);
    }
}
