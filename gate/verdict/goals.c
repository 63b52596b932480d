#include "gate/verdict/goals.h"

#include <math.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/config/bench.h"
#include "gate/stats/robust.h"

#define CONFIDENCE 0.95
#define TAIL       0.95

static const char *parameter_value(const struct bench *bench, const char *name)
{
    for (size_t i = 0; i < bench->parameter_count; i++) {
        if (str_equal(bench->parameters[i].name, name))
            return bench->parameters[i].value;
    }
    return NULL;
}

static bool applies(const struct goal *goal, const struct bench *bench)
{
    for (size_t i = 0; i < goal->where_count; i++) {
        const char *name = goal->where[i].name;
        bool is_printed = bench->printed_name && str_equal(name, GOAL_NAME);
        const char *value =
            is_printed ? bench->printed_name : parameter_value(bench, name);
        if (!value || !str_equal(value, goal->where[i].value))
            return false;
    }
    return true;
}

struct statistic {
    double value;
    double low;
    double high;
};

static double largest(const double *values, size_t count)
{
    double most = values[0];
    for (size_t i = 1; i < count; i++)
        most = fmax(most, values[i]);
    return most;
}

/* The 95th percentile has no lower bound here: a goal on it is missed only when the plain
 * estimate is beyond the limit and enough runs were made for a bound to exist. */
static struct statistic tail_of(const double *values, size_t count)
{
    struct statistic tail = { .value = robust_quantile(values, count, TAIL),
                              .low = (double)-INFINITY };
    tail.high = robust_quantile_upper(values, count, TAIL, CONFIDENCE);
    if (isinf(tail.high))
        tail.high = largest(values, count);
    else
        tail.low = tail.value;
    return tail;
}

static struct statistic median_of(const double *values, size_t count)
{
    struct interval interval = robust_median_interval(values, count, CONFIDENCE);
    return (struct statistic){ .value = robust_median(values, count),
                               .low = interval.low,
                               .high = interval.high };
}

/* Without those of runs that did not tell. */
static size_t keep_told(double *values, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!isnan(values[i]))
            values[kept++] = values[i];
    return kept;
}

static bool repeats(const double *values, size_t count)
{
    double most = robust_quantile(values, count, 1);
    return most - robust_quantile(values, count, 0) <= TRIAL_REPEATABLE * most;
}

/* Counts that repeat lie within their own spread; two of them are enough to tell. */
static struct statistic count_of(const double *values, size_t count)
{
    return (struct statistic){ .value = robust_median(values, count),
                               .low = robust_quantile(values, count, 0),
                               .high = robust_quantile(values, count, 1) };
}

static struct statistic
measure(const struct trial *trial, enum side side, const struct goal_limit *limit)
{
    AUTO_FREE double *values = xcalloc(trial->pairs.count, sizeof *values);
    size_t count = pairs_values(&trial->pairs, side, limit->metric, values);
    count = keep_told(values, count);
    if (!count)
        return (struct statistic){ .value = (double)NAN,
                                   .low = (double)-INFINITY,
                                   .high = (double)INFINITY };
    if (trial->plan.counting != COUNTING_NONE && count >= TRIAL_COUNTED_PAIRS &&
        repeats(values, count))
        return count_of(values, count);
    return limit->statistic == GOAL_P95 ? tail_of(values, count)
                                        : median_of(values, count);
}

static enum goal_outcome outcome_of(const struct statistic *statistic,
                                    const struct goal_limit *limit)
{
    double bound = limit->bound;
    if (metric_info(limit->metric)->larger_is_better) {
        if (statistic->low >= bound)
            return GOAL_MET;
        return statistic->high < bound ? GOAL_MISSED : GOAL_CANNOT_TELL;
    }
    if (statistic->high <= bound)
        return GOAL_MET;
    return statistic->low > bound ? GOAL_MISSED : GOAL_CANNOT_TELL;
}

static char *why_elsewhere(const struct goal *goal)
{
    return goal->elsewhere ? str_format("it is for machines '%s', and this is '%s'",
                                        goal->machine_class, goal->elsewhere)
                           : xstrdup("");
}

static void judge_limit(const struct trial *trial,
                        const struct goal *goal,
                        const struct goal_limit *limit,
                        struct result *result)
{
    struct statistic head = measure(trial, SIDE_HEAD, limit);
    struct statistic base = measure(trial, SIDE_BASE, limit);
    const char *suffix = limit->statistic == GOAL_P95 ? "_p95" : "";
    *array_push(&result->goals) = (struct goal_result){
        .bench_id = xstrdup(trial->plan.id),
        .label = str_format("%s%s", metric_name(limit->metric), suffix),
        .metric = limit->metric,
        .limit = limit->bound,
        .value = head.value,
        .low = head.low,
        .high = head.high,
        .run_count = trial->counted,
        .outcome = goal->elsewhere ? GOAL_ELSEWHERE : outcome_of(&head, limit),
        .was_missed_on_base = !goal->elsewhere && outcome_of(&base, limit) == GOAL_MISSED,
        .reason = why_elsewhere(goal),
    };
}

void goals_judge(const struct trial *trial,
                 const struct bench *bench,
                 struct result *result)
{
    const struct benchmark *benchmark = bench->benchmark;
    if (!trial->counted || trial->state == TRIAL_FAILED)
        return;
    for (size_t i = 0; i < benchmark->goal_count; i++) {
        const struct goal *goal = &benchmark->goals[i];
        if (!applies(goal, bench))
            continue;
        for (size_t l = 0; l < goal->limit_count; l++) {
            if (trial->plan.metrics & METRIC_BIT(goal->limits[l].metric))
                judge_limit(trial, goal, &goal->limits[l], result);
        }
    }
}
