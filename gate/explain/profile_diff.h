/* Two profiles compared: which functions make the difference between base and head.
 *
 * What the functions differ by in their own costs adds up to the whole difference.
 * Functions are matched by name and file; then
 *   - those of one name that has another file on either side are taken as moved;
 *   - of those that only one side has, two in one file that are called as often by the
 *     same functions are taken as one that got another name, or another in its place;
 *   - what only one side has while the function that calls it most (or that it calls
 * most) costs about as much more on the other is taken as inlined there, and is counted
 *     with it on both.
 * Names alone can't prove any of these three, so reports state them. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/experiment/pair.h"
#include "gate/explain/costs.h"

enum function_fate {
    FUNCTION_KEPT,
    FUNCTION_MOVED,   /* to another file */
    FUNCTION_RENAMED, /* or replaced by another: "was" is base's */
    FUNCTION_NEW,     /* base never ran it */
    FUNCTION_GONE,    /* head never ran it */
    FUNCTION_INLINED  /* only one side has it: on the other, "into" does its work */
};

/* One function on one side; all 0 where that side does not have it. */
struct function_costs {
    uint32_t function; /* its number in the side's costs, or COSTS_NONE */
    uint64_t calls;
    uint64_t self;
    uint64_t inclusive;
};

/* Names are borrowed from head's costs; from base's where head does not have it. */
struct function_diff {
    const char *name;
    const char *file;
    const char *was; /* base's name (RENAMED) or file (MOVED); else NULL */
    enum function_fate fate;
    uint32_t into;       /* INLINED: index of the item that it is counted with */
    uint32_t with_count; /* how many are counted with this one */
    struct function_costs
        sides[SIDE_COUNT]; /* self with those that are counted with it */
    double self_share;     /* of the whole difference; NAN where there is none */
    double inclusive_share;
};

/* { 0 } is empty. */
struct profile_diff {
    const struct costs *sides[SIDE_COUNT]; /* borrowed */
    struct {
        struct function_diff *items; /* the largest difference of self costs first; those
                                      * that are counted with others come last */
        size_t count;
        size_t capacity;
    } functions;
    size_t shown_count;          /* of functions: without those counted with others */
    uint32_t *of[SIDE_COUNT];    /* item by number of function in that side's costs */
    uint64_t totals[SIDE_COUNT]; /* instructions */
};
#define AUTO_PROFILE_DIFF AUTO(profile_diff_clear)

void profile_diff_clear(struct profile_diff *diff);

/* Files that head has under another name, as pairs of base's and head's. Borrowed. */
struct file_rename {
    const char *base;
    const char *head;
};
struct file_renames {
    const struct file_rename *items;
    size_t count;
};

/* Compares finished costs, which the diff borrows from then on. */
void profile_diff_make(struct profile_diff *diff,
                       const struct costs *base,
                       const struct costs *head,
                       const struct file_renames *renames);

/* Whether it is part of a circle of calls on either side. */
bool function_is_in_cycle(const struct profile_diff *diff,
                          const struct function_diff *function);

/* head - base. */
double function_self_difference(const struct function_diff *function);
double function_inclusive_difference(const struct function_diff *function);
double profile_difference(const struct profile_diff *diff);
