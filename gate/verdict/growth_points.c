#include "gate/verdict/growth_points.h"

#include <math.h>

#include "gate/base/alloc.h"
#include "gate/stats/distribution.h"
#include "gate/stats/hodges_lehmann.h"
#include "gate/stats/robust.h"

#define CONFIDENCE 0.95

/* Counts that are the same in all runs of a side to this share are known exactly. */
#define REPEATABLE   1e-4
#define LEAST_COUNTS 2

/* Measured, not assumed: docs/method.md says where these come from. */
static const struct growth_allowance timed = { .drift_sd = 0.05,
                                               .build_sd = 0.005,
                                               .least_rise = 0.15,
                                               .ceiling_tolerance = 0.25,
                                               .base_tolerance = 0.1 };
static const struct growth_allowance counted = { .drift_sd = 0.01,
                                                 .build_sd = 0.001,
                                                 .least_rise = 0.03,
                                                 .ceiling_tolerance = 0.1,
                                                 .base_tolerance = 0.1 };

static bool drifts(enum metric metric)
{
    switch (metric_info(metric)->unit) {
    case METRIC_UNIT_BYTES:
        return false;
    case METRIC_UNIT_COUNT:
        return metric == METRIC_CYCLES || metric == METRIC_CACHE_MISSES ||
               metric == METRIC_BRANCH_MISSES;
    case METRIC_UNIT_SECONDS:
    case METRIC_UNIT_RATE:
    case METRIC_UNIT_PLAIN:
        break;
    }
    return true;
}

const struct growth_allowance *growth_allowance_of(enum metric metric)
{
    return drifts(metric) ? &timed : &counted;
}

/* The figures of the pairs that tell the metric. */
struct figures {
    double *levels;
    double *differences;
    size_t count;
    bool is_exact;
};

static double log_value(const struct pair *pair, enum side side, enum metric metric)
{
    return log(pair_level(metric, pair_value(pair, side, metric)));
}

static double spread(const double *values, size_t count)
{
    return robust_quantile(values, count, 1) - robust_quantile(values, count, 0);
}

/* With every level and every difference the same, so are both sides. */
static bool repeats(const struct figures *figures, enum metric metric)
{
    return figures->count >= LEAST_COUNTS && !drifts(metric) &&
           spread(figures->levels, figures->count) <= REPEATABLE &&
           spread(figures->differences, figures->count) <= REPEATABLE;
}

static void
collect(const struct pairs *pairs, enum metric metric, struct figures *figures)
{
    for (size_t i = 0; i < pairs->count; i++) {
        const struct pair *pair = &pairs->items[i];
        double base = log_value(pair, SIDE_BASE, metric);
        double head = log_value(pair, SIDE_HEAD, metric);
        if (!pair_counts(pair) || isnan(base) || isnan(head))
            continue;
        figures->levels[figures->count] = (base + head) / 2;
        figures->differences[figures->count++] = head - base;
    }
    figures->is_exact = repeats(figures, metric);
}

/* The standard error that goes with the Hodges-Lehmann interval of so many values. */
static double standard_error(const double *values, size_t count)
{
    struct interval interval = hodges_lehmann_interval(values, count, CONFIDENCE);
    return (interval.high - interval.low) / 2 /
           student_quantile((1 + CONFIDENCE) / 2, (double)count - 1);
}

static void fill_point(const struct figures *figures,
                       const struct growth_allowance *allowance,
                       struct growth_point *point)
{
    size_t count = figures->count;
    double level_se = figures->is_exact ? 0 : standard_error(figures->levels, count);
    double difference_se =
        figures->is_exact ? 0 : standard_error(figures->differences, count);
    point->level = hodges_lehmann_estimate(figures->levels, count);
    point->difference = hodges_lehmann_estimate(figures->differences, count);
    point->level_sd = hypot(level_se, allowance->drift_sd);
    point->difference_sd = hypot(difference_se, allowance->build_sd);
    /* Satterthwaite: the allowance is given, the rest comes from the pairs. */
    point->freedom = difference_se > 0 ? ((double)count - 1) *
                                             pow(point->difference_sd / difference_se, 4)
                                       : (double)INFINITY;
}

bool growth_point_of(const struct pairs *pairs,
                     enum metric metric,
                     struct growth_point *point)
{
    AUTO_FREE double *room = xcalloc(2 * pairs->count + 1, sizeof *room);
    struct figures figures = { .levels = room, .differences = room + pairs->count };
    collect(pairs, metric, &figures);
    if (!figures.is_exact && figures.count < GROWTH_LEAST_PAIRS)
        return false;
    fill_point(&figures, growth_allowance_of(metric), point);
    return true;
}
