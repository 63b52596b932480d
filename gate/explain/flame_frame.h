/* What the makers of flame graphs' trees share. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "gate/explain/flame_tree.h"

struct costs_function;

/* What is right below a frame and not drawn. */
struct flame_rest {
    size_t count;
    double inclusive[SIDE_COUNT];
};

/* The first frame. */
struct flame_frame flame_frame_of_all(const struct profile_diff *diff);
/* One of the diff's function right below parent, which is in the tree; its costs are for
 * the caller to fill in. */
struct flame_frame flame_frame_of(const struct profile_diff *diff,
                                  uint32_t item,
                                  const struct flame_tree *tree,
                                  uint32_t parent);

/* The diff's function as head's costs have it, or base's where head does not. */
const struct costs_function *flame_function_of(const struct profile_diff *diff,
                                               uint32_t item);

/* Adds the "others" of all frames that have some; rests by frame. */
void flame_add_others(struct flame_tree *tree, const struct flame_rest *rests);

/* What a frame must have, on one side at least, to be drawn. */
double flame_least(const struct profile_diff *diff);
double flame_larger(const double inclusive[SIDE_COUNT]);
