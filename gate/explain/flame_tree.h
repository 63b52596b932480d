/* The profiles of both sides as one tree of frames, each with what it and all below it
 * cost: what a flame graph draws.
 *
 * Samples have whole stacks: a frame is a function below its callers, and costs what was
 * sampled there.
 *
 * Callgrind knows what each function cost and what each call from one function to another
 * came to, and no stacks. The tree is made of that by proportion, as gprof2dot and
 * KCachegrind do: what a frame costs is divided among the function itself and its callees
 * as it is divided over the whole run, whoever called. A helper that is cheap for one
 * caller and costly for another is shown with its mean cost under both.
 *
 * A call of a function that is already above (recursion, circles of calls) is left out
 * there, and the frame's cost divided among the rest; samples have it as it was.
 *
 * - Frames that stay below FLAME_FLOOR of the larger side's costs on both sides,
 *   and all that are left when there are FLAME_MOST_FRAMES, the largest first, are drawn
 *   together as their caller's "others".
 *
 * On each side a frame costs as much as its own cost and those right below it; the first
 * frame costs what the whole run did. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/experiment/pair.h"

struct call_paths;
struct profile_diff;

#define FLAME_NONE        UINT32_MAX
#define FLAME_FLOOR       0.001
#define FLAME_MOST_FRAMES 1000

enum flame_kind {
    FLAME_ALL, /* the whole run: the first frame, and no other */
    FLAME_FUNCTION,
    FLAME_OTHERS /* the last of those below a frame */
};

/* Names are borrowed from the profiles. */
struct flame_frame {
    enum flame_kind kind;
    const char *name; /* of FLAME_FUNCTION; else NULL */
    const char *file;
    bool is_in_tree;     /* the file is one of the project's */
    uint32_t item;       /* of the diff's functions; else FLAME_NONE */
    uint32_t parent;     /* index of the frame above; FLAME_NONE for the first */
    uint32_t depth;      /* 0 for the first */
    size_t merged_count; /* FLAME_OTHERS: of how many frames; those below not counted */
    double inclusive[SIDE_COUNT]; /* instructions, or samples */
    double self[SIDE_COUNT];
};

/* { 0 } is empty. A frame stands before those below it, and these stand in a row, each
 * with all that is below it: the largest (on either side) first. */
struct flame_tree {
    struct {
        struct flame_frame *items;
        size_t count;
        size_t capacity;
    } frames;
    bool is_sampled; /* costs are samples, and stacks whole */
    bool
        is_per_operation; /* costs are picoseconds of an operation, made of samples or of
                           * instructions (per_operation.h): to be set by who made them */
    double sample_cost[SIDE_COUNT]; /* what a sample is of these; else 0, and it is 1 */
};
#define AUTO_FLAME_TREE AUTO(flame_tree_clear)

void flame_tree_clear(struct flame_tree *tree);

/* Fills an empty tree from finished profiles, and borrows names from them. */
void flame_tree_make(struct flame_tree *tree, const struct profile_diff *diff);

/* Likewise from samples: paths of each side, by functions of the diff's costs. */
void flame_tree_make_sampled(struct flame_tree *tree,
                             const struct profile_diff *diff,
                             const struct call_paths *paths);
