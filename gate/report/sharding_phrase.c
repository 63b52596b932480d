#include "gate/report/sharding_phrase.h"

#include "gate/base/str.h"
#include "gate/verdict/result.h"

#define MOST_SHOWN 20

static size_t count_benches(const struct sharding *sharding, size_t shard)
{
    size_t count = 0;
    for (size_t i = 0; i < sharding->benches.count; i++)
        count += sharding->benches.items[i].shard == shard;
    return count;
}

static void
add_part(struct str *out, const struct sharding *sharding, const struct shard_part *part)
{
    str_addf(out, "%zu: ", part->shard);
    str_add_counted(out, count_benches(sharding, part->shard), "bench");
    str_addf(out, " on %s, ", part->machine.cpu_model ? part->machine.cpu_model : "?");
    str_add_counted(out, (size_t)part->machine.cpus_online, "CPU");
}

void sharding_add_parts(struct str *out, const struct sharding *sharding)
{
    if (!sharding || sharding->shard)
        return;
    for (size_t i = 0; i < sharding->parts.count && i < MOST_SHOWN; i++) {
        str_add(out, i ? "; " : "");
        add_part(out, sharding, &sharding->parts.items[i]);
    }
    if (sharding->parts.count > MOST_SHOWN)
        str_addf(out, "; and %zu more", sharding->parts.count - MOST_SHOWN);
}

bool sharding_add_answer(struct str *out, const struct result *result)
{
    const struct sharding *sharding = result->sharding;
    if (!sharding || !sharding->shard)
        return false;
    str_addf(out, "Shard %zu of %zu%s", sharding->shard, sharding->count,
             result->benches.count ? ". " : ": no benchmark fell to it.");
    return !result->benches.count;
}
