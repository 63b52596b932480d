/* Which waiver speaks of what, and what became of it. The settling of a single row,
 * growth or goal is in waivers_settle.c. */
#include "gate/verdict/waivers.h"

#include <math.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/verdict/judge.h"
#include "gate/verdict/waivers_settle.h"

struct margin waived_margin(const struct margin *own, const struct waiver *waiver)
{
    return (struct margin){ .is_gated = own->is_gated,
                            .share = fmax(own->share, waiver->up_to.share),
                            .floor = fmax(own->floor, waiver->up_to.floor) };
}

static void
add_waiver(const struct waiver_rules *rules, size_t number, struct result *result)
{
    const struct waiver *waiver = &rules->waivers->items[number];
    *array_push(&result->waivers) = (struct waiver_result){
        .row = xstrdup(waiver->row),
        .metric = xstrdup(waiver->metric_text),
        .up_to = xstrdup(waiver->up_to_text),
        .reason = xstrdup(waiver->reason),
        .owner = xstrdup(waiver->owner),
        .until = xstrdup(waiver->until),
        .is_added = rules->base && !waivers_have(rules->base, waiver),
        .is_over = !waiver_is_in_force(waiver, result->started_at),
    };
}

static void note(struct waiver_result *waiver, enum waiver_outcome outcome, char *what)
{
    AUTO_FREE char *name = what;
    if (outcome > waiver->outcome)
        waiver->outcome = outcome;
    if (outcome == WAIVER_HOLDS)
        strvec_push(&waiver->for_rows, name);
}

static const char *benchmark_of(const struct waiver_rules *rules, const char *bench_id)
{
    for (size_t i = 0; i < rules->benches->count; i++)
        if (str_equal(rules->benches->items[i].id, bench_id))
            return rules->benches->items[i].benchmark->name;
    return bench_id;
}

/* The waiver that decides of what: the first that is in force, else the first; count of
 * waivers where there is none. */
static size_t find(const struct waiver_rules *rules,
                   const struct waived *what,
                   const struct result *result)
{
    size_t found = rules->waivers->count;
    for (size_t i = 0; i < rules->waivers->count; i++) {
        if (!waiver_is_for(&rules->waivers->items[i], what))
            continue;
        if (!result->waivers.items[i].is_over)
            return i;
        found = found < i ? found : i;
    }
    return found;
}

static const struct waived_row *find_waived(const struct waiver_rules *rules,
                                            const struct row *row)
{
    for (size_t i = 0; i < rules->rows->count; i++) {
        const struct waived_row *waived = &rules->rows->items[i];
        if (waived->metric == row->metric && str_equal(waived->bench_id, row->bench_id))
            return waived;
    }
    return NULL;
}

static void
judge_row(const struct waiver_rules *rules, struct row *row, struct result *result)
{
    const struct waived what = { .kind = WAIVER_ROW,
                                 .metric = row->metric,
                                 .id = row->bench_id,
                                 .benchmark = benchmark_of(rules, row->bench_id) };
    const struct waived_row *waived = find_waived(rules, row);
    size_t number = find(rules, &what, result);
    if (number == rules->waivers->count)
        return;
    struct waiver_result *waiver = &result->waivers.items[number];
    note(waiver, waiver_settle_row(waiver, waived ? &waived->own : NULL, row),
         str_format("%s %s", row->bench_id, metric_name(row->metric)));
}

static void judge_growth(const struct waiver_rules *rules,
                         struct growth_result *growth,
                         struct result *result)
{
    AUTO_FREE char *benchmark = xstrndup(growth->name, strcspn(growth->name, "["));
    const struct waived what = { .kind = WAIVER_GROWTH,
                                 .metric = growth->metric,
                                 .id = growth->name,
                                 .benchmark = benchmark };
    size_t number = find(rules, &what, result);
    if (number == rules->waivers->count)
        return;
    struct waiver_result *waiver = &result->waivers.items[number];
    double up_to = rules->waivers->items[number].bound;
    note(waiver, waiver_settle_growth(waiver, up_to, growth),
         str_format("%s growth of %s", growth->name, metric_name(growth->metric)));
}

static void judge_goal(const struct waiver_rules *rules,
                       struct goal_result *goal,
                       struct result *result)
{
    bool is_tail = !str_equal(goal->label, metric_name(goal->metric));
    const struct waived what = { .kind = WAIVER_GOAL,
                                 .metric = goal->metric,
                                 .statistic = is_tail ? GOAL_P95 : GOAL_MEDIAN,
                                 .id = goal->bench_id,
                                 .benchmark = benchmark_of(rules, goal->bench_id) };
    size_t number = find(rules, &what, result);
    if (number == rules->waivers->count)
        return;
    struct waiver_result *waiver = &result->waivers.items[number];
    double limit = rules->waivers->items[number].bound;
    note(waiver, waiver_settle_goal(waiver, limit, goal),
         str_format("%s goal of %s", goal->bench_id, goal->label));
}

void waivers_judge(const struct waiver_rules *rules, struct result *result)
{
    for (size_t i = 0; i < rules->waivers->count; i++)
        add_waiver(rules, i, result);
    for (size_t i = 0; i < result->rows.count; i++)
        if (result->rows.items[i].is_judged)
            judge_row(rules, &result->rows.items[i], result);
    for (size_t i = 0; i < result->growths.count; i++)
        judge_growth(rules, &result->growths.items[i], result);
    for (size_t i = 0; i < result->goals.count; i++)
        judge_goal(rules, &result->goals.items[i], result);
    judge_benches(result);
}
