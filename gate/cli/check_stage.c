/* What is built and measured together, and what the steps ask of it. */
#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/cli/check.h"

static void clear_list(struct check_benches *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i].reason);
    array_clear(list);
}

static void free_copies(struct check_stage *stage)
{
    for (size_t i = 0; stage->copies && i < stage->list.count; i++)
        free(stage->copies[i].id);
    free(stage->copies);
}

void check_stage_clear(struct check_stage *stage)
{
    scratch_close(&stage->scratch);
    free_copies(stage);
    clear_list(&stage->list);
    for (enum side side = 0; side < SIDE_COUNT; side++)
        built_side_release(&stage->built[side]);
    *stage = CHECK_STAGE_INIT;
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

const char *check_scratch(const struct check_stage *stage, enum side side)
{
    bool is_bases = side == SIDE_BASE || stage->is_work_shared;
    return is_bases ? stage->scratch.base : stage->scratch.head;
}

struct side_bench check_side_bench(const struct check_stage *stage,
                                   const struct bench *bench)
{
    struct side_bench made = { .bench = bench };
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        made.places[side] = (struct side_place){
            .tree = stage->trees[side],
            .scratch = check_scratch(stage, side),
        };
    }
    return made;
}

void check_add_trials(const struct check_stage *stage,
                      struct experiment *experiment,
                      struct check_trials *trials)
{
    for (size_t i = 0; i < stage->list.count; i++) {
        const struct bench *bench = stage->list.items[i].bench;
        if (stage->list.items[i].settled != VERDICT_NONE)
            continue;
        *array_push(trials) = check_side_bench(stage, bench);
        experiment_add_to(experiment, stage->family, bench->id,
                          bench->benchmark->margins);
    }
}
