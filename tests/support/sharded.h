/* A scripted gate that shards share: measured in parts, and merged. */
#pragma once

#include "tests/support/scripted.h"

struct sharded_gate {
    const struct script *scripts; /* benches "b0", "b1", ... */
    size_t count;
    size_t shards;    /* bench i is of shard i % shards */
    uint64_t seed;    /* of the coins and of the noise */
    size_t max_pairs; /* a bench */
};

/* What one shard (from 0) finds; out is empty before, and the caller's to clear. */
void sharded_measure(const struct sharded_gate *gate, size_t shard, struct result *out);

/* All shards, merged and judged. */
void sharded_run(const struct sharded_gate *gate, struct result *out);

/* The same benches in one run without shards. */
void sharded_run_whole(const struct sharded_gate *gate, struct result *out);
