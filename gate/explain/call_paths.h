/* The sampled stacks of one side, in terms of its costs: whose samples they are, and by
 * which calls. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"

struct costs;
struct stack_tree;
struct tree_paths;

#define PATH_NONE UINT32_MAX

struct call_path {
    uint32_t function; /* its number in the costs */
    uint32_t parent;   /* its caller's, which stands before; PATH_NONE: the outermost */
    double self;       /* samples taken in the function itself, called this way; or
                        * what they stand for */
};

/* { 0 } is empty. */
struct call_paths {
    struct call_path *items;
    size_t count;
    size_t capacity;
};

void call_paths_clear(struct call_paths *paths);

/* Keeps what is below calls of the root (all of it, where root is COSTS_NONE), and makes
 * it come to total in all. Returns what a sample counts from then on; 1, with paths as
 * they were, where there are none. */
double call_paths_scale(struct call_paths *paths, uint32_t root, uint64_t total);

/* Fills empty paths with stacks, whose profile is in the costs already, added with
 * `places`. What they have in all is costs->total. */
void call_paths_make(struct call_paths *paths,
                     const struct stack_tree *stacks,
                     struct costs *costs,
                     const struct tree_paths *places);
