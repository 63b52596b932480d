/* What is built and measured together, and what the steps ask of it. */
#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/cli/check.h"

static void clear_list(struct check_benches *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i].reason);
    array_clear(list);
}

static void clear_copy(struct bench_copy *copy)
{
    free(copy->id);
    free(copy->printed_name);
    free(copy->name_before);
    free(copy->group);
}

static void free_copies(struct check_stage *stage)
{
    for (size_t i = 0; i < stage->copy_count; i++)
        clear_copy(&stage->copies[i]);
    free(stage->copies);
    for (size_t i = 0; i < stage->names.count; i++) {
        clear_copy(stage->names.items[i].copy);
        free(stage->names.items[i].copy);
    }
    array_clear(&stage->names);
}

void suite_failures_clear(struct suite_failures *failures)
{
    for (size_t i = 0; i < failures->count; i++)
        free(failures->items[i].why);
    array_clear(failures);
}

void check_stage_clear(struct check_stage *stage)
{
    scratch_close(&stage->scratch);
    free_copies(stage);
    clear_list(&stage->list);
    hook_sets_clear(&stage->teardown);
    suite_failures_clear(&stage->torn);
    for (enum side side = 0; side < SIDE_COUNT; side++)
        built_side_release(&stage->built[side]);
    *stage = CHECK_STAGE_INIT;
}

/* The bench with no margins but those of the metrics. */
static void narrow(const struct bench *bench, uint64_t metrics, struct bench_copy *copy)
{
    copy->benchmark = *bench->benchmark;
    copy->bench = *bench;
    copy->bench.benchmark = &copy->benchmark;
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++)
        copy->benchmark.margins[metric].is_gated = metrics & METRIC_BIT(metric);
}

void check_list_again(struct check *check,
                      struct check_stage *stage,
                      check_metrics *metrics_of)
{
    stage->copies = xcalloc(check->gate.list.count, sizeof *stage->copies);
    for (size_t i = 0; i < check->gate.list.count; i++) {
        const struct bench *bench = check->gate.list.items[i].bench;
        struct bench_copy *copy = &stage->copies[stage->copy_count];
        uint64_t metrics = metrics_of(check, bench->id);
        if (!metrics)
            continue;
        narrow(bench, metrics, copy);
        stage->copy_count++;
        array_push(&stage->list)->bench = &copy->bench;
    }
}

void check_trials_clear(struct check_trials *trials)
{
    array_clear(trials);
}

void check_settle(struct check_bench *bench, enum verdict verdict, char *reason)
{
    free(bench->reason);
    bench->reason = reason;
    bench->settled = verdict;
}

enum side check_first_side(const struct check_stage *stage)
{
    return stage->is_alone ? SIDE_HEAD : SIDE_BASE;
}

bool check_builds_anything(const struct check *check)
{
    return check_config(check, SIDE_BASE)->build.run.count ||
           check_config(check, SIDE_HEAD)->build.run.count;
}

int check_names_executed(const struct check *check,
                         const struct bench *bench,
                         enum side side,
                         struct strvec *words,
                         struct error *err)
{
    const struct side_place place = check_side_place(&check->gate, side);
    struct side_scope scope = side_scope_of_bench(bench, &place, &check->environment);
    return side_command_names(&scope, bench->benchmark, words, err);
}

const char *check_scratch(const struct check_stage *stage, enum side side)
{
    bool is_bases = side == SIDE_BASE || stage->is_work_shared;
    return is_bases ? stage->scratch.base : stage->scratch.head;
}

struct side_place check_side_place(const struct check_stage *stage, enum side side)
{
    return (struct side_place){ .tree = stage->trees[side],
                                .scratch = check_scratch(stage, side) };
}

struct benches check_measured_benches(const struct check_stage *stage)
{
    struct benches measured = { 0 };
    for (size_t i = 0; i < stage->list.count; i++) {
        if (stage->list.items[i].settled == VERDICT_NONE)
            *array_push(&measured) = *stage->list.items[i].bench;
    }
    return measured;
}

void check_forget_benches(struct benches *benches)
{
    array_clear(benches);
}

struct side_bench check_side_bench(const struct check_stage *stage,
                                   const struct bench *bench)
{
    struct side_bench made = { .bench = bench };
    for (enum side side = 0; side < SIDE_COUNT; side++)
        made.places[side] = check_side_place(stage, side);
    return made;
}

bool check_is_of(const struct experiment *experiment,
                 size_t trial,
                 const struct bench *bench)
{
    return trial < experiment->trials.count &&
           str_equal(experiment->trials.items[trial].plan.id, bench->id);
}

/* By what a harness prints, in the runs that all its names share. */
static void add_trial_of_name(const struct check_stage *stage,
                              const struct bench *bench,
                              struct experiment *experiment,
                              struct check_trials *trials)
{
    const struct trial_plan plan = {
        .id = bench->id,
        .margins = bench->benchmark->margins,
        .family = stage->family,
        .metrics = bench->metrics,
        .group = bench->group,
    };
    *array_push(trials) = check_side_bench(stage, bench);
    experiment_add_plan(experiment, &plan);
}

/* One by the clock, and one for each way of counting that the bench asks for. */
static void add_trials_of(const struct check_stage *stage,
                          const struct check_bench *listed,
                          struct experiment *experiment,
                          struct check_trials *trials)
{
    if (listed->bench->printed_name) {
        add_trial_of_name(stage, listed->bench, experiment, trials);
        return;
    }
    uint64_t counted = 0;
    for (enum counting counting = 0; counting < COUNTING_COUNT; counting++)
        counted |= check_counts(stage, listed, counting) ? counter_metrics(counting) : 0;
    for (enum counting counting = 0; counting < COUNTING_COUNT; counting++) {
        bool is_plain = counting == COUNTING_NONE;
        if (!is_plain && !check_counts(stage, listed, counting))
            continue;
        const struct trial_plan plan = {
            .id = listed->bench->id,
            .margins = listed->bench->benchmark->margins,
            .family = stage->family,
            .metrics =
                is_plain ? metrics_of_process() & ~counted : counter_metrics(counting),
            .counting = counting,
            .pairing = is_plain && !stage->is_alone
                           ? side_pairing(listed->bench->benchmark)
                           : PAIRING_APART,
        };
        struct side_bench *added = array_push(trials);
        *added = check_side_bench(stage, listed->bench);
        added->counting = counting;
        experiment_add_plan(experiment, &plan);
    }
}

void check_add_trials(const struct check_stage *stage,
                      struct experiment *experiment,
                      struct check_trials *trials)
{
    for (size_t i = 0; i < stage->list.count; i++) {
        if (stage->list.items[i].settled == VERDICT_NONE)
            add_trials_of(stage, &stage->list.items[i], experiment, trials);
    }
}
