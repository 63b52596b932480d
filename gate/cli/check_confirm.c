/* --confirm: what regressed is built once more, in other places, and measured again.
 *
 * Two builds of one source can differ in speed for a whole session, by where their code
 * and their files happen to lie, and no number of pairs tells that from a change. A
 * second measurement with other builds, other scratch directories and other coins is a
 * second draw of all that. It is an experiment of its own, over the rows that regressed
 * alone, with the error rates of the gate. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/cli/check.h"
#include "gate/cli/check_shard.h"
#include "gate/verdict/judge.h"

#define STAGE "confirm"

/* Of rows that regressed, and of growth that got too steep over the bench and others. */
static uint64_t metrics_again(const struct check *check, const char *id)
{
    const struct rows *rows = &check->result.rows;
    AUTO_BORROWED_BENCHES struct benches own = check_growth_benches(check);
    uint64_t metrics = growth_metrics_again(&check->result, &own, id);
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        const struct row *row = rows_find_judged(rows, id, metric);
        if (row && row->verdict == VERDICT_REGRESSED)
            metrics |= METRIC_BIT(metric);
    }
    return metrics;
}

/* The seed is part of the lane: each gate has builds of its own, and an interrupted one
 * goes on with those that it had. */
static int build_again(struct check *check, struct error *err)
{
    struct check_stage *stage = &check->confirm;
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        AUTO_FREE char *name = str_format("%s again", side_names[side]);
        AUTO_FREE char *lane = str_format(STAGE " %s %llu", side_names[side],
                                          (unsigned long long)check->seed);
        const struct check_build build = { .side = side, .name = name, .lane = lane };
        if (check_build(check, &build, &stage->built[side], err) < 0)
            return -1;
        stage->trees[side] = stage->built[side].entry.tree;
    }
    return scratch_open(&stage->scratch, check->cache_directory, err);
}

static int64_t pairs_wall_ns(const struct pairs *pairs)
{
    int64_t sum_ns = 0;
    for (size_t i = 0; i < pairs->count; i++)
        sum_ns += pairs->items[i].sides[SIDE_BASE].wall_ns +
                  pairs->items[i].sides[SIDE_HEAD].wall_ns;
    return sum_ns;
}

/* How long the runs of a bench took in the first measurement. */
static int64_t time_taken_ns(const struct result *result, const char *id)
{
    int64_t taken_ns = 0;
    for (size_t i = 0; i < result->benches.count; i++) {
        const struct bench_result *bench = &result->benches.items[i];
        if (!str_equal(bench->id, id))
            continue;
        taken_ns += pairs_wall_ns(&bench->pairs) + pairs_wall_ns(&bench->counted_pairs);
    }
    return taken_ns;
}

/* What is left of the budget, and not less than the first measurement of these benches
 * took: a verdict must not hang on the rest of the gate having been slow. */
static int64_t budget_ns(const struct check *check)
{
    const struct result *result = &check->result;
    const struct check_benches *list = &check->confirm.list;
    int64_t taken_ns = 0;
    int64_t longest_ns = 0; /* of a group, which has its runs together */
    for (size_t i = 0; i < list->count; i++) {
        const struct bench *bench = list->items[i].bench;
        const char *before = i ? list->items[i - 1].bench->group : NULL;
        int64_t of_bench_ns = time_taken_ns(result, bench->id);
        if (!bench->group || !before || !str_equal(bench->group, before))
            longest_ns = 0;
        if (of_bench_ns > longest_ns) {
            taken_ns += of_bench_ns - longest_ns;
            longest_ns = of_bench_ns;
        }
    }
    int64_t least_ns = result->measuring_ns + taken_ns;
    return result->budget_ns > least_ns ? result->budget_ns : least_ns;
}

static int measure_again(struct check *check, struct error *err)
{
    AUTO_CHECK_TRIALS struct check_trials trials = { 0 };
    AUTO(experiment_clear) struct experiment experiment;
    struct experiment_options options = check_experiment_options(check);
    options.seed = random_at(check->seed, random_stream_of(STAGE), 0);
    options.budget_ns = budget_ns(check);
    options.rows_elsewhere[FAMILY_GATE] = 0; /* a family of its own, in each shard */
    experiment_init(&experiment, &options);
    check_add_trials(&check->confirm, &experiment, &trials);
    if (trials.count) {
        check_announce(check, "confirming", &experiment);
        if (check_open_counter(check, &experiment, err) < 0 ||
            check_run_pairs(check, &experiment, &trials, STAGE, err) < 0)
            return -1;
    }
    if (check_tear_down(check, &check->confirm, &experiment, 0, err) < 0)
        return -1;
    check->result.confirm = check_second_opinion(&check->confirm, &experiment, 0);
    return 0;
}

int check_confirm(struct check *check, struct error *err)
{
    if (!check->options.confirms || result_discrediting(&check->result))
        return 0;
    check->confirm.name = STAGE;
    check_list_again(check, &check->confirm, metrics_again);
    if (check->confirm.list.count &&
        (build_again(check, err) < 0 || check_same_work(check, &check->confirm, err) < 0))
        return -1;
    if (measure_again(check, err) < 0)
        return -1;
    struct growth_errors errors = check_growth_errors(check);
    AUTO_BORROWED_BENCHES struct benches own = check_growth_benches(check);
    growth_confirm(&own, &errors, &check->result);
    judge_confirmation(&check->result);
    return 0;
}
