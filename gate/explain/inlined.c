/* Code that moves between functions shows as some functions gone and another grown.
 * Without this step all of them would stand at the top of each table. */
#include "gate/explain/inlined.h"

#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/explain/matching.h"

#define LEAST_GROWTH 0.5
#define MOST_GROWTH  1.5
#define MOST_OF_IT   0.8
#define DEEPEST      32 /* functions inlined in one another */

enum direction {
    TO_CALLERS,
    TO_CALLEES
};

/* Whose code is sought in whom: functions that only the one side has. */
struct search {
    struct matches *matches;
    const struct costs *sides[SIDE_COUNT];
    enum side has;
    uint32_t *match_of; /* by function of that side */
    uint32_t *likely;   /* by match: the one next to it that most of its calls go to */
    double *moved;      /* by match: what others would have put into it */
};

static void search_clear(struct search *search)
{
    free(search->match_of);
    free(search->likely);
    free(search->moved);
}

static double self_of(const struct search *search, uint32_t match, enum side side)
{
    uint32_t function = search->matches->items[match].sides[side];
    return function == COSTS_NONE
               ? 0
               : (double)search->sides[side]->functions.items[function].self;
}

static bool is_on_one_side(const struct match *match)
{
    return match->fate == FUNCTION_GONE || match->fate == FUNCTION_NEW;
}

static bool is_open(const struct search *search, uint32_t match)
{
    const struct match *item = &search->matches->items[match];
    return is_on_one_side(item) && item->sides[search->has] != COSTS_NONE;
}

/* Fills in likely. */
static void find_neighbours(struct search *search, enum direction direction)
{
    const struct costs *costs = search->sides[search->has];
    size_t count = search->matches->count;
    AUTO_FREE double *sums = xcalloc(count + 1, sizeof *sums);
    AUTO_FREE double *most = xcalloc(count + 1, sizeof *most);
    for (size_t i = 0; i < count; i++)
        search->likely[i] = COSTS_NONE;
    for (size_t i = 0; i < costs->calls.count; i++) {
        const struct costs_call *call = &costs->calls.items[i];
        bool is_up = direction == TO_CALLERS;
        uint32_t from = search->match_of[is_up ? call->callee : call->caller];
        uint32_t to = search->match_of[is_up ? call->caller : call->callee];
        double cost = (double)call->inclusive;
        if (from == to)
            continue;
        sums[from] += cost;
        if (cost > most[from]) {
            most[from] = cost;
            search->likely[from] = to;
        }
    }
    for (size_t i = 0; i < count; i++)
        if (most[i] < MOST_OF_IT * sums[i])
            search->likely[i] = COSTS_NONE;
}

/* The function on both sides that the match would be inlined in; COSTS_NONE: none. */
static uint32_t host_of(const struct search *search, uint32_t match)
{
    for (int depth = 0; depth < DEEPEST && match != COSTS_NONE; depth++) {
        match = search->likely[match];
        if (match != COSTS_NONE && !is_on_one_side(&search->matches->items[match]))
            break;
    }
    if (match == COSTS_NONE || search->matches->items[match].into != COSTS_NONE ||
        is_on_one_side(&search->matches->items[match]))
        return COSTS_NONE;
    return match;
}

static bool has_grown(const struct search *search, uint32_t host)
{
    enum side other = search->has == SIDE_BASE ? SIDE_HEAD : SIDE_BASE;
    double growth = self_of(search, host, other) - self_of(search, host, search->has);
    double moved = search->moved[host];
    return moved > 0 && growth >= LEAST_GROWTH * moved && growth <= MOST_GROWTH * moved;
}

static void look(struct search *search, enum direction direction)
{
    size_t count = search->matches->count;
    AUTO_FREE uint32_t *hosts = xcalloc(count + 1, sizeof *hosts);
    find_neighbours(search, direction);
    for (uint32_t i = 0; i < count; i++)
        search->moved[i] = 0;
    for (uint32_t i = 0; i < count; i++) {
        hosts[i] = is_open(search, i) ? host_of(search, i) : COSTS_NONE;
        if (hosts[i] != COSTS_NONE)
            search->moved[hosts[i]] += self_of(search, i, search->has);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (hosts[i] == COSTS_NONE || !has_grown(search, hosts[i]))
            continue;
        search->matches->items[i].fate = FUNCTION_INLINED;
        search->matches->items[i].into = hosts[i];
    }
}

void matches_find_inlined(struct matches *matches,
                          const struct costs *base,
                          const struct costs *head)
{
    for (enum side has = 0; has < SIDE_COUNT; has++) {
        AUTO(search_clear)
        struct search search = {
            .matches = matches,
            .sides = { [SIDE_BASE] = base, [SIDE_HEAD] = head },
            .has = has,
            .match_of = matches_by_function(matches, has == SIDE_BASE ? base : head, has),
            .likely = xcalloc(matches->count + 1, sizeof(uint32_t)),
            .moved = xcalloc(matches->count + 1, sizeof(double)),
        };
        look(&search, TO_CALLERS);
        look(&search, TO_CALLEES);
    }
}
