#include "gate/experiment/beyond.h"

#include <math.h>

double margin_bound(const struct margin *margin, enum bound bound, double level)
{
    double floor = fmax(margin->floor, 0);
    if (bound == BOUND_UPPER)
        return fmax(level * (1 + margin->share), level + floor);
    return fmax(fmin(level * (1 - margin->share), level - floor), level / 100);
}

static double above(const struct pair *pair,
                    enum metric metric,
                    const struct margin *margin,
                    enum bound bound)
{
    bool is_larger_better = metric_info(metric)->larger_is_better;
    enum side judged = is_larger_better ? SIDE_BASE : SIDE_HEAD;
    enum side against = is_larger_better ? SIDE_HEAD : SIDE_BASE;
    double level = pair_level(metric, pair_value(pair, against, metric));
    return log(pair_level(metric, pair_value(pair, judged, metric))) -
           log(margin_bound(margin, bound, level));
}

size_t pairs_above(const struct pairs *pairs,
                   enum metric metric,
                   const struct margin *margin,
                   enum bound bound,
                   double *out)
{
    size_t count = 0;
    for (size_t i = 0; i < pairs->count; i++) {
        if (pair_counts(&pairs->items[i]))
            out[count++] = above(&pairs->items[i], metric, margin, bound);
    }
    return count;
}
