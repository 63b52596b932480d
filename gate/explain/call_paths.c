#include "gate/explain/call_paths.h"

#include <assert.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/explain/costs.h"
#include "runners/callgrind/profile.h"
#include "runners/perf/stack_tree.h"

void call_paths_clear(struct call_paths *paths)
{
    array_clear(paths);
}

void call_paths_make(struct call_paths *paths,
                     const struct stack_tree *stacks,
                     struct costs *costs,
                     const struct tree_paths *places)
{
    size_t count = stacks->functions.count;
    AUTO_FREE uint32_t *functions = xcalloc(count + 1, sizeof *functions);
    for (size_t i = 0; i < count; i++) {
        const struct stack_function *function = &stacks->functions.items[i];
        const struct profile_function from = { .object = function->object,
                                               .file = COSTS_NO_NAME,
                                               .name = function->name };
        functions[i] = costs_find_added(costs, &from, places);
    }
    for (size_t i = 0; i < stacks->nodes.count; i++) {
        const struct stack_node *node = &stacks->nodes.items[i];
        assert(functions[node->function] != COSTS_NONE);
        *array_push(paths) = (struct call_path){ functions[node->function], node->parent,
                                                 (double)node->samples };
    }
}

/* The outermost call of the root begins anew; what has none above it is dropped. */
static void keep_below(struct call_paths *paths, uint32_t root)
{
    AUTO_FREE uint32_t *places = xcalloc(paths->count + 1, sizeof *places);
    size_t kept = 0;
    for (size_t i = 0; i < paths->count; i++) {
        struct call_path path = paths->items[i];
        path.parent = path.parent == PATH_NONE ? PATH_NONE : places[path.parent];
        places[i] = PATH_NONE;
        if (path.parent == PATH_NONE && path.function != root)
            continue;
        places[i] = (uint32_t)kept;
        paths->items[kept++] = path;
    }
    paths->count = kept;
}

double call_paths_scale(struct call_paths *paths, uint32_t root, uint64_t total)
{
    double samples = 0;
    if (root != COSTS_NONE)
        keep_below(paths, root);
    for (size_t i = 0; i < paths->count; i++)
        samples += paths->items[i].self;
    double each = samples > 0 ? (double)total / samples : 1;
    for (size_t i = 0; i < paths->count; i++)
        paths->items[i].self *= each;
    return each;
}
