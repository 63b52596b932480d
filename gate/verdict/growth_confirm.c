/* Growth measured again, with fresh builds: as with rows, worse is what both show. */
#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/verdict/growth.h"
#include "gate/verdict/growth_figures.h"
#include "gate/verdict/growth_group.h"

static bool is_time(enum metric metric)
{
    return metric == METRIC_CPU || metric == METRIC_WALL;
}

/* The metrics of the group's growths that fail the gate. */
static uint64_t worse_metrics(const struct result *result,
                              const struct growth_group *group)
{
    uint64_t metrics = 0;
    for (size_t i = 0; i < result->growths.count; i++) {
        const struct growth_result *growth = &result->growths.items[i];
        if (!growth_is_worse(growth) || !str_equal(growth->name, group->name))
            continue;
        metrics |= METRIC_BIT(growth->metric);
        if (is_time(growth->metric))
            metrics |= METRIC_BIT(METRIC_CPU) | METRIC_BIT(METRIC_WALL);
    }
    return metrics;
}

static uint64_t gated_metrics(const struct bench *bench)
{
    uint64_t metrics = 0;
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        if (bench->benchmark->margins[metric].is_gated)
            metrics |= METRIC_BIT(metric);
    }
    return metrics;
}

static const struct bench *find_bench(const struct growth_group *group, const char *id)
{
    for (size_t i = 0; i < group->benches.count; i++) {
        if (str_equal(group->benches.items[i].bench->id, id))
            return group->benches.items[i].bench;
    }
    return NULL;
}

uint64_t growth_metrics_again(const struct result *result,
                              const struct benches *benches,
                              const char *bench_id)
{
    AUTO_GROWTH_GROUPS struct growth_groups groups = { 0 };
    growth_groups_of(benches, &groups);
    for (size_t i = 0; i < groups.count; i++) {
        const struct bench *bench = find_bench(&groups.items[i], bench_id);
        if (bench)
            return worse_metrics(result, &groups.items[i]) & gated_metrics(bench);
    }
    return 0;
}

/* The benches that some growth needs; borrowed from all of them. */
static void list_needed(const struct result *result,
                        const struct benches *benches,
                        struct benches *needed)
{
    for (size_t i = 0; i < benches->count; i++) {
        if (growth_metrics_again(result, benches, benches->items[i].id))
            *array_push(needed) = benches->items[i];
    }
}

static void forget_borrowed(struct benches *benches)
{
    array_clear(benches);
}

static const struct growth_result *find_again(const struct growth_results *growths,
                                              const struct growth_result *first)
{
    for (size_t i = 0; i < growths->count; i++) {
        const struct growth_result *again = &growths->items[i];
        bool is_same = again->metric == first->metric ||
                       (is_time(again->metric) && is_time(first->metric));
        if (is_same && str_equal(again->name, first->name))
            return again;
    }
    return NULL;
}

static void settle(struct growth_result *growth, const struct growth_result *again)
{
    bool is_confirmed = again && growth_is_worse(again);
    struct str reason = STR_INIT;
    str_add(&reason, is_confirmed
                         ? "fresh builds showed it again"
                         : "too steep at first, but fresh builds did not confirm it");
    if (again && again->size_count > 1)
        str_addf(&reason, ": the exponent was %.2f, and %.2f on base",
                 again->head.exponent, again->base.exponent);
    if (!is_confirmed)
        growth->outcome = GROWTH_CANNOT_TELL;
    free(growth->reason);
    growth->reason = str_detach(&reason);
}

/* A row that was not called worse has nothing to be confirmed. */
static void unjudge_others(struct result *result)
{
    for (size_t i = 0; i < result->confirm->rows.count; i++) {
        struct row *again = &result->confirm->rows.items[i];
        const struct row *first =
            rows_find_judged(&result->rows, again->bench_id, again->metric);
        if (!first || first->verdict != VERDICT_REGRESSED)
            again->is_judged = false;
    }
}

void growth_confirm(const struct benches *benches,
                    const struct growth_errors *errors,
                    struct result *result)
{
    AUTO(forget_borrowed) struct benches needed = { 0 };
    struct result second = { .benches = result->confirm->benches,
                             .rows = result->confirm->rows };
    list_needed(result, benches, &needed);
    growth_judge(&needed, errors, &second);
    result->confirm->growths = second.growths;
    for (size_t i = 0; i < result->growths.count; i++) {
        struct growth_result *growth = &result->growths.items[i];
        if (growth_is_worse(growth))
            settle(growth, find_again(&second.growths, growth));
    }
    unjudge_others(result);
}
