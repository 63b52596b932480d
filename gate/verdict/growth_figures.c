#include "gate/verdict/growth_figures.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/stats/growth.h"
#include "gate/verdict/growth_points.h"

#define CONFIDENCE 0.95 /* of all intervals that are shown */

enum {
    LEAST_SIZES = 3 /* two leave a fixed cost open */
};

static const struct bench_result *find_bench(const struct result *result, const char *id)
{
    for (size_t i = 0; i < result->benches.count; i++) {
        if (str_equal(result->benches.items[i].id, id))
            return &result->benches.items[i];
    }
    return NULL;
}

/* The sizes of a group that tell a metric. */
struct sizes {
    struct growth_point *points; /* owned */
    size_t count;
    size_t measured_count; /* those with pairs, whatever they tell */
    size_t identical_count;
};

static void sizes_clear(struct sizes *sizes)
{
    free(sizes->points);
}

/* From the runs that count it, where there are some; else from those that were timed. */
static bool find_point(const struct bench_result *bench,
                       enum metric metric,
                       struct growth_point *point)
{
    bool is_counted = metric == METRIC_INSTRUCTIONS || metric == METRIC_ALLOCATIONS ||
                      metric == METRIC_ALLOCATED_BYTES || metric == METRIC_PEAK_HEAP;
    return (is_counted && growth_point_of(&bench->counted_pairs, metric, point)) ||
           growth_point_of(&bench->pairs, metric, point);
}

static void add_size(struct sizes *sizes,
                     const struct bench_result *bench,
                     enum metric metric,
                     double size)
{
    sizes->identical_count += bench->verdict == VERDICT_IDENTICAL;
    if (!bench->pairs.count || bench->verdict == VERDICT_FAILED)
        return;
    sizes->measured_count++;
    struct growth_point *point = &sizes->points[sizes->count];
    if (!find_point(bench, metric, point))
        return;
    point->size = size;
    sizes->count++;
}

static struct sizes sizes_of(const struct growth_group *group,
                             const struct result *result,
                             enum metric metric)
{
    struct sizes sizes = { 0 };
    sizes.points = xcalloc(group->benches.count + 1, sizeof *sizes.points);
    for (size_t i = 0; i < group->benches.count; i++) {
        const struct bench *bench = group->benches.items[i].bench;
        const struct bench_result *found = find_bench(result, bench->id);
        if (found)
            add_size(&sizes, found, metric, growth_size(group, bench));
    }
    return sizes;
}

static size_t count_judged(const struct growth_group *group,
                           const struct result *result,
                           enum metric metric)
{
    size_t count = 0;
    for (size_t i = 0; i < group->benches.count; i++) {
        const struct row *row =
            rows_find_judged(&result->rows, group->benches.items[i].bench->id, metric);
        count += row && row->pair_count;
    }
    return count;
}

enum metric growth_time_metric(const struct growth_group *group,
                               const struct result *result)
{
    AUTO(sizes_clear)
    struct sizes counted = sizes_of(group, result, METRIC_INSTRUCTIONS);
    size_t judged = count_judged(group, result, METRIC_INSTRUCTIONS);
    if (judged && judged == counted.count && judged >= counted.measured_count)
        return METRIC_INSTRUCTIONS;
    return count_judged(group, result, METRIC_WALL) ? METRIC_WALL : METRIC_CPU;
}

static struct growth_result *push_unknown(const struct growth_group *group,
                                          enum metric metric,
                                          bool has_ceiling,
                                          struct result *result)
{
    const struct growth_allowance *allowance = growth_allowance_of(metric);
    const struct growth_exponent unknown = { (double)NAN, (double)-INFINITY,
                                             (double)INFINITY };
    struct growth_result *growth = array_push(&result->growths);
    *growth = (struct growth_result){
        .name = xstrdup(group->name),
        .parameter = xstrdup(group->benchmark->growth.parameter),
        .metric = metric,
        .ceiling = xstrdup(has_ceiling ? group->benchmark->growth.text : ""),
        .ceiling_exponent = (double)NAN,
        .tolerance = allowance->ceiling_tolerance,
        .base = unknown,
        .head = unknown,
        .difference = unknown,
        .base_tolerance = allowance->base_tolerance,
        .p_above = 1,
        .p_above_holm = 1,
        .p_faster = 1,
        .p_faster_holm = 1,
        .p_ok = 1,
        .outcome = GROWTH_CANNOT_TELL,
    };
    return growth;
}

