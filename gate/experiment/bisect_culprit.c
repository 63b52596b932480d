/* The suspect against its parent. */
#include <math.h>
#include <stdlib.h>

#include "gate/experiment/bisect_parts.h"

/* How often a suspect may turn out to have done nothing before the search is given up. */
#define MOST_CONTRADICTIONS 2

/* A probability of 0 would leave nothing to weigh. */
static double p_of(const struct reading *reading)
{
    return fmax(reading->p_wrong, 1e-6);
}

void bisect_order_culprit(const struct bisect *bisect, struct bisect_order *order)
{
    bool is_longer = bisect->culprit_phase == BISECT_CULPRIT_LONGER;
    *order = (struct bisect_order){
        .kind = BISECT_CULPRIT,
        .commit = bisect->suspect,
        .error = BISECT_ERROR,
        .max_pairs = bisect->max_pairs * (is_longer ? BISECT_LONGER : 1),
    };
    if (bisect->culprit_phase == BISECT_CULPRIT_SMALL)
        bisect_halve_margins(bisect, order->margins);
    else
        bisect_set_margins(bisect, bisect_half_step(bisect), order->margins);
}

void bisect_contradict(struct bisect *bisect)
{
    double p = p_of(&bisect->own);
    suspects_weigh(&bisect->suspects, bisect->suspect, p / (1 - p));
    bisect->culprit_phase = BISECT_CULPRIT_FIRST;
    bisect->contradictions++;
    if (bisect->contradictions >= MOST_CONTRADICTIONS)
        bisect->state = BISECT_SCATTERED;
}

static void confirm(struct bisect *bisect)
{
    double p = p_of(&bisect->own);
    suspects_weigh(&bisect->suspects, bisect->suspect, (1 - p) / p);
    bisect->is_confirmed = true;
    bisect->state = BISECT_FOUND;
}

/* It makes less than half of the step: a smaller one, or none. */
static void take_small(struct bisect *bisect)
{
    if (bisect->own.low > 0 || bisect->own.side == READING_BEYOND)
        bisect->state = BISECT_FOUND;
    else
        bisect_contradict(bisect);
}

static void take_half(struct bisect *bisect, const struct bisect_order *order)
{
    switch (bisect->own.side) {
    case READING_BEYOND:
        confirm(bisect);
        return;
    case READING_BELOW:
        if (bisect->own.low > 0)
            bisect->state = BISECT_FOUND;
        else
            bisect->culprit_phase = BISECT_CULPRIT_SMALL;
        return;
    case READING_OPEN:
        if (bisect->culprit_phase == BISECT_CULPRIT_FIRST &&
            bisect_had_its_pairs(order, &bisect->own))
            bisect->culprit_phase = BISECT_CULPRIT_LONGER;
        else
            bisect->state = BISECT_FOUND;
        return;
    }
    abort();
}

void bisect_take_culprit(struct bisect *bisect,
                         const struct bisect_order *order,
                         const struct trial *trial)
{
    const struct reading_question question = { order->margins, BISECT_ERROR,
                                               order->max_pairs };
    bisect_free_trial(bisect->culprit);
    bisect->culprit = bisect_copy_trial(trial);
    bisect->own = reading_of(bisect->culprit, &question);
    bisect->has_own = bisect->own.pair_count > 0;
    if (!bisect->has_own) {
        bisect->is_own_untestable = true;
        bisect->state = BISECT_FOUND;
    } else if (bisect->culprit_phase == BISECT_CULPRIT_SMALL)
        take_small(bisect);
    else
        take_half(bisect, order);
}
