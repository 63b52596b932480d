/* Benches that differ in one parameter alone: the sizes over which a benchmark's growth
 * is looked at. Pure. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"
#include "gate/config/bench.h"

/* Borrows from the benches. */
struct growth_group {
    const struct benchmark *benchmark;
    char *name; /* "sort", and with other parameters "sort[m=2]". Owned */
    struct {
        struct growth_member {
            const struct bench *bench;
        } * items; /* in ascending order of their sizes */
        size_t count;
        size_t capacity;
    } benches;
    size_t stated_count; /* sizes that the benchmark has, asked for or not */
};
struct growth_groups {
    struct growth_group *items;
    size_t count;
    size_t capacity;
};
#define AUTO_GROWTH_GROUPS AUTO(growth_groups_clear)

/* The groups of all benchmarks that state a growth, one for each combination of their
 * other parameters, in the order of the benches. */
void growth_groups_of(const struct benches *benches, struct growth_groups *out);
void growth_groups_clear(struct growth_groups *groups);

/* What the bench's growth is called: "sort", "sort[m=2]". The caller's. */
char *growth_name(const struct bench *bench) MUST_CHECK;

/* Whether the bench of that id is one of them. */
bool growth_group_has(const struct growth_group *group, const char *bench_id);

/* The size that a bench of the group stands for. */
double growth_size(const struct growth_group *group, const struct bench *bench);
