#include "gate/experiment/pair.h"

#include <math.h>
#include <stdlib.h>

const char *const side_names[SIDE_COUNT] = { "base", "head" };

/* Nothing runs in no time and no memory: a zero is below the kernel's resolution. */
double pair_level(enum metric metric, double value)
{
    switch (metric_info(metric)->unit) {
    case METRIC_UNIT_SECONDS:
        return fmax(value, 1e-6);
    case METRIC_UNIT_BYTES:
        return fmax(value, 4096);
    case METRIC_UNIT_COUNT:
        return value + 1;
    }
    abort();
}

static double log_level(const struct pair *pair, enum side side, enum metric metric)
{
    return log(pair_level(metric, metric_value(metric, &pair->sides[side])));
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
            values[count++] = metric_value(metric, &pairs->items[i].sides[side]);
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
