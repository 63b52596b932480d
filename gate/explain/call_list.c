#include "gate/explain/call_list.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/explain/costs.h"

void call_list_clear(struct call_list *list)
{
    free(list->first);
    free(list->calls);
    *list = (struct call_list){ 0 };
}

void call_list_make(struct call_list *list, const struct costs *costs)
{
    size_t count = costs->functions.count;
    list->first = xcalloc(count + 2, sizeof *list->first);
    list->calls = xcalloc(costs->calls.count + 1, sizeof *list->calls);
    for (size_t i = 0; i < costs->calls.count; i++)
        list->first[costs->calls.items[i].caller + 2]++;
    for (size_t i = 0; i < count; i++)
        list->first[i + 2] += list->first[i + 1];
    /* Each start, kept one place too high, moves up to the next one's. */
    for (uint32_t i = 0; i < costs->calls.count; i++)
        list->calls[list->first[costs->calls.items[i].caller + 1]++] = i;
}

static bool is_within_circle(const struct costs *costs, const struct costs_call *call)
{
    const struct costs_function *functions = costs->functions.items;
    uint32_t cycle = functions[call->caller].cycle;
    return cycle && cycle == functions[call->callee].cycle;
}

/* What calls from outside of a function's circle account for, at the function that stands
 * for the circle. */
static void
add_incoming(const struct costs *costs, const uint32_t *entries, double *incoming)
{
    for (size_t i = 0; i < costs->calls.count; i++) {
        const struct costs_call *call = &costs->calls.items[i];
        if (call->caller != call->callee && !is_within_circle(costs, call))
            incoming[entries[call->callee]] += (double)call->inclusive;
    }
}

/* By function, the one that stands for its circle; itself where there is none. */
static uint32_t *find_entries(const struct costs *costs)
{
    size_t count = costs->functions.count;
    const struct costs_function *functions = costs->functions.items;
    uint32_t *entries = xcalloc(count + 1, sizeof *entries);
    AUTO_FREE uint32_t *best = xcalloc(count + 1, sizeof *best);   /* by circle */
    AUTO_FREE uint64_t *inner = xcalloc(count + 1, sizeof *inner); /* calls from it */
    for (size_t i = 0; i < costs->calls.count; i++)
        if (is_within_circle(costs, &costs->calls.items[i]))
            inner[costs->calls.items[i].callee] += costs->calls.items[i].count;
    for (size_t i = 0; i <= count; i++)
        best[i] = COSTS_NONE;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t *at = &best[functions[i].cycle];
        if (functions[i].cycle && (*at == COSTS_NONE || inner[i] < inner[*at]))
            *at = i;
    }
    for (uint32_t i = 0; i < count; i++)
        entries[i] = functions[i].cycle ? best[functions[i].cycle] : i;
    return entries;
}

double *call_list_roots(const struct costs *costs)
{
    size_t count = costs->functions.count;
    double *roots = xcalloc(count + 1, sizeof *roots);
    AUTO_FREE double *incoming = xcalloc(count + 1, sizeof *incoming);
    AUTO_FREE uint32_t *entries = find_entries(costs);
    double sum = 0;
    add_incoming(costs, entries, incoming);
    for (uint32_t i = 0; i < count; i++) {
        if (entries[i] == i)
            roots[i] = fmax((double)costs->functions.items[i].inclusive - incoming[i], 0);
        sum += roots[i];
    }
    for (uint32_t i = 0; i < count && sum > 0; i++)
        roots[i] *= (double)costs->total / sum;
    return roots;
}
