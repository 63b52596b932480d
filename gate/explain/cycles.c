/* With a stack of its own: call graphs are deep, and ours is not to overflow for it. */
#include "gate/explain/cycles.h"

#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/explain/costs.h"

/* A function that is being looked into, and the next of its calls. */
struct visit {
    uint32_t function;
    uint32_t next;
};

struct search {
    uint32_t *first; /* of functions, and one more: where their calls begin in callees */
    uint32_t *callees; /* of all calls, by caller */
    uint32_t *order;   /* in which it was found, from 1; 0: not yet */
    uint32_t *lowest;  /* order of the earliest function that can be reached */
    uint32_t *open;    /* found, and in no group yet */
    size_t open_count;
    struct visit *visits;
    size_t visit_count;
    uint32_t found_count;
    uint32_t group_count;
    uint32_t *groups; /* COSTS_NONE: in none yet */
};

static void search_clear(struct search *search)
{
    free(search->first);
    free(search->callees);
    free(search->order);
    free(search->lowest);
    free(search->open);
    free(search->visits);
}

static void sort_calls(struct search *search, const struct costs *costs)
{
    size_t count = costs->functions.count;
    for (size_t i = 0; i < costs->calls.count; i++)
        search->first[costs->calls.items[i].caller + 1]++;
    for (size_t i = 0; i < count; i++)
        search->first[i + 1] += search->first[i];
    AUTO_FREE uint32_t *filled = xcalloc(count + 1, sizeof *filled);
    for (size_t i = 0; i < costs->calls.count; i++) {
        const struct costs_call *call = &costs->calls.items[i];
        search->callees[search->first[call->caller] + filled[call->caller]++] =
            call->callee;
    }
}

static void enter(struct search *search, uint32_t function)
{
    search->order[function] = search->lowest[function] = ++search->found_count;
    search->open[search->open_count++] = function;
    search->visits[search->visit_count++] =
        (struct visit){ .function = function, .next = search->first[function] };
}

static void lower(uint32_t *lowest, uint32_t to)
{
    if (to < *lowest)
        *lowest = to;
}

/* All that was found behind the first of a group and is in none belongs to it. */
static void close_group(struct search *search, uint32_t first)
{
    uint32_t member = 0;
    do {
        member = search->open[--search->open_count];
        search->groups[member] = search->group_count;
    } while (member != first);
    search->group_count++;
}

static void leave(struct search *search)
{
    uint32_t function = search->visits[--search->visit_count].function;
    if (search->lowest[function] == search->order[function])
        close_group(search, function);
    if (search->visit_count)
        lower(&search->lowest[search->visits[search->visit_count - 1].function],
              search->lowest[function]);
}

static void search_from(struct search *search, uint32_t start)
{
    enter(search, start);
    while (search->visit_count) {
        struct visit *visit = &search->visits[search->visit_count - 1];
        if (visit->next == search->first[visit->function + 1]) {
            leave(search);
            continue;
        }
        uint32_t callee = search->callees[visit->next++];
        if (!search->order[callee])
            enter(search, callee);
        else if (search->groups[callee] == COSTS_NONE)
            lower(&search->lowest[visit->function], search->order[callee]);
    }
}

void cycles_find(const struct costs *costs, uint32_t *groups)
{
    size_t count = costs->functions.count;
    AUTO(search_clear)
    struct search search = {
        .first = xcalloc(count + 1, sizeof(uint32_t)),
        .callees = xcalloc(costs->calls.count + 1, sizeof(uint32_t)),
        .order = xcalloc(count + 1, sizeof(uint32_t)),
        .lowest = xcalloc(count + 1, sizeof(uint32_t)),
        .open = xcalloc(count + 1, sizeof(uint32_t)),
        .visits = xcalloc(count + 1, sizeof(struct visit)),
        .groups = groups,
    };
    sort_calls(&search, costs);
    for (size_t i = 0; i < count; i++)
        groups[i] = COSTS_NONE;
    for (uint32_t i = 0; i < count; i++)
        if (!search.order[i])
            search_from(&search, i);
}
