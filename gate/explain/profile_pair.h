/* The profiles of both sides of one bench, compared: what explanations are made of. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"
#include "gate/explain/call_paths.h"
#include "gate/explain/line_diff.h"
#include "gate/explain/profile_diff.h"

struct diff_lines;

/* { 0 } is empty. It refers to itself: it stays where it is until it is cleared. */
struct profile_pair {
    char *bench_id;
    struct costs costs[SIDE_COUNT];
    struct profile_diff diff;
    struct line_diffs lines;
    bool *is_edited; /* by item of diff (edits.h) */
    bool is_sampled; /* costs are samples, not instructions: set before it is finished */
    bool is_per_operation; /* costs are picoseconds of an operation (per_operation.h),
                            * made of the one or the other: likewise */
    double counted[SIDE_COUNT];          /* of how many samples or instructions, then */
    struct call_paths paths[SIDE_COUNT]; /* of samples; else empty */
    double sample_cost[SIDE_COUNT]; /* of paths of an operation: what a sample counts */
    bool has_lines;                 /* of code in the tree, on both sides */
};
#define AUTO_PROFILE_PAIR AUTO(profile_pair_clear)

void profile_pair_clear(struct profile_pair *pair);

/* Whether calls are known, and costs are instructions. */
bool profile_pair_has_calls(const struct profile_pair *pair);

/* After costs_add of all processes of both sides: everything else. */
void profile_pair_finish(struct profile_pair *pair, const struct diff_lines *changed);
