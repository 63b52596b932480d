/* Waivers: rows whose regression was accepted are measured against what was accepted. */
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/cli/check.h"
#include "gate/verdict/waivers.h"

static struct waived row_of(const struct bench *bench, enum metric metric)
{
    return (struct waived){ .kind = WAIVER_ROW,
                            .metric = metric,
                            .id = bench->id,
                            .benchmark = bench->benchmark->name };
}

/* The first in force that is for the row of the bench; NULL: none. */
static const struct waiver *
find_waiver(const struct check *check, const struct bench *bench, enum metric metric)
{
    const struct waivers *waivers = &check->configs[SIDE_HEAD]->waivers;
    const struct waived row = row_of(bench, metric);
    for (size_t i = 0; i < waivers->count; i++) {
        const struct waiver *waiver = &waivers->items[i];
        if (waiver_is_for(waiver, &row) &&
            waiver_is_in_force(waiver, check->result.started_at))
            return waiver;
    }
    return NULL;
}

/* The bench once more, for margins of its own; it lives as long as the stage. */
static struct bench_copy *copy_bench(struct check_stage *stage, const struct bench *bench)
{
    struct bench_copy *copy = xcalloc(1, sizeof *copy);
    array_push(&stage->names)->copy = copy;
    copy->benchmark = *bench->benchmark;
    copy->bench = *bench;
    copy->bench.benchmark = &copy->benchmark;
    return copy;
}

/* The margin of creep follows the row's own: what is accepted now may still have crept.
 */
static void pin_creep(struct benchmark *benchmark, enum metric metric)
{
    benchmark->creep.items[metric] = benchmark_creep_margin(benchmark, metric);
    benchmark->creep.given |= METRIC_BIT(metric);
}

static void waive(struct check *check, struct check_bench *listed)
{
    const struct bench *bench = listed->bench;
    struct bench_copy *copy = NULL;
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        const struct margin own = bench->benchmark->margins[metric];
        const struct waiver *waiver = find_waiver(check, bench, metric);
        if (!own.is_gated || !waiver)
            continue;
        if (!copy)
            copy = copy_bench(&check->gate, bench);
        pin_creep(&copy->benchmark, metric);
        copy->benchmark.margins[metric] = waived_margin(&own, waiver);
        *array_push(&check->waived) = (struct waived_row){
            .waiver = waiver, .bench_id = bench->id, .metric = metric, .own = own
        };
    }
    if (copy)
        listed->bench = &copy->bench;
}

int check_waive(struct check *check, struct error *err)
{
    if (check_refuse_unprinted(check, err) < 0)
        return -1;
    for (size_t i = 0; i < check->gate.list.count; i++) {
        if (check->gate.list.items[i].settled == VERDICT_NONE)
            waive(check, &check->gate.list.items[i]);
    }
    return 0;
}

void check_judge_waivers(struct check *check)
{
    static const struct waivers none = { 0 };
    AUTO_BORROWED_BENCHES struct benches all = { 0 };
    const struct config *base = check->configs[SIDE_BASE];
    for (size_t i = 0; i < check->gate.list.count; i++)
        *array_push(&all) = *check->gate.list.items[i].bench;
    const struct waivers *of_base = base ? &base->waivers : &none;
    const struct waiver_rules rules = {
        .waivers = &check->configs[SIDE_HEAD]->waivers,
        .base = check->options.config_path ? NULL : of_base,
        .benches = &all,
        .rows = &check->waived,
    };
    waivers_judge(&rules, &check->result);
}
