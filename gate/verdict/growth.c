#include "gate/verdict/growth.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/stats/holm.h"
#include "gate/verdict/growth_figures.h"
#include "gate/verdict/growth_group.h"

bool growth_is_stated(const struct benches *benches)
{
    for (size_t i = 0; i < benches->count; i++) {
        if (benches->items[i].benchmark->growth.text)
            return true;
    }
    return false;
}

/* What a group is judged by beside its time: costs that are no time, of which each size
 * has a row. */
static bool is_judged_beside(const struct growth_group *group,
                             const struct result *result,
                             enum metric metric)
{
    const struct metric_info *info = metric_info(metric);
    bool is_cost = !info->larger_is_better && info->unit != METRIC_UNIT_SECONDS &&
                   info->unit != METRIC_UNIT_PLAIN;
    if (!is_cost)
        return false;
    for (size_t i = 0; i < group->benches.count; i++) {
        const struct row *row =
            rows_find_judged(&result->rows, group->benches.items[i].bench->id, metric);
        if (!row || !row->pair_count)
            return false;
    }
    return true;
}

static void add_group(const struct growth_group *group, struct result *result)
{
    enum metric time = growth_time_metric(group, result);
    growth_add(group, time, true, result);
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        if (metric != time && is_judged_beside(group, result, metric))
            growth_add(group, metric, false, result);
    }
}

/* Both questions, about base and about the ceilings that there are, are one family. What
 * could not be measured has the p-value 1 and only makes the others stricter. */
static void correct_p_values(struct growth_results *growths)
{
    AUTO_FREE double *p = xcalloc(2 * growths->count + 1, sizeof *p);
    size_t count = 0;
    for (size_t i = 0; i < growths->count; i++) {
        p[count++] = growths->items[i].p_faster;
        if (*growths->items[i].ceiling)
            p[count++] = growths->items[i].p_above;
    }
    holm_adjust(p, count, p);
    for (size_t i = growths->count; i-- > 0;) {
        if (*growths->items[i].ceiling)
            growths->items[i].p_above_holm = p[--count];
        growths->items[i].p_faster_holm = p[--count];
    }
}

static void set_reason(struct growth_result *growth, char *reason)
{
    free(growth->reason);
    growth->reason = reason;
}

static void add_exponent(struct str *out, const struct growth_result *growth, double k)
{
    if (isfinite(k))
        str_addf(out, "%s^%.2f", growth->parameter, k);
    else
        str_add(out, "any exponent");
}

/* The figures are there, but don't rule out enough. */
static char *describe_doubt(const struct growth_result *growth)
{
    struct str reason = STR_INIT;
    double most = growth->ceiling_exponent + growth->tolerance;
    if (*growth->ceiling && growth->head.high > most) {
        str_add(&reason, "it may grow as ");
        add_exponent(&reason, growth, growth->head.high);
        str_addf(&reason, ", and %s allows ", growth->ceiling);
        add_exponent(&reason, growth, most);
    } else if (isfinite(growth->difference.high)) {
        str_addf(&reason,
                 "its exponent may be larger than base's by %.2f, and %.2f is allowed",
                 growth->difference.high, growth->base_tolerance);
    } else {
        str_add(&reason, "it may grow faster than base does");
    }
    str_add(&reason, "; more pairs would tell, or sizes further apart");
    return str_detach(&reason);
}

static bool base_is_above(const struct growth_result *growth)
{
    return growth->base.exponent > growth->ceiling_exponent + growth->tolerance;
}

static void settle(const struct growth_errors *errors, struct growth_result *growth)
{
    bool is_above = growth->p_above_holm <= errors->false_alarm;
    bool is_faster = growth->p_faster_holm <= errors->false_alarm;
    if (growth->outcome == GROWTH_IDENTICAL)
        return;
    growth->was_above_on_base = is_above && base_is_above(growth);
    if (is_faster || is_above) {
        growth->outcome = is_faster ? GROWTH_FASTER : GROWTH_ABOVE;
        set_reason(growth, xstrdup(""));
    } else if (growth->p_ok <= errors->miss) {
        growth->outcome = GROWTH_OK;
    } else if (!*growth->reason) {
        set_reason(growth, describe_doubt(growth));
    }
}

void growth_judge(const struct benches *benches,
                  const struct growth_errors *errors,
                  struct result *result)
{
    AUTO_GROWTH_GROUPS struct growth_groups groups = { 0 };
    growth_groups_of(benches, &groups);
    for (size_t i = 0; i < groups.count; i++)
        add_group(&groups.items[i], result);
    correct_p_values(&result->growths);
    for (size_t i = 0; i < result->growths.count; i++)
        settle(errors, &result->growths.items[i]);
}

static bool is_refuted(const struct growth_errors *errors,
                       const struct growth_result *growth)
{
    return growth->p_above_holm <= errors->false_alarm ||
           growth->p_faster_holm <= errors->false_alarm;
}

/* One that a waiver or a second measurement took back stays so, where it was worse
 * before as it is now. */
static void settle_again(const struct growth_errors *errors,
                         bool was_refuted,
                         struct growth_result *growth)
{
    bool is_worse = growth->outcome == GROWTH_FASTER || growth->outcome == GROWTH_ABOVE;
    enum growth_outcome before = growth->outcome;
    if (growth->outcome == GROWTH_IDENTICAL ||
        (was_refuted == is_refuted(errors, growth) && !is_worse))
        return;
    char *reason = growth->reason;
    growth->reason = xstrdup("");
    growth->outcome = GROWTH_CANNOT_TELL;
    settle(errors, growth);
    if (growth->outcome == before)
        set_reason(growth, reason);
    else
        free(reason);
}

void growth_judge_again(const struct growth_errors *errors,
                        struct growth_results *growths)
{
    AUTO_FREE bool *was_refuted = xcalloc(growths->count + 1, sizeof *was_refuted);
    for (size_t i = 0; i < growths->count; i++)
        was_refuted[i] = is_refuted(errors, &growths->items[i]);
    correct_p_values(growths);
    for (size_t i = 0; i < growths->count; i++)
        settle_again(errors, was_refuted[i], &growths->items[i]);
}
