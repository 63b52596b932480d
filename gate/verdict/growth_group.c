#include "gate/verdict/growth_group.h"

#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/base/str.h"

/* The benchmark's parameter that growth speaks of; NULL where it has none of that name:
 * base's rules hold for head's sizes. */
static const struct sweep *growing_sweep(const struct benchmark *benchmark)
{
    for (size_t i = 0; i < benchmark->sweep_count; i++) {
        const struct sweep *sweep = &benchmark->sweeps[i];
        if (benchmark->growth.text && str_equal(sweep->name, benchmark->growth.parameter))
            return sweep;
    }
    return NULL;
}

char *growth_name(const struct bench *bench)
{
    const char *growing = bench->benchmark->growth.parameter;
    struct str name = STR_INIT;
    str_add(&name, bench->benchmark->name);
    size_t count = 0;
    for (size_t i = 0; i < bench->parameter_count; i++) {
        const struct placeholder *parameter = &bench->parameters[i];
        if (!str_equal(parameter->name, growing))
            str_addf(&name, "%c%s=%s", count++ ? ',' : '[', parameter->name,
                     parameter->value);
    }
    if (count)
        str_add_char(&name, ']');
    return str_detach(&name);
}

/* Takes name over. */
static struct growth_group *
find_group(struct growth_groups *groups, const struct bench *bench, char *name)
{
    for (size_t i = 0; i < groups->count; i++) {
        struct growth_group *group = &groups->items[i];
        if (group->benchmark != bench->benchmark || !str_equal(group->name, name))
            continue;
        free(name);
        return group;
    }
    struct growth_group *group = array_push(groups);
    group->benchmark = bench->benchmark;
    group->name = name;
    return group;
}

double growth_size(const struct growth_group *group, const struct bench *bench)
{
    for (size_t i = 0; i < bench->parameter_count; i++) {
        const struct placeholder *parameter = &bench->parameters[i];
        if (str_equal(parameter->name, group->benchmark->growth.parameter))
            return strtod(parameter->value, NULL);
    }
    return 0;
}

/* Sizes that are no numbers above 0 can stand in head's config, where base's rule never
 * saw them. */
static void add_bench(struct growth_group *group, const struct bench *bench)
{
    double size = growth_size(group, bench);
    if (!(size > 0))
        return;
    array_push(&group->benches);
    size_t i = group->benches.count - 1;
    for (; i > 0 && growth_size(group, group->benches.items[i - 1].bench) > size; i--)
        group->benches.items[i] = group->benches.items[i - 1];
    group->benches.items[i].bench = bench;
}

void growth_groups_of(const struct benches *benches, struct growth_groups *out)
{
    for (size_t i = 0; i < benches->count; i++) {
        const struct bench *bench = &benches->items[i];
        const struct sweep *sweep = growing_sweep(bench->benchmark);
        if (!sweep)
            continue;
        struct growth_group *group = find_group(out, bench, growth_name(bench));
        group->stated_count = sweep->values.count;
        add_bench(group, bench);
    }
}

bool growth_group_has(const struct growth_group *group, const char *bench_id)
{
    for (size_t i = 0; i < group->benches.count; i++) {
        if (str_equal(group->benches.items[i].bench->id, bench_id))
            return true;
    }
    return false;
}

void growth_groups_clear(struct growth_groups *groups)
{
    for (size_t i = 0; i < groups->count; i++) {
        free(groups->items[i].name);
        array_clear(&groups->items[i].benches);
    }
    array_clear(groups);
}
