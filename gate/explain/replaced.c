#include "gate/explain/replaced.h"

#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/explain/matching.h"

/* A call as both sides can name it: by the match of the caller. */
struct caller {
    uint32_t callee; /* function */
    uint32_t match;
    uint64_t count;
};

struct search {
    struct matches *matches;
    const struct costs *sides[SIDE_COUNT];
    struct caller *callers[SIDE_COUNT]; /* of all calls, by callee and caller */
    size_t *first[SIDE_COUNT];          /* by function, and one more: of its callers */
};

static void search_clear(struct search *search)
{
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        free(search->callers[side]);
        free(search->first[side]);
    }
}

static int compare_callers(const void *a, const void *b)
{
    const struct caller *x = a;
    const struct caller *y = b;
    if (x->callee != y->callee)
        return x->callee < y->callee ? -1 : 1;
    return x->match < y->match ? -1 : x->match > y->match;
}

static void list_callers(struct search *search, enum side side)
{
    const struct costs *costs = search->sides[side];
    size_t count = costs->calls.count;
    AUTO_FREE uint32_t *match_of = matches_by_function(search->matches, costs, side);
    struct caller *callers = xcalloc(count + 1, sizeof *callers);
    size_t *first = xcalloc(costs->functions.count + 1, sizeof *first);
    size_t listed = 0;
    for (size_t i = 0; i < count; i++) {
        const struct costs_call *call = &costs->calls.items[i];
        if (call->caller == call->callee) /* its own name is what is in question */
            continue;
        callers[listed++] =
            (struct caller){ call->callee, match_of[call->caller], call->count };
        first[call->callee + 1]++;
    }
    qsort(callers, listed, sizeof *callers, compare_callers);
    for (size_t i = 0; i < costs->functions.count; i++)
        first[i + 1] += first[i];
    search->callers[side] = callers;
    search->first[side] = first;
}

static bool are_called_alike(const struct search *search, uint32_t base, uint32_t head)
{
    const size_t *of_base = &search->first[SIDE_BASE][base];
    const size_t *of_head = &search->first[SIDE_HEAD][head];
    size_t count = of_base[1] - of_base[0];
    if (!count || count != of_head[1] - of_head[0])
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct caller *a = &search->callers[SIDE_BASE][of_base[0] + i];
        const struct caller *b = &search->callers[SIDE_HEAD][of_head[0] + i];
        if (a->match != b->match || a->count != b->count)
            return false;
    }
    return true;
}

static bool is_candidate(const struct search *search, size_t gone, size_t fresh)
{
    const struct match *a = &search->matches->items[gone];
    const struct match *b = &search->matches->items[fresh];
    if (a->fate != FUNCTION_GONE || b->fate != FUNCTION_NEW)
        return false;
    const struct costs_function *base =
        &search->sides[SIDE_BASE]->functions.items[a->sides[SIDE_BASE]];
    const struct costs_function *head =
        &search->sides[SIDE_HEAD]->functions.items[b->sides[SIDE_HEAD]];
    return str_equal(base->file, head->file) && base->calls == head->calls &&
           !str_equal(base->name, COSTS_NO_NAME) &&
           !str_equal(head->name, COSTS_NO_NAME) &&
           are_called_alike(search, a->sides[SIDE_BASE], b->sides[SIDE_HEAD]);
}

/* The only match that goes with the one; matches->count where there is none or several.
 */
static size_t find_only(const struct search *search, size_t one, bool is_gone)
{
    size_t none = search->matches->count;
    size_t found = none;
    for (size_t i = 0; i < none; i++) {
        if (!(is_gone ? is_candidate(search, one, i) : is_candidate(search, i, one)))
            continue;
        if (found != none)
            return none;
        found = i;
    }
    return found;
}

/* Head's half of a pair is emptied. */
static void pair_up(struct search *search)
{
    struct matches *matches = search->matches;
    for (size_t i = 0; i < matches->count; i++) {
        struct match *match = &matches->items[i];
        size_t fresh =
            match->fate == FUNCTION_GONE ? find_only(search, i, true) : matches->count;
        if (fresh == matches->count || find_only(search, fresh, false) != i)
            continue;
        match->sides[SIDE_HEAD] = matches->items[fresh].sides[SIDE_HEAD];
        match->fate = FUNCTION_RENAMED;
        matches->items[fresh].fate = FUNCTION_RENAMED;
        matches->items[fresh].sides[SIDE_HEAD] = COSTS_NONE;
    }
}

void matches_find_replaced(struct matches *matches,
                           const struct costs *base,
                           const struct costs *head)
{
    AUTO(search_clear)
    struct search search = { .matches = matches,
                             .sides = { [SIDE_BASE] = base, [SIDE_HEAD] = head } };
    list_callers(&search, SIDE_BASE);
    list_callers(&search, SIDE_HEAD);
    pair_up(&search);
    size_t kept = 0;
    for (size_t i = 0; i < matches->count; i++) {
        const struct match *match = &matches->items[i];
        if (match->sides[SIDE_BASE] != COSTS_NONE ||
            match->sides[SIDE_HEAD] != COSTS_NONE)
            matches->items[kept++] = *match;
    }
    matches->count = kept;
}
