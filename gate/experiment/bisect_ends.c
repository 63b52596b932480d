/* The good end against the bad one. */
#include <math.h>
#include <stdlib.h>

#include "gate/experiment/bisect_parts.h"

void bisect_halve_margins(const struct bisect *bisect, struct margin *margins)
{
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        margins[metric] = bisect->margins[metric];
        margins[metric].share /= 2;
        margins[metric].floor /= 2;
    }
}

static bool knows_its_size(const struct reading *reading)
{
    return (reading->high - reading->low) / 2 <= reading->effect / 4;
}

/* As many pairs as should narrow the interval to what is wanted, and some. */
static size_t pairs_for_size(const struct bisect *bisect)
{
    const struct reading *ends = &bisect->ends;
    double ratio = (ends->high - ends->low) / 2 / (ends->effect / 4);
    double wanted = ceil(1.2 * ratio * ratio * (double)ends->pair_count) + 2;
    return wanted < (double)bisect->max_pairs ? (size_t)wanted : bisect->max_pairs;
}

static size_t most_pairs(const struct bisect *bisect)
{
    bool is_longer = bisect->ends_phase == BISECT_ENDS_LONGER;
    return bisect->max_pairs * (is_longer ? BISECT_LONGER : 1);
}

void bisect_order_ends(const struct bisect *bisect, struct bisect_order *order)
{
    *order = (struct bisect_order){ .kind = BISECT_ENDS,
                                    .commit = bisect->lineage->count - 1,
                                    .error = BISECT_ERROR,
                                    .max_pairs = most_pairs(bisect) };
    bisect_halve_margins(bisect, order->margins);
    if (bisect->ends_phase == BISECT_ENDS_SIZE) {
        order->error = 0;
        order->max_pairs = pairs_for_size(bisect);
    }
}

/* From here on by the metric that the first comparison chose. */
static void fix_metric(struct bisect *bisect, enum metric chosen)
{
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++)
        bisect->margins[metric].is_gated = metric == chosen;
}

/* What is left of the margin as an effect, for a row that is not worse. */
static bool is_better(const struct bisect *bisect, const struct trial *trial)
{
    const struct margin *margin = &bisect->margins[bisect->ends.metric];
    double effect = log1p(-fmin(margin->share / 2, 0.99));
    return bisect->ends.effect < effect && bisect->ends.high < 0 &&
           reading_p_below(trial, bisect->ends.metric, effect) <= BISECT_ERROR;
}

static void read_ends(struct bisect *bisect, const struct trial *trial)
{
    struct margin margins[METRIC_COUNT];
    bisect_halve_margins(bisect, margins);
    const struct reading_question question = { margins, BISECT_ERROR,
                                               most_pairs(bisect) };
    struct bisect_measured *bad = &bisect->commits[bisect->lineage->count - 1];
    bisect_free_trial(bad->trial);
    bad->trial = bisect_copy_trial(trial);
    bisect->ends = bad->reading = reading_of(bad->trial, &question);
}

static void take_open_ends(struct bisect *bisect, const struct bisect_order *order)
{
    if (bisect->ends_phase == BISECT_ENDS_FIRST &&
        bisect_had_its_pairs(order, &bisect->ends))
        bisect->ends_phase = BISECT_ENDS_LONGER;
    else
        bisect->state = BISECT_UNCLEAR;
}

static void take_worse_ends(struct bisect *bisect)
{
    if (bisect->ends_phase == BISECT_ENDS_FIRST && !knows_its_size(&bisect->ends) &&
        bisect->ends.pair_count < bisect->max_pairs) {
        bisect->ends_phase = BISECT_ENDS_SIZE;
        return;
    }
    bisect->has_ends = true;
    bisect->high = bisect->ends.effect;
}

void bisect_take_ends(struct bisect *bisect,
                      const struct bisect_order *order,
                      const struct trial *trial)
{
    read_ends(bisect, trial);
    if (!bisect->ends.pair_count) {
        bisect->state = BISECT_UNTOLD;
        return;
    }
    fix_metric(bisect, bisect->ends.metric);
    switch (bisect->ends.side) {
    case READING_OPEN:
        take_open_ends(bisect, order);
        return;
    case READING_BELOW:
        bisect->state = is_better(bisect, bisect->commits[order->commit].trial)
                            ? BISECT_BETTER
                            : BISECT_SAME;
        return;
    case READING_BEYOND:
        take_worse_ends(bisect);
        return;
    }
    abort();
}
