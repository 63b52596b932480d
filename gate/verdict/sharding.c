#include "gate/verdict/sharding.h"

#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/base/str.h"

void sharding_free(struct sharding *sharding)
{
    if (!sharding)
        return;
    for (size_t i = 0; i < sharding->benches.count; i++)
        free(sharding->benches.items[i].id);
    array_clear(&sharding->benches);
    for (size_t i = 0; i < sharding->parts.count; i++) {
        struct shard_part *part = &sharding->parts.items[i];
        machine_clear(&part->machine);
        free(part->toolchain);
        free(part->started_at);
        free(part->reproduce);
    }
    array_clear(&sharding->parts);
    free(sharding->comparison);
    free(sharding);
}

size_t sharding_shard_of(const struct sharding *sharding, const char *bench_id)
{
    for (size_t i = 0; i < sharding->benches.count; i++) {
        if (str_equal(sharding->benches.items[i].id, bench_id))
            return sharding->benches.items[i].shard;
    }
    return 0;
}

const struct shard_part *sharding_find(const struct sharding *sharding,
                                       const char *bench_id)
{
    size_t shard = sharding_shard_of(sharding, bench_id);
    for (size_t i = 0; i < sharding->parts.count; i++) {
        if (shard && sharding->parts.items[i].shard == shard)
            return &sharding->parts.items[i];
    }
    return NULL;
}

char *sharding_note(const struct sharding *sharding)
{
    return str_format("shard %zu of %zu: its verdicts are corrected over the rows of all "
                      "shards, and are not the gate's; 'pawl merge' makes that of the "
                      "results of all %zu",
                      sharding->shard, sharding->count, sharding->count);
}
