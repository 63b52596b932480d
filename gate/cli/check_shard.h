/* `pawl check --shard 2/4`: which benches are this shard's, and what it owes to the
 * others. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/config/bench.h"

struct check;
struct check_options;
struct error;

/* Reads "2/4", and refuses what can't be had of a part of the gate. -1 with ERROR_USAGE.
 */
int shard_options_read(const char *text, struct check_options *options, struct error *err)
    MUST_CHECK;

/* Deals the listed benches out to the shards, by what their runs took in the stored
 * sessions: the same deal in each shard, as far as each sees the same sessions. Benches
 * of which the growth is judged together stay together. Nothing without --shard, as with
 * the next. */
void check_deal(struct check *check);
/* Takes the other shards' benches off the gate's list, once it is known which of all run
 * the same bytes; their rows are counted, for errors are shared out to them too. */
void check_keep_shard(struct check *check);

/* Head's benches whose growth is this gate's to judge, borrowed: all without --shard. To
 * be given to check_forget_benches. */
struct benches check_growth_benches(const struct check *check);

/* Adds to the result what this shard did. */
void check_fill_shard(struct check *check);
