/* A gate that several machines share: `pawl check --shard 2/4` measures the second
 * quarter of the benches, and `pawl merge` makes one result of four. Plain data. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "runners/machine.h"

struct shard_bench {
    char *id;     /* as the config has it: a harness is one, whatever it prints; in a
                   * merged result each name that it printed */
    size_t shard; /* 1 .. count: that it is measured by */
};

/* What one shard did. */
struct shard_part {
    size_t shard;
    size_t row_count; /* to which it shared out errors: those of the trials that it ran */
    size_t control_row_count; /* the same of the control */
    struct machine machine;
    char *toolchain;  /* the first line of the compiler's --version */
    char *started_at; /* RFC 3339, UTC */
    int64_t elapsed_ns;
    uint64_t seed;
    char *reproduce;
};

struct sharding {
    size_t count; /* of shards */
    size_t shard; /* 1 .. count: this result is that shard's; 0: of all, merged */
    char
        *comparison; /* hex, the same for shards of one gate: commits, configs, options */
    double false_alarm;        /* of all rows of all shards together */
    double growth_false_alarm; /* of all growths */
    struct {
        struct shard_bench *items; /* all of the gate, in its order */
        size_t count;
        size_t capacity;
    } benches;
    struct {
        struct shard_part *items; /* of a shard its own; merged: each, in their order */
        size_t count;
        size_t capacity;
    } parts;
};

void sharding_free(struct sharding *sharding); /* NULL is fine */

/* The shard that the bench is dealt to; 0 where it is not listed. */
size_t sharding_shard_of(const struct sharding *sharding, const char *bench_id);
/* The part that measured the bench, or NULL. Borrowed. */
const struct shard_part *sharding_find(const struct sharding *sharding,
                                       const char *bench_id);

/* What the report of one shard has to say: that its verdict is not the gate's. The
 * caller's. */
char *sharding_note(const struct sharding *sharding) MUST_CHECK;
