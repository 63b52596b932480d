#include "gate/explain/story_costs.h"

#include <math.h>

#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/explain/per_operation.h"

#define DEVIATIONS 3.0

/* Of the difference, what may have gone to other functions where all grew alike. */
#define ALIKE 0.1

const char *story_unit(const struct profile_pair *pair)
{
    if (pair->is_per_operation)
        return "time";
    return pair->is_sampled ? "samples" : "instructions";
}

const char *story_verb(const struct profile_pair *pair)
{
    return pair->is_per_operation ? "is" : "are";
}

const char *story_pronoun(const struct profile_pair *pair)
{
    return pair->is_per_operation ? "it" : "them";
}

const char *story_whole(const struct profile_pair *pair)
{
    return pair->is_per_operation ? "operation" : "run";
}

bool story_is_by_instructions(const struct profile_pair *pair)
{
    return pair->is_per_operation && !pair->is_sampled;
}

void story_add_size(struct str *text, const struct profile_pair *pair, double cost)
{
    if (pair->is_per_operation)
        units_add_duration(text, cost * OPERATION_UNIT_S);
    else
        units_add_short_count(text, cost);
}

void story_add_amount(struct str *text, const struct profile_pair *pair, double cost)
{
    story_add_size(text, pair, cost);
    str_addf(text, " %s", pair->is_per_operation ? "an operation" : story_unit(pair));
}

double story_counted(const struct profile_pair *pair, enum side side)
{
    return pair->is_per_operation ? pair->counted[side] : (double)pair->diff.totals[side];
}

double story_noise(const struct profile_pair *pair)
{
    double variance = 0;
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        double counted = story_counted(pair, side);
        double factor = counted > 0 ? (double)pair->diff.totals[side] / counted : 0;
        variance += factor * factor * counted;
    }
    return pair->is_sampled ? DEVIATIONS * sqrt(variance) : 0;
}

bool story_is_alike(const struct profile_pair *pair)
{
    double base = (double)pair->diff.totals[SIDE_BASE];
    double head = (double)pair->diff.totals[SIDE_HEAD];
    double moved = 0;
    if (!pair->is_per_operation || !(base > 0) || !(head > 0))
        return false;
    for (size_t i = 0; i < pair->diff.shown_count; i++) {
        const struct function_diff *item = &pair->diff.functions.items[i];
        moved += fabs((double)item->sides[SIDE_HEAD].self / head -
                      (double)item->sides[SIDE_BASE].self / base);
    }
    return moved / 2 * fmax(base, head) < ALIKE * fabs(head - base);
}
