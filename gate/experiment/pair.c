#include "gate/experiment/pair.h"

#include <math.h>

const char *const side_names[SIDE_COUNT] = { "base", "head" };

void readings_set(struct readings *readings, enum metric metric, double value)
{
    readings->values[metric] = value;
    readings->known |= METRIC_BIT(metric);
}

double pair_value(const struct pair *pair, enum side side, enum metric metric)
{
    const struct readings *readings = &pair->readings[side];
    if (pair->is_together && METRIC_BIT(metric) & metrics_of_the_clock())
        return (double)NAN;
    if (readings->known & METRIC_BIT(metric))
        return readings->values[metric];
    return metric_value(metric, &pair->sides[side]);
}

double pair_level(enum metric metric, double value)
{
    double smallest = metric_info(metric)->smallest;
    if (smallest <= 0)
        return value + 1;
    return value <= 0 ? smallest : value;
}

static double log_level(const struct pair *pair, enum side side, enum metric metric)
{
    return log(pair_level(metric, pair_value(pair, side, metric)));
}

double pair_log_ratio(const struct pair *pair, enum metric metric)
{
    return log_level(pair, SIDE_HEAD, metric) - log_level(pair, SIDE_BASE, metric);
}

bool pair_counts(const struct pair *pair)
{
    return !pair->is_warmup && pair->discard == DISCARD_NONE &&
           process_succeeded(&pair->sides[SIDE_BASE]) &&
           process_succeeded(&pair->sides[SIDE_HEAD]);
}

bool pairs_tell(const struct pairs *pairs, enum metric metric)
{
    for (size_t i = 0; i < pairs->count; i++) {
        const struct pair *pair = &pairs->items[i];
        if (pair_counts(pair) && isnan(pair_log_ratio(pair, metric)))
            return false;
    }
    return true;
}

size_t pairs_log_ratios(const struct pairs *pairs, enum metric metric, double *ratios)
{
    size_t count = 0;
    for (size_t i = 0; i < pairs->count; i++) {
        if (pair_counts(&pairs->items[i]))
            ratios[count++] = pair_log_ratio(&pairs->items[i], metric);
    }
    return count;
}

size_t pairs_values(const struct pairs *pairs,
                    enum side side,
                    enum metric metric,
                    double *values)
{
    size_t count = 0;
    for (size_t i = 0; i < pairs->count; i++) {
        if (pair_counts(&pairs->items[i]))
            values[count++] = pair_value(&pairs->items[i], side, metric);
    }
    return count;
}

size_t pairs_counted(const struct pairs *pairs)
{
    size_t count = 0;
    for (size_t i = 0; i < pairs->count; i++)
        count += pair_counts(&pairs->items[i]);
    return count;
}

size_t pairs_discarded(const struct pairs *pairs)
{
    size_t count = 0;
    for (size_t i = 0; i < pairs->count; i++)
        count += !pairs->items[i].is_warmup && pairs->items[i].discard != DISCARD_NONE;
    return count;
}

size_t pairs_discarded_for(const struct pairs *pairs, enum discard why)
{
    size_t count = 0;
    for (size_t i = 0; i < pairs->count; i++)
        count += !pairs->items[i].is_warmup && pairs->items[i].discard == why;
    return count;
}
