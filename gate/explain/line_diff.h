/* What single source lines cost on both sides, one beside the other where the change left
 * the line as it was. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/explain/profile_diff.h"

struct diff_lines;

struct line_costs {
    uint32_t line; /* 0: the side does not have it */
    uint64_t self;
    uint64_t called; /* what was called from there came to */
};

/* One line within one function: code that is inlined in several has one in each. */
struct line_diff {
    uint32_t item;    /* of the profile's comparison; of what was inlined its host */
    const char *file; /* head's name; base's where head does not have the line */
    bool is_in_tree;
    bool is_changed; /* put in, or taken out */
    struct line_costs sides[SIDE_COUNT];
};

/* By item, then by how much they add (self and called), most first. { 0 } is empty. */
struct line_diffs {
    struct line_diff *items;
    size_t count;
    size_t capacity;
};
#define AUTO_LINE_DIFFS AUTO(line_diffs_clear)

void line_diffs_clear(struct line_diffs *lines);

/* The lines of all functions; names are borrowed from the costs that diff compares. */
void line_diffs_make(struct line_diffs *lines,
                     const struct profile_diff *diff,
                     const struct diff_lines *changed);

/* head - base, of self and called together, and of self alone. */
double line_difference(const struct line_diff *line);
double line_self_difference(const struct line_diff *line);

/* The line of the item whose difference is largest in the direction of the whole one,
 * among those of the tree where there are such; NULL where none goes that way. */
const struct line_diff *line_diffs_hottest(const struct line_diffs *lines,
                                           const struct profile_diff *diff,
                                           uint32_t item);
