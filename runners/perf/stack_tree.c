#include "runners/perf/stack_tree.h"

#include "gate/base/array.h"

void stack_tree_clear(struct stack_tree *tree)
{
    names_clear(&tree->names);
    array_clear(&tree->functions);
    array_clear(&tree->nodes);
    index_clear(&tree->by_name);
    index_clear(&tree->by_call);
    *tree = (struct stack_tree){ 0 };
}

static uint32_t hash_pointers(const void *a, const void *b)
{
    return index_mix((uint32_t)((uintptr_t)a >> 4), (uint32_t)((uintptr_t)b >> 4));
}

uint32_t stack_tree_function(struct stack_tree *tree, const struct stack_function *named)
{
    uint32_t hash = hash_pointers(named->name, named->object);
    size_t cursor = index_start(&tree->by_name, hash);
    uint32_t item = 0;
    while ((item = index_next(&tree->by_name, hash, &cursor)) != INDEX_NONE) {
        const struct stack_function *known = &tree->functions.items[item];
        if (known->name == named->name && known->object == named->object)
            return item;
    }
    item = (uint32_t)tree->functions.count;
    *array_push(&tree->functions) = *named;
    index_add(&tree->by_name, hash, item);
    return item;
}

uint32_t stack_tree_below(struct stack_tree *tree, uint32_t parent, uint32_t function)
{
    uint32_t hash = index_mix(parent, function);
    size_t cursor = index_start(&tree->by_call, hash);
    uint32_t item = 0;
    while ((item = index_next(&tree->by_call, hash, &cursor)) != INDEX_NONE) {
        const struct stack_node *known = &tree->nodes.items[item];
        if (known->parent == parent && known->function == function)
            return item;
    }
    item = (uint32_t)tree->nodes.count;
    *array_push(&tree->nodes) =
        (struct stack_node){ .function = function, .parent = parent };
    index_add(&tree->by_call, hash, item);
    return item;
}
