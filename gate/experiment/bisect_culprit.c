/* The suspect against its parent. */
#include <math.h>

#include "gate/experiment/bisect_parts.h"

/* How often a suspect may turn out to have done nothing before the search is given up. */
#define MOST_CONTRADICTIONS 2

void bisect_order_culprit(const struct bisect *bisect, struct bisect_order *order)
{
    *order = (struct bisect_order){
        .kind = BISECT_CULPRIT,
        .commit = bisect->suspect,
        .error = BISECT_ERROR,
        .max_pairs = bisect->max_pairs * (bisect->is_again ? BISECT_LONGER : 1),
    };
    bisect_set_margins(bisect, bisect_half_step(bisect), order->margins);
}

void bisect_contradict(struct bisect *bisect)
{
    double p = fmax(bisect->own.p_wrong, 1e-6);
    suspects_weigh(&bisect->suspects, bisect->suspect, p / (1 - p));
    bisect->contradictions++;
    if (bisect->contradictions >= MOST_CONTRADICTIONS)
        bisect->state = BISECT_SCATTERED;
}

static void confirm(struct bisect *bisect)
{
    double p = fmax(bisect->own.p_wrong, 1e-6);
    suspects_weigh(&bisect->suspects, bisect->suspect, (1 - p) / p);
    bisect->is_confirmed = true;
    bisect->state = BISECT_FOUND;
}

static void ask_longer(struct bisect *bisect)
{
    bisect->is_again = true;
    bisect->again_kind = BISECT_CULPRIT;
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
    bisect->has_own = true;
    bool is_first = !bisect->is_again;
    bisect->is_again = false;
    if (bisect->own.side == READING_BEYOND)
        confirm(bisect);
    else if (bisect->own.side == READING_BELOW && !(bisect->own.low > 0))
        bisect_contradict(bisect);
    else if (bisect->own.side == READING_OPEN && is_first &&
             bisect_had_its_pairs(order, &bisect->own))
        ask_longer(bisect);
    else
        bisect->state = BISECT_FOUND;
}