/* What was measured can't tell it; "" where nothing stands in the way. */
static char *why_unknown(const struct growth_group *group, const struct sizes *sizes)
{
    size_t asked = group->benches.count;
    if (sizes->count >= LEAST_SIZES)
        return xstrdup("");
    if (asked < group->stated_count && asked < LEAST_SIZES)
        return str_format("asked for: %zu of its %zu sizes", asked, group->stated_count);
    if (sizes->count < sizes->measured_count)
        return str_format("with pairs enough: %zu of %zu sizes", sizes->count, asked);
    if (sizes->count < asked)
        return str_format("measured: %zu of %zu sizes", sizes->count, asked);
    if (sizes->count == 2)
        return xstrdup("2 sizes: growth and a fixed cost can't be told apart");
    return str_format("%zu size%s", sizes->count, sizes->count == 1 ? "" : "s");
}

static struct growth_exponent exponent_of(const struct growth_data *data,
                                          enum growth_side side)
{
    struct interval interval = growth_interval(data, side, CONFIDENCE);
    return (struct growth_exponent){ growth_fit(data, side).exponent, interval.low,
                                     interval.high };
}

static void hold_against_ceiling(const struct growth_ceiling *ceiling,
                                 const struct growth_data *data,
                                 struct growth_result *growth)
{
    growth->ceiling_exponent =
        growth_effective_exponent(data, ceiling->power, ceiling->has_log);
    double most = growth->ceiling_exponent + growth->tolerance;
    growth->p_above = growth_p_above(data, GROWTH_HEAD, most);
    growth->p_ok = fmax(growth->p_ok, growth_p_below(data, GROWTH_HEAD, most));
}

static void hold_against_base(const struct growth_data *data,
                              struct growth_result *growth)
{
    struct growth_comparison comparison =
        growth_compare(data, growth->base_tolerance, CONFIDENCE);
    growth->difference =
        (struct growth_exponent){ comparison.difference, comparison.interval.low,
                                  comparison.interval.high };
    growth->p_faster = comparison.p_faster;
    growth->p_ok = comparison.p_within;
}

static void fill(const struct growth_group *group,
                 const struct sizes *sizes,
                 struct growth_result *growth)
{
    const struct growth_data data = {
        .points = sizes->points,
        .count = sizes->count,
        .least_rise = growth_allowance_of(growth->metric)->least_rise,
    };
    growth->smallest = sizes->points[0].size;
    growth->largest = sizes->points[sizes->count - 1].size;
    growth->base = exponent_of(&data, GROWTH_BASE);
    growth->head = exponent_of(&data, GROWTH_HEAD);
    hold_against_base(&data, growth);
    if (*growth->ceiling)
        hold_against_ceiling(&group->benchmark->growth, &data, growth);
}

struct growth_result *growth_add(const struct growth_group *group,
                                 enum metric metric,
                                 bool has_ceiling,
                                 struct result *result)
{
    struct growth_result *growth = push_unknown(group, metric, has_ceiling, result);
    AUTO(sizes_clear) struct sizes sizes = sizes_of(group, result, metric);
    growth->size_count = sizes.count;
    growth->reason = why_unknown(group, &sizes);
    if (sizes.identical_count && sizes.identical_count == group->benches.count) {
        growth->outcome = GROWTH_IDENTICAL;
        growth->reason[0] = '\0';
    }
    if (sizes.count > 1)
        fill(group, &sizes, growth);
    return growth;
}
