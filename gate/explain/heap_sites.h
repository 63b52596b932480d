/* Who allocated what a run left on the heap, in terms of the tree. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "runners/callgrind/names.h"

struct heap_left;
struct tree_paths;

/* A place in the tree's sources. Names are borrowed from the sites. */
struct heap_place {
    const char *function; /* NULL: none */
    const char *file;
    uint32_t line;
};

/* The function of the tree nearest to the allocation, whatever libraries are between. */
struct heap_site {
    struct heap_place place;
    struct heap_place caller; /* the next one of the tree that is another function */
    uint64_t bytes;
};

/* { 0 } is empty. */
struct heap_sites {
    struct names names;
    struct {
        struct heap_site *items; /* the one with most bytes first */
        size_t count;
        size_t capacity;
    } sites;
    uint64_t bytes; /* of all that is left, by the tree or not */
};
#define AUTO_HEAP_SITES AUTO(heap_sites_clear)

void heap_sites_clear(struct heap_sites *sites);

/* Fills empty sites. Two stacks are of one site where both functions are the same; its
 * lines are those of the stack with most bytes. */
void heap_sites_make(struct heap_sites *sites,
                     const struct heap_left *left,
                     const struct tree_paths *paths);
