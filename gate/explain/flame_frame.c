#include "gate/explain/flame_frame.h"

#include <math.h>

#include "gate/base/array.h"
#include "gate/explain/profile_diff.h"

double flame_larger(const double inclusive[SIDE_COUNT])
{
    return fmax(inclusive[SIDE_BASE], inclusive[SIDE_HEAD]);
}

double flame_least(const struct profile_diff *diff)
{
    return FLAME_FLOOR *
           fmax((double)diff->totals[SIDE_BASE], (double)diff->totals[SIDE_HEAD]);
}

struct flame_frame flame_frame_of_all(const struct profile_diff *diff)
{
    return (struct flame_frame){
        .kind = FLAME_ALL,
        .item = FLAME_NONE,
        .parent = FLAME_NONE,
        .inclusive = { (double)diff->totals[SIDE_BASE], (double)diff->totals[SIDE_HEAD] },
    };
}

const struct costs_function *flame_function_of(const struct profile_diff *diff,
                                               uint32_t item)
{
    const struct function_costs *sides = diff->functions.items[item].sides;
    enum side side = sides[SIDE_HEAD].function == COSTS_NONE ? SIDE_BASE : SIDE_HEAD;
    return &diff->sides[side]->functions.items[sides[side].function];
}

struct flame_frame flame_frame_of(const struct profile_diff *diff,
                                  uint32_t item,
                                  const struct flame_tree *tree,
                                  uint32_t parent)
{
    const struct function_diff *function = &diff->functions.items[item];
    return (struct flame_frame){
        .kind = FLAME_FUNCTION,
        .name = function->name,
        .file = function->file,
        .is_in_tree = flame_function_of(diff, item)->is_in_tree,
        .item = item,
        .parent = parent,
        .depth = tree->frames.items[parent].depth + 1,
    };
}

void flame_add_others(struct flame_tree *tree, const struct flame_rest *rests)
{
    size_t count = tree->frames.count;
    for (uint32_t i = 0; i < count; i++) {
        const struct flame_rest *rest = &rests[i];
        const struct flame_frame others = {
            .kind = FLAME_OTHERS,
            .item = FLAME_NONE,
            .parent = i,
            .depth = tree->frames.items[i].depth + 1,
            .merged_count = rest->count,
            .inclusive = { rest->inclusive[SIDE_BASE], rest->inclusive[SIDE_HEAD] },
            .self = { rest->inclusive[SIDE_BASE], rest->inclusive[SIDE_HEAD] },
        };
        if (rest->count)
            *array_push(&tree->frames) = others;
    }
}
