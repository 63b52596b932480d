/* Which results belong together. */
#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/verdict/merge.h"

void merge_inputs_clear(struct merge_inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++)
        result_clear(&inputs->items[i].result);
    array_clear(inputs);
}

static const struct sharding *sharding_of(const struct merge_input *input)
{
    return input->result.sharding;
}

static int check_is_shard(const struct merge_input *input, struct error *err)
{
    const struct sharding *sharding = sharding_of(input);
    if (!sharding)
        return error_set(err, ERROR_BENCHMARK,
                         "'%s' is no shard: it was measured without --shard",
                         input->name);
    if (!sharding->shard)
        return error_set(err, ERROR_BENCHMARK,
                         "'%s' is no shard: it is merged already, of %zu", input->name,
                         sharding->count);
    if (sharding->shard > sharding->count || sharding->parts.count != 1)
        return error_set(err, ERROR_BENCHMARK,
                         "'%s' is no shard: it says that it is number %zu of %zu",
                         input->name, sharding->shard, sharding->count);
    return 0;
}

static int
check_commits(const struct merge_input *a, const struct merge_input *b, struct error *err)
{
    const struct {
        const char *name;
        const struct revision_info *a;
        const struct revision_info *b;
    } sides[] = { { "base", &a->result.base, &b->result.base },
                  { "head", &a->result.head, &b->result.head } };
    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++) {
        if (!str_equal(sides[i].a->commit, sides[i].b->commit))
            return error_set(
                err, ERROR_BENCHMARK,
                "'%s' is a shard of another gate than '%s': its %s is %.10s, "
                "not %.10s",
                b->name, a->name, sides[i].name, sides[i].b->commit, sides[i].a->commit);
    }
    return 0;
}

static bool deals_alike(const struct sharding *a, const struct sharding *b)
{
    bool is_alike = a->benches.count == b->benches.count;
    for (size_t i = 0; is_alike && i < a->benches.count; i++)
        is_alike = a->benches.items[i].shard == b->benches.items[i].shard &&
                   str_equal(a->benches.items[i].id, b->benches.items[i].id);
    return is_alike;
}

static int check_belongs(const struct merge_input *first,
                         const struct merge_input *other,
                         struct error *err)
{
    const struct sharding *a = sharding_of(first);
    const struct sharding *b = sharding_of(other);
    if (a->count != b->count)
        return error_set(err, ERROR_BENCHMARK,
                         "'%s' is a shard of another gate than '%s': it is one of %zu, "
                         "not of %zu",
                         other->name, first->name, b->count, a->count);
    if (check_commits(first, other, err) < 0)
        return -1;
    if (!str_equal(a->comparison, b->comparison))
        return error_set(err, ERROR_BENCHMARK,
                         "'%s' is a shard of another gate than '%s': it was measured by "
                         "another pawl.json, other options or another version of pawl",
                         other->name, first->name);
    if (!deals_alike(a, b))
        return error_set(
            err, ERROR_BENCHMARK,
            "'%s' deals the benches out otherwise than '%s': stored sessions, "
            "by which that is done, were not the same for both; measure all "
            "shards again",
            other->name, first->name);
    return 0;
}

static int compare_shards(const void *a, const void *b)
{
    size_t x = sharding_of(a)->shard;
    size_t y = sharding_of(b)->shard;
    return (x > y) - (x < y);
}

static int check_twice(const struct merge_inputs *inputs, struct error *err)
{
    for (size_t i = 1; i < inputs->count; i++) {
        const struct merge_input *a = &inputs->items[i - 1];
        const struct merge_input *b = &inputs->items[i];
        if (sharding_of(a)->shard == sharding_of(b)->shard)
            return error_set(err, ERROR_BENCHMARK,
                             "'%s' and '%s' are both shard %zu of %zu: leave one out",
                             a->name, b->name, sharding_of(a)->shard,
                             sharding_of(a)->count);
    }
    return 0;
}

static int check_complete(const struct merge_inputs *inputs, struct error *err)
{
    AUTO_STR struct str missing = STR_INIT;
    size_t count = sharding_of(&inputs->items[0])->count;
    size_t next = 0;
    for (size_t shard = 1; shard <= count; shard++) {
        if (next < inputs->count && sharding_of(&inputs->items[next])->shard == shard)
            next++;
        else if (missing.length < 200)
            str_addf(&missing, "%s%zu", missing.length ? ", " : "", shard);
    }
    return missing.length
               ? error_set(err, ERROR_BENCHMARK,
                           "no result of shard %s of %zu: a gate is not passed "
                           "by a part of it",
                           missing.data, count)
               : 0;
}

int merge_check(struct merge_inputs *inputs, struct error *err)
{
    for (size_t i = 0; i < inputs->count; i++) {
        if (check_is_shard(&inputs->items[i], err) < 0 ||
            check_belongs(&inputs->items[0], &inputs->items[i], err) < 0)
            return -1;
    }
    qsort(inputs->items, inputs->count, sizeof *inputs->items, compare_shards);
    return check_twice(inputs, err) < 0 ? -1 : check_complete(inputs, err);
}
