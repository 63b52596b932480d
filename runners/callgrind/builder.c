#include "runners/callgrind/builder.h"

#include "gate/base/array.h"

void builder_clear(struct builder *builder)
{
    index_clear(&builder->functions);
    index_clear(&builder->calls);
    index_clear(&builder->lines);
}

static uint64_t *
cost_room(const struct builder *builder, uint64_t *costs, size_t *capacity, size_t count)
{
    return array_room(costs, capacity, count * builder->event_count, sizeof *costs);
}

static uint32_t mix_pointer(uint32_t hash, const void *pointer)
{
    return index_mix(hash, (uint32_t)((uintptr_t)pointer >> 4));
}

uint32_t builder_function(struct builder *builder,
                          const struct profile_function *function)
{
    struct profile *profile = builder->profile;
    uint32_t hash = mix_pointer(
        mix_pointer(mix_pointer(0, function->name), function->file), function->object);
    size_t cursor = index_start(&builder->functions, hash);
    uint32_t item = 0;
    while ((item = index_next(&builder->functions, hash, &cursor)) != INDEX_NONE) {
        const struct profile_function *known = &profile->functions.items[item];
        if (known->name == function->name && known->file == function->file &&
            known->object == function->object)
            return item;
    }
    item = (uint32_t)profile->functions.count;
    *array_push(&profile->functions) = *function;
    profile->self = cost_room(builder, profile->self, &builder->self_capacity,
                              profile->functions.count);
    index_add(&builder->functions, hash, item);
    return item;
}

uint32_t builder_call(struct builder *builder, uint32_t caller, uint32_t callee)
{
    struct profile *profile = builder->profile;
    uint32_t hash = index_mix(caller, callee);
    size_t cursor = index_start(&builder->calls, hash);
    uint32_t item = 0;
    while ((item = index_next(&builder->calls, hash, &cursor)) != INDEX_NONE) {
        const struct profile_call *known = &profile->calls.items[item];
        if (known->caller == caller && known->callee == callee)
            return item;
    }
    item = (uint32_t)profile->calls.count;
    *array_push(&profile->calls) =
        (struct profile_call){ .caller = caller, .callee = callee };
    profile->inclusive = cost_room(builder, profile->inclusive,
                                   &builder->inclusive_capacity, profile->calls.count);
    index_add(&builder->calls, hash, item);
    return item;
}

/* Eight neighbouring lines share a cache line of the index. */
static uint32_t hash_line(struct builder *builder, const struct profile_line *line)
{
    if (builder->place_file != line->file || builder->place_function != line->function) {
        builder->place_file = line->file;
        builder->place_function = line->function;
        builder->place_hash = mix_pointer(line->function, line->file);
    }
    return (index_mix(builder->place_hash, line->line >> 3) << 3) | (line->line & 7);
}

uint32_t builder_line(struct builder *builder, const struct profile_line *line)
{
    struct profile *profile = builder->profile;
    uint32_t hash = hash_line(builder, line);
    size_t cursor = index_start(&builder->lines, hash);
    uint32_t item = 0;
    while ((item = index_next(&builder->lines, hash, &cursor)) != INDEX_NONE) {
        const struct profile_line *known = &profile->lines.items[item];
        if (known->line == line->line && known->function == line->function &&
            known->file == line->file)
            return item;
    }
    item = (uint32_t)profile->lines.count;
    *array_push(&profile->lines) = *line;
    profile->line_costs = cost_room(builder, profile->line_costs, &builder->line_capacity,
                                    profile->lines.count);
    profile->line_calls = cost_room(builder, profile->line_calls,
                                    &builder->line_call_capacity, profile->lines.count);
    index_add(&builder->lines, hash, item);
    return item;
}
