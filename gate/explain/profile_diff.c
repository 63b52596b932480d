#include "gate/explain/profile_diff.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/explain/matching.h"

void profile_diff_clear(struct profile_diff *diff)
{
    array_clear(&diff->functions);
    free(diff->of[SIDE_BASE]);
    free(diff->of[SIDE_HEAD]);
    *diff = (struct profile_diff){ 0 };
}

double function_self_difference(const struct function_diff *function)
{
    return costs_difference(function->sides[SIDE_BASE].self,
                            function->sides[SIDE_HEAD].self);
}

double function_inclusive_difference(const struct function_diff *function)
{
    return costs_difference(function->sides[SIDE_BASE].inclusive,
                            function->sides[SIDE_HEAD].inclusive);
}

double profile_difference(const struct profile_diff *diff)
{
    return costs_difference(diff->totals[SIDE_BASE], diff->totals[SIDE_HEAD]);
}

bool function_is_in_cycle(const struct profile_diff *diff,
                          const struct function_diff *function)
{
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        uint32_t number = function->sides[side].function;
        if (number != COSTS_NONE && diff->sides[side]->functions.items[number].cycle)
            return true;
    }
    return false;
}

static struct function_costs side_of(const struct costs *costs, uint32_t function)
{
    if (function == COSTS_NONE)
        return (struct function_costs){ .function = COSTS_NONE };
    const struct costs_function *of = &costs->functions.items[function];
    return (struct function_costs){ .function = function,
                                    .calls = of->calls,
                                    .self = of->self,
                                    .inclusive = of->inclusive };
}

static void add_item(struct profile_diff *diff, const struct match *match)
{
    const struct costs *base = diff->sides[SIDE_BASE];
    const struct costs *head = diff->sides[SIDE_HEAD];
    bool is_in_head = match->sides[SIDE_HEAD] != COSTS_NONE;
    const struct costs_function *shown =
        is_in_head ? &head->functions.items[match->sides[SIDE_HEAD]]
                   : &base->functions.items[match->sides[SIDE_BASE]];
    struct function_diff *item = array_push(&diff->functions);
    *item = (struct function_diff){
        .name = shown->name,
        .file = shown->file,
        .fate = match->fate,
        .into = COSTS_NONE,
        .sides = { [SIDE_BASE] = side_of(base, match->sides[SIDE_BASE]),
                   [SIDE_HEAD] = side_of(head, match->sides[SIDE_HEAD]) },
    };
    if (match->fate == FUNCTION_MOVED)
        item->was = base->functions.items[match->sides[SIDE_BASE]].file;
    else if (match->fate == FUNCTION_RENAMED)
        item->was = base->functions.items[match->sides[SIDE_BASE]].name;
}

/* What was inlined elsewhere is counted there, on the side that has it apart. */
static void fold(struct profile_diff *diff, const struct matches *matches)
{
    for (size_t i = 0; i < matches->count; i++) {
        uint32_t into = matches->items[i].into;
        if (into == COSTS_NONE)
            continue;
        struct function_diff *item = &diff->functions.items[i];
        struct function_diff *host = &diff->functions.items[into];
        item->into = into;
        host->with_count++;
        for (enum side side = 0; side < SIDE_COUNT; side++)
            host->sides[side].self += item->sides[side].self;
    }
}

static void add_shares(struct profile_diff *diff)
{
    double whole = profile_difference(diff);
    bool is_none = diff->totals[SIDE_BASE] == diff->totals[SIDE_HEAD];
    for (size_t i = 0; i < diff->functions.count; i++) {
        struct function_diff *item = &diff->functions.items[i];
        item->self_share = is_none ? (double)NAN : function_self_difference(item) / whole;
        item->inclusive_share =
            is_none ? (double)NAN : function_inclusive_difference(item) / whole;
    }
}

/* An item with the place that it had before it was ordered. */
struct placed {
    struct function_diff item;
    uint32_t place;
};

static int compare_placed(const void *a, const void *b)
{
    const struct function_diff *x = &((const struct placed *)a)->item;
    const struct function_diff *y = &((const struct placed *)b)->item;
    double of_x = fabs(function_self_difference(x));
    double of_y = fabs(function_self_difference(y));
    if ((x->into == COSTS_NONE) != (y->into == COSTS_NONE))
        return x->into == COSTS_NONE ? -1 : 1;
    if (of_x < of_y || of_x > of_y)
        return of_x > of_y ? -1 : 1;
    int by_name = strcmp(x->name, y->name);
    return by_name ? by_name : strcmp(x->file, y->file);
}

static void order(struct profile_diff *diff)
{
    size_t count = diff->functions.count;
    AUTO_FREE struct placed *placed = xcalloc(count + 1, sizeof *placed);
    AUTO_FREE uint32_t *now = xcalloc(count + 1, sizeof *now);
    for (uint32_t i = 0; i < count; i++)
        placed[i] = (struct placed){ diff->functions.items[i], i };
    qsort(placed, count, sizeof *placed, compare_placed);
    for (uint32_t i = 0; i < count; i++)
        now[placed[i].place] = i;
    for (uint32_t i = 0; i < count; i++) {
        struct function_diff *item = &diff->functions.items[i];
        *item = placed[i].item;
        if (item->into != COSTS_NONE)
            item->into = now[item->into];
        else
            diff->shown_count++;
        for (enum side side = 0; side < SIDE_COUNT; side++)
            if (item->sides[side].function != COSTS_NONE)
                diff->of[side][item->sides[side].function] = i;
    }
}

void profile_diff_make(struct profile_diff *diff,
                       const struct costs *base,
                       const struct costs *head,
                       const struct file_renames *renames)
{
    AUTO_MATCHES struct matches matches = { 0 };
    *diff = (struct profile_diff){
        .sides = { [SIDE_BASE] = base, [SIDE_HEAD] = head },
        .totals = { [SIDE_BASE] = base->total, [SIDE_HEAD] = head->total },
    };
    for (enum side side = 0; side < SIDE_COUNT; side++)
        diff->of[side] =
            xcalloc(diff->sides[side]->functions.count + 1, sizeof *diff->of[side]);
    matches_make(&matches, base, head, renames);
    for (size_t i = 0; i < matches.count; i++)
        add_item(diff, &matches.items[i]);
    fold(diff, &matches);
    add_shares(diff);
    order(diff);
}
