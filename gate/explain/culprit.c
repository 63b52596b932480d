#include "gate/explain/culprit.h"

#include <math.h>

/* Of its share, what lines that changed must carry; and how many times the calls must
 * have become. */
#define CARRIED    0.5
#define MORE_CALLS 1.1

/* Whether its share is told with what it calls: where it does not explain enough by
 * itself, or more than there is, and together it comes to the whole. */
static bool is_with_callees(const struct profile_pair *pair, uint32_t index)
{
    const struct function_diff *item = &pair->diff.functions.items[index];
    if (function_is_in_cycle(&pair->diff, item))
        return false;
    if (item->self_share > CULPRIT_MORE_THAN_ALL)
        return item->inclusive_share >= CULPRIT_SHARE &&
               item->inclusive_share <= CULPRIT_MORE_THAN_ALL;
    return item->self_share < CULPRIT_SHARE;
}

static double share_of(const struct profile_pair *pair, uint32_t index)
{
    const struct function_diff *item = &pair->diff.functions.items[index];
    return is_with_callees(pair, index) ? item->inclusive_share : item->self_share;
}

static double changed_lines_share(const struct profile_pair *pair, uint32_t index)
{
    double sum = 0;
    for (size_t i = 0; i < pair->lines.count; i++) {
        const struct line_diff *line = &pair->lines.items[i];
        if (line->item == index && line->is_changed)
            sum += line_difference(line);
    }
    return sum / profile_difference(&pair->diff);
}

static double calls_from(const struct profile_pair *pair, enum side side, uint32_t index)
{
    const struct costs *costs = pair->diff.sides[side];
    uint32_t function = pair->diff.functions.items[index].sides[side].function;
    double count = 0;
    for (size_t i = 0; i < costs->calls.count; i++)
        if (costs->calls.items[i].caller == function)
            count += (double)costs->calls.items[i].count;
    return count;
}

/* By costs that it only passes on, an edited main would be to blame for everything. */
static bool carries(const struct profile_pair *pair, uint32_t index, double share)
{
    if (pair->diff.functions.items[index].self_share >= CULPRIT_SHARE ||
        changed_lines_share(pair, index) >= CARRIED * share)
        return true;
    double base = calls_from(pair, SIDE_BASE, index);
    double head = calls_from(pair, SIDE_HEAD, index);
    return profile_difference(&pair->diff) > 0 ? head > MORE_CALLS * base
                                               : base > MORE_CALLS * head;
}

static uint64_t depth_of(const struct function_diff *item)
{
    uint64_t base = item->sides[SIDE_BASE].inclusive;
    uint64_t head = item->sides[SIDE_HEAD].inclusive;
    return base > head ? base : head;
}

static struct culprit find_among(const struct profile_pair *pair, bool is_of_edited)
{
    struct culprit culprit = { .item = COSTS_NONE };
    const struct function_diff *items = pair->diff.functions.items;
    for (uint32_t i = 0; i < pair->diff.shown_count; i++) {
        double share = share_of(pair, i);
        if (!(share >= CULPRIT_SHARE) || (is_of_edited && !pair->is_edited[i]))
            continue;
        if (culprit.item != COSTS_NONE &&
            depth_of(&items[i]) >= depth_of(&items[culprit.item]))
            continue;
        if (is_of_edited && !carries(pair, i, share))
            continue;
        culprit = (struct culprit){ .item = i,
                                    .share = share,
                                    .with_callees = is_with_callees(pair, i),
                                    .is_edited = is_of_edited };
    }
    return culprit;
}

struct culprit culprit_find(const struct profile_pair *pair)
{
    struct culprit edited = find_among(pair, true);
    return edited.item != COSTS_NONE ? edited : find_among(pair, false);
}

double culprit_edited_share(const struct profile_pair *pair)
{
    double sum = 0;
    for (size_t i = 0; i < pair->diff.shown_count; i++)
        if (pair->is_edited[i] && isfinite(pair->diff.functions.items[i].self_share))
            sum += pair->diff.functions.items[i].self_share;
    return sum;
}
