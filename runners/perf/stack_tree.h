/* Sampled stacks, added up: a tree of calls, in which each node is one way to be in a
 * function, and has as many samples as were taken there. Nothing of the stacks is lost
 * but their order and their lines. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "runners/callgrind/index.h"
#include "runners/callgrind/names.h"

#define STACK_NONE UINT32_MAX

/* Names are borrowed from the tree, and kept once each. "???" is what is not known. */
struct stack_function {
    const char *name;
    const char *object; /* program or library */
};

struct stack_node {
    uint32_t function; /* index of functions */
    uint32_t parent;   /* the node of its caller, which stands before; STACK_NONE for the
                        * outermost */
    uint64_t samples;  /* taken in the function itself, called this way */
};

/* { 0 } is empty. */
struct stack_tree {
    struct names names;
    struct {
        struct stack_function *items;
        size_t count;
        size_t capacity;
    } functions;
    struct {
        struct stack_node *items;
        size_t count;
        size_t capacity;
    } nodes;
    struct index by_name; /* of functions */
    struct index by_call; /* of nodes */
};
#define AUTO_STACK_TREE AUTO(stack_tree_clear)

void stack_tree_clear(struct stack_tree *tree);

/* The number of the function, which is new or not. Both texts are interned ones of
 * tree->names. */
uint32_t stack_tree_function(struct stack_tree *tree, const struct stack_function *named);

/* The number of the node of that function right below parent, which is new or not. */
uint32_t stack_tree_below(struct stack_tree *tree, uint32_t parent, uint32_t function);
