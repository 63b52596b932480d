#include "gate/explain/matching.h"

#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/explain/inlined.h"
#include "gate/explain/replaced.h"

void matches_clear(struct matches *matches)
{
    array_clear(matches);
}

/* While functions are looked up. */
struct matching {
    struct matches *matches;
    const struct costs *sides[SIDE_COUNT];
    const struct file_renames *renames;
    uint32_t *partners; /* of base's functions: head's; COSTS_NONE */
    bool *is_taken;     /* head's that are partners */
};

static void matching_clear(struct matching *matching)
{
    free(matching->partners);
    free(matching->is_taken);
}

static const char *name_on_head(const struct file_renames *renames, const char *file)
{
    for (size_t i = 0; i < renames->count; i++)
        if (str_equal(renames->items[i].base, file))
            return renames->items[i].head;
    return file;
}

static void pair_up(struct matching *matching, uint32_t base, uint32_t head)
{
    if (head == COSTS_NONE || matching->is_taken[head])
        return;
    matching->partners[base] = head;
    matching->is_taken[head] = true;
}

static void match_by_file(struct matching *matching)
{
    const struct costs *base = matching->sides[SIDE_BASE];
    for (uint32_t i = 0; i < base->functions.count; i++) {
        const struct costs_function *function = &base->functions.items[i];
        const char *file = name_on_head(matching->renames, function->file);
        pair_up(matching, i,
                costs_find(matching->sides[SIDE_HEAD], function->name, file));
    }
}

/* By name alone, where each side has it once among those without a partner. */
static void match_by_name(struct matching *matching)
{
    const struct costs *base = matching->sides[SIDE_BASE];
    for (uint32_t i = 0; i < base->functions.count; i++) {
        const char *name = base->functions.items[i].name;
        if (matching->partners[i] != COSTS_NONE || str_equal(name, COSTS_NO_NAME) ||
            costs_find(base, name, NULL) != i)
            continue;
        pair_up(matching, i, costs_find(matching->sides[SIDE_HEAD], name, NULL));
    }
}

static enum function_fate
fate_of(const struct matching *matching, uint32_t base, uint32_t head)
{
    const struct costs *const *sides = matching->sides;
    if (head == COSTS_NONE)
        return FUNCTION_GONE;
    return str_equal(sides[SIDE_BASE]->functions.items[base].file,
                     sides[SIDE_HEAD]->functions.items[head].file)
               ? FUNCTION_KEPT
               : FUNCTION_MOVED;
}

static void list(struct matching *matching)
{
    struct matches *matches = matching->matches;
    for (uint32_t i = 0; i < matching->sides[SIDE_BASE]->functions.count; i++) {
        uint32_t head = matching->partners[i];
        *array_push(matches) =
            (struct match){ .sides = { [SIDE_BASE] = i, [SIDE_HEAD] = head },
                            .fate = fate_of(matching, i, head),
                            .into = COSTS_NONE };
    }
    for (uint32_t i = 0; i < matching->sides[SIDE_HEAD]->functions.count; i++) {
        if (!matching->is_taken[i])
            *array_push(matches) =
                (struct match){ .sides = { [SIDE_BASE] = COSTS_NONE, [SIDE_HEAD] = i },
                                .fate = FUNCTION_NEW,
                                .into = COSTS_NONE };
    }
}

uint32_t *matches_by_function(const struct matches *matches,
                              const struct costs *costs,
                              enum side side)
{
    uint32_t *of = xcalloc(costs->functions.count + 1, sizeof *of);
    for (uint32_t i = 0; i < matches->count; i++)
        if (matches->items[i].sides[side] != COSTS_NONE)
            of[matches->items[i].sides[side]] = i;
    return of;
}

void matches_make(struct matches *matches,
                  const struct costs *base,
                  const struct costs *head,
                  const struct file_renames *renames)
{
    AUTO(matching_clear)
    struct matching matching = {
        .matches = matches,
        .sides = { [SIDE_BASE] = base, [SIDE_HEAD] = head },
        .renames = renames,
        .partners = xcalloc(base->functions.count + 1, sizeof(uint32_t)),
        .is_taken = xcalloc(head->functions.count + 1, sizeof(bool)),
    };
    for (size_t i = 0; i < base->functions.count; i++)
        matching.partners[i] = COSTS_NONE;
    match_by_file(&matching);
    match_by_name(&matching);
    list(&matching);
    matches_find_replaced(matches, base, head);
    matches_find_inlined(matches, base, head);
}
