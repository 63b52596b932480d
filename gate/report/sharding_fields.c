#include "gate/report/sharding_fields.h"

#include "gate/verdict/sharding.h"
#include "runners/fields.h"

static const struct field bench_members[] = {
    FIELD("bench", FIELD_TEXT, struct shard_bench, id),
    FIELD("shard", FIELD_SIZE, struct shard_bench, shard),
};
static const struct field_table bench_fields =
    FIELD_TABLE(bench_members, struct shard_bench);

static const struct field part_members[] = {
    FIELD("shard", FIELD_SIZE, struct shard_part, shard),
    FIELD("row_count", FIELD_SIZE, struct shard_part, row_count),
    FIELD("control_row_count", FIELD_SIZE, struct shard_part, control_row_count),
    FIELD_OF_TABLE("machine", FIELD_OBJECT, struct shard_part, machine, machine_fields),
    FIELD("toolchain", FIELD_TEXT, struct shard_part, toolchain),
    FIELD("started_at", FIELD_TEXT, struct shard_part, started_at),
    FIELD("elapsed_ns", FIELD_INT64, struct shard_part, elapsed_ns),
    FIELD("seed", FIELD_SEED, struct shard_part, seed),
    FIELD("reproduce", FIELD_TEXT, struct shard_part, reproduce),
};
static const struct field_table part_fields =
    FIELD_TABLE(part_members, struct shard_part);

static const struct field sharding_members[] = {
    FIELD("count", FIELD_SIZE, struct sharding, count),
    FIELD("shard", FIELD_SIZE, struct sharding, shard),
    FIELD("comparison", FIELD_TEXT, struct sharding, comparison),
    FIELD("false_alarm", FIELD_NUMBER, struct sharding, false_alarm),
    FIELD("growth_false_alarm", FIELD_NUMBER, struct sharding, growth_false_alarm),
    FIELD_OF_TABLE("benches", FIELD_LIST, struct sharding, benches, bench_fields),
    FIELD_OF_TABLE("parts", FIELD_LIST, struct sharding, parts, part_fields),
};
const struct field_table sharding_fields = FIELD_TABLE(sharding_members, struct sharding);
