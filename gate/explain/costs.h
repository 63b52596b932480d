/* What one side's run executed, and where: the profiles of all its processes added up,
 * with names that can be compared with those of the other side.
 *
 * Functions are told apart by name and file. What callgrind puts behind a name in
 * recursions ("fib'2") and what compilers put behind those of copies and parts that they
 * made of a function ("sort.constprop.0", "read.cold") is left out: their costs are the
 * function's. Code without names is one function for each program or library. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/explain/tree_path.h"
#include "runners/callgrind/index.h"
#include "runners/callgrind/names.h"

struct error;
struct profile;
struct profile_function;

#define COSTS_NONE    UINT32_MAX
#define COSTS_NO_NAME "???" /* of functions without a name */

/* Names are borrowed from the costs and kept once each. Costs are instructions. */
struct costs_function {
    const char *name;
    const char *file; /* in the tree "src/lookup.c"; else as the debug information has it,
                       * and without that the program or library */
    bool is_in_tree;  /* the file is one of the tree's */
    bool is_built_in_tree; /* its program or library lies in the tree */
    bool has_lines;
    uint32_t first_line; /* of its code in file; 0: not known */
    uint32_t last_line;
    uint64_t calls;     /* of it, by others and itself */
    uint64_t self;      /* without what it called */
    uint64_t inclusive; /* with it; of functions that call one another in a circle, what
                         * the whole circle came to */
    uint32_t cycle;     /* number of that circle, from 1; 0: none. Calling itself alone is
                         * none */
};

struct costs_call {
    uint32_t caller; /* indices of functions */
    uint32_t callee;
    uint64_t count;
    uint64_t inclusive; /* inside a circle parts of it are counted many times */
};

/* One source line within one function. */
struct costs_line {
    uint32_t function;
    const char *file; /* another than the function's where code was inlined */
    bool is_in_tree;
    uint32_t line;
    uint64_t self;
    uint64_t called; /* what was called from there came to */
};

/* { 0 } is empty. */
struct costs {
    struct {
        struct costs_function *items;
        size_t count;
        size_t capacity;
    } functions;
    struct {
        struct costs_call *items;
        size_t count;
        size_t capacity;
    } calls;
    struct {
        struct costs_line *items; /* of known lines only */
        size_t count;
        size_t capacity;
    } lines;
    uint64_t total; /* sum of all self costs */
    struct names names;
    struct index by_name; /* of functions; so on */
    struct index by_call;
    struct index by_line;
};
#define AUTO_COSTS AUTO(costs_clear)

void costs_clear(struct costs *costs);

/* Adds a process. -1 with ERROR_BENCHMARK where its profile has no instructions. */
int costs_add(struct costs *costs,
              const struct profile *profile,
              const struct tree_paths *paths,
              struct error *err) MUST_CHECK;

/* After the last process: fills in inclusive costs and cycles. */
void costs_finish(struct costs *costs);

/* head - base. */
double costs_difference(uint64_t base, uint64_t head);

/* COSTS_NONE where there is none. file NULL: whatever file, where one function alone has
 * the name. */
uint32_t costs_find(const struct costs *costs, const char *name, const char *file);

/* The one that a profile's function was added as, with the same paths; COSTS_NONE where
 * it was not. */
uint32_t costs_find_added(struct costs *costs,
                          const struct profile_function *from,
                          const struct tree_paths *paths);
