/* One result of the results of shards. Pure.
 *
 * A shard shares its errors out over the rows of all shards, so that its rows stop where
 * they would have stopped in one run. Their p-values hold wherever they stopped; so they
 * are put together, corrected by Holm's method over the rows of all shards, and every
 * verdict that hangs on that is settled anew. What a shard found beside that (failures,
 * goals, layouts, explanations) is taken as it is. */
#pragma once

#include <stddef.h>

#include "gate/base/attributes.h"
#include "gate/verdict/result.h"

struct error;

struct merge_input {
    const char *name; /* of the file, for messages; borrowed */
    struct result result;
};
struct merge_inputs {
    struct merge_input *items;
    size_t count;
    size_t capacity;
};
#define AUTO_MERGE_INPUTS AUTO(merge_inputs_clear)
void merge_inputs_clear(struct merge_inputs *inputs);

/* Sees that these are all shards of one gate, each once, and sorts them. -1 with
 * ERROR_BENCHMARK and the name of the one that is foreign, doubled or missing. */
int merge_check(struct merge_inputs *inputs, struct error *err) MUST_CHECK;

/* Makes one result of them, out of what they hold: they are empty afterwards. They have
 * gone through merge_check. The gate's own verdict and exit are still to be judged
 * (judge_gate). */
void merge_results(struct merge_inputs *inputs, struct result *out);

/* Corrects and settles what merge_results put together; it does so by itself. */
void merge_judge(struct result *result);
