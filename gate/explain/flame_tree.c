/* The largest frame that is not in the tree yet goes in next, and those below it become
 * candidates; what never goes in is its caller's "others". */
#include "gate/explain/flame_tree.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/explain/call_list.h"
#include "gate/explain/flame_frame.h"
#include "gate/explain/flame_order.h"
#include "gate/explain/profile_diff.h"

struct candidate {
    uint32_t item;
    uint32_t parent;
    double inclusive[SIDE_COUNT];
};

struct unfolding {
    const struct profile_diff *diff;
    struct flame_tree *tree;
    struct call_list calls[SIDE_COUNT];
    struct {
        struct candidate *items;
        size_t count;
        size_t capacity;
    } candidates;
    struct {
        struct flame_rest *items; /* by frame */
        size_t count;
        size_t capacity;
    } rests;
    struct {
        uint32_t *items; /* of the diff: right below the frame that is looked into */
        size_t count;
        size_t capacity;
    } found;
    double (*shares)[SIDE_COUNT]; /* by item: what those cost */
    bool *is_above;               /* by item: the frame itself, or above it */
    double least;                 /* instructions that make a frame */
};

static void unfolding_clear(struct unfolding *unfolding)
{
    for (enum side side = 0; side < SIDE_COUNT; side++)
        call_list_clear(&unfolding->calls[side]);
    array_clear(&unfolding->candidates);
    array_clear(&unfolding->rests);
    array_clear(&unfolding->found);
    free(unfolding->shares);
    free(unfolding->is_above);
}

void flame_tree_clear(struct flame_tree *tree)
{
    array_clear(&tree->frames);
}

static void
add_share(struct unfolding *unfolding, enum side side, uint32_t item, double cost)
{
    double *shares = unfolding->shares[item];
    if (!(cost > 0))
        return;
    if (!(flame_larger(shares) > 0))
        *array_push(&unfolding->found) = item;
    shares[side] += cost;
}

/* Makes candidates of all that was found below the frame. */
static void take_shares(struct unfolding *unfolding, uint32_t parent)
{
    struct flame_rest *rest = &unfolding->rests.items[parent];
    for (size_t i = 0; i < unfolding->found.count; i++) {
        double *shares = unfolding->shares[unfolding->found.items[i]];
        if (flame_larger(shares) >= unfolding->least) {
            *array_push(&unfolding->candidates) = (struct candidate){
                .item = unfolding->found.items[i],
                .parent = parent,
                .inclusive = { shares[SIDE_BASE], shares[SIDE_HEAD] },
            };
        } else {
            rest->count++;
            for (enum side side = 0; side < SIDE_COUNT; side++)
                rest->inclusive[side] += shares[side];
        }
        shares[SIDE_BASE] = shares[SIDE_HEAD] = 0;
    }
    unfolding->found.count = 0;
}

static void mark_above(struct unfolding *unfolding, uint32_t frame, bool is_above)
{
    const struct flame_frame *frames = unfolding->tree->frames.items;
    for (; frames[frame].kind == FLAME_FUNCTION; frame = frames[frame].parent)
        unfolding->is_above[frames[frame].item] = is_above;
}

/* Divides a frame's cost on one side among the function and its callees. */
static void divide(struct unfolding *unfolding, uint32_t index, enum side side)
{
    const struct costs *costs = unfolding->diff->sides[side];
    const uint32_t *items = unfolding->diff->of[side];
    const struct call_list *calls = &unfolding->calls[side];
    struct flame_frame *frame = &unfolding->tree->frames.items[index];
    uint32_t function =
        unfolding->diff->functions.items[frame->item].sides[side].function;
    if (function == COSTS_NONE)
        return;
    double own = (double)costs->functions.items[function].self;
    double whole = own;
    for (int turn = 0; turn < 2; turn++) {
        for (uint32_t i = calls->first[function]; i < calls->first[function + 1]; i++) {
            const struct costs_call *call = &costs->calls.items[calls->calls[i]];
            if (unfolding->is_above[items[call->callee]])
                continue;
            if (turn == 0)
                whole += (double)call->inclusive;
            else if (whole > 0)
                add_share(unfolding, side, items[call->callee],
                          frame->inclusive[side] * ((double)call->inclusive / whole));
        }
    }
    frame->self[side] =
        whole > 0 ? frame->inclusive[side] * (own / whole) : frame->inclusive[side];
}

static uint32_t push_frame(struct unfolding *unfolding, const struct flame_frame *frame)
{
    *array_push(&unfolding->tree->frames) = *frame;
    (void)array_push(&unfolding->rests);
    return (uint32_t)unfolding->tree->frames.count - 1;
}

static void add_function(struct unfolding *unfolding, const struct candidate *candidate)
{
    struct flame_frame frame = flame_frame_of(unfolding->diff, candidate->item,
                                              unfolding->tree, candidate->parent);
    for (enum side side = 0; side < SIDE_COUNT; side++)
        frame.inclusive[side] = candidate->inclusive[side];
    uint32_t index = push_frame(unfolding, &frame);
    mark_above(unfolding, index, true);
    for (enum side side = 0; side < SIDE_COUNT; side++)
        if (frame.inclusive[side] > 0)
            divide(unfolding, index, side);
    mark_above(unfolding, index, false);
    take_shares(unfolding, index);
}

/* False where none is left. */
static bool take_largest(struct unfolding *unfolding, struct candidate *out)
{
    size_t best = 0;
    struct candidate *items = unfolding->candidates.items;
    if (!unfolding->candidates.count)
        return false;
    for (size_t i = 1; i < unfolding->candidates.count; i++)
        if (flame_larger(items[i].inclusive) > flame_larger(items[best].inclusive))
            best = i;
    *out = items[best];
    items[best] = items[--unfolding->candidates.count];
    return true;
}

static void add_first(struct unfolding *unfolding)
{
    const struct profile_diff *diff = unfolding->diff;
    const struct flame_frame all = flame_frame_of_all(diff);
    uint32_t index = push_frame(unfolding, &all);
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        AUTO_FREE double *roots = call_list_roots(diff->sides[side]);
        for (size_t i = 0; i < diff->sides[side]->functions.count; i++)
            add_share(unfolding, side, diff->of[side][i], roots[i]);
    }
    take_shares(unfolding, index);
}

static void add_others(struct unfolding *unfolding)
{
    struct candidate left;
    while (take_largest(unfolding, &left)) {
        struct flame_rest *rest = &unfolding->rests.items[left.parent];
        rest->count++;
        for (enum side side = 0; side < SIDE_COUNT; side++)
            rest->inclusive[side] += left.inclusive[side];
    }
    flame_add_others(unfolding->tree, unfolding->rests.items);
}

void flame_tree_make(struct flame_tree *tree, const struct profile_diff *diff)
{
    size_t count = diff->functions.count + 1;
    struct candidate next;
    AUTO(unfolding_clear)
    struct unfolding unfolding = {
        .diff = diff,
        .tree = tree,
        .shares = xcalloc(count, sizeof *unfolding.shares),
        .is_above = xcalloc(count, sizeof *unfolding.is_above),
        .least = flame_least(diff),
    };
    for (enum side side = 0; side < SIDE_COUNT; side++)
        call_list_make(&unfolding.calls[side], diff->sides[side]);
    add_first(&unfolding);
    while (tree->frames.count < FLAME_MOST_FRAMES && take_largest(&unfolding, &next))
        add_function(&unfolding, &next);
    add_others(&unfolding);
    flame_order(tree);
}
