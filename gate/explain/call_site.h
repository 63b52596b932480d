/* Who calls a function too often: the caller, and the loop that it stands in. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/explain/costs.h"

/* A function that calls on at least so many times a call of its own has a loop. */
#define CALL_SITE_TURNS 8

struct call_site {
    uint32_t callee;
    uint32_t caller; /* the nearest function of the tree that leads to most of the calls;
                      * the direct caller where none is of the tree; COSTS_NONE: nobody */
    uint32_t loop;   /* the nearest one, of the tree where there is such a one, that calls
                      * on CALL_SITE_TURNS times or more each time it is called: the
                      * caller, or what calls it; COSTS_NONE: not found */
    uint64_t calls;  /* of the callee, by all */
    const char *file; /* of the caller; borrowed */
    uint32_t line;    /* of the caller, by what is called from there; 0: not known */
    bool is_in_tree;  /* the caller */
};

/* Whether it is the function: by name, by a variant that the C library has of it for this
 * processor ("__strlen_avx2" is "strlen"), or by its beginning ("operator new(*"). */
bool call_site_is_named(const struct costs_function *function, const char *name);

/* The most called function of these names (NULL ends them), the first named of those that
 * are called alike, or COSTS_NONE. */
uint32_t call_site_most_called(const struct costs *costs, const char *const *names);

/* Calls of a function by code of the tree. */
uint64_t call_site_from_tree(const struct costs *costs, uint32_t function);

/* from_tree: of direct callers, only those of the tree. */
struct call_site call_site_of(const struct costs *costs, uint32_t callee, bool from_tree);
