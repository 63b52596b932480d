#include "gate/stats/change_points.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/random.h"
#include "gate/stats/autocorrelation.h"
#include "gate/stats/rank_sum.h"
#include "gate/stats/robust.h"

#define CONFIDENCE 0.95
/* Hansen's likelihood ratio: P(at most x) is (1 - exp(-x / 2))^2. */
#define RATIO_AT_MOST 7.352286

enum {
    PASSES = 5 /* over all changes, to move them; mostly the second moves none */
};

struct series {
    const double *values;
    double *white; /* without what the value before explains */
    size_t n;
    const struct change_scan_rule *rule;
    uint64_t stream;
};

void change_points_clear(struct change_points *points)
{
    array_clear(points);
    points->phi = 0;
}

/* Seen from its end, an autocorrelated series is one with the same phi; so the first
 * value, which has none before it, is cleared of the one after it. */
static double *whiten(const double *values, size_t n, double phi)
{
    double *white = xcalloc(n, sizeof *white);
    for (size_t i = 0; i < n; i++) {
        double neighbour = n < 2 ? 0 : values[i ? i - 1 : 1];
        white[i] = values[i] - phi * neighbour;
    }
    return white;
}

/* In the order of time, since the left part is done first. */
static void
split(const struct series *series, size_t first, size_t end, struct change_points *points)
{
    /* Each part shuffles by itself. */
    uint64_t part = (uint64_t)first << 32 | (uint64_t)end;
    struct change_scan found =
        change_scan(series->white + first, end - first, series->rule,
                    random_at(series->stream, part, 0));
    if (!found.split || found.p > series->rule->alpha)
        return;
    size_t index = first + found.split;
    split(series, first, index, points);
    *array_push(points) = (struct change_point){ .index = index, .p = found.p };
    split(series, index, end, points);
}

struct span {
    size_t first;
    size_t end;
};

/* From the change before the i-th to the one after it. */
static struct span around(const struct change_points *points, size_t i, size_t n)
{
    return (struct span){
        i ? points->items[i - 1].index : 0,
        i + 1 < points->count ? points->items[i + 1].index : n,
    };
}

/* By how much the sum of squares of n scores, which add up to 0, falls when they are
 * split after t of them that add up to sum. */
static double gain_of(double sum, size_t t, size_t n)
{
    return sum * sum * (double)n / ((double)t * (double)(n - t));
}

struct fit {
    double *gains; /* by split; 0 where no change may be */
    size_t n;
    double squares; /* all that there is to gain */
    size_t best;
};

static void fit_clear(struct fit *fit)
{
    free(fit->gains);
}

static struct fit fit_of(const struct series *series, struct span span)
{
    struct fit fit = { .n = span.end - span.first };
    size_t least = series->rule->least_segment;
    AUTO_FREE double *scores = change_scores(series->white + span.first, fit.n);
    fit.gains = xcalloc(fit.n, sizeof *fit.gains);
    double sum = 0;
    for (size_t t = 0; t < fit.n; t++) {
        if (t >= least && t + least <= fit.n)
            fit.gains[t] = gain_of(sum, t, fit.n);
        if (fit.gains[t] > fit.gains[fit.best])
            fit.best = t;
        sum += scores[t];
        fit.squares += scores[t] * scores[t];
    }
    return fit;
}

static bool move_each(const struct series *series, struct change_points *points)
{
    bool has_moved = false;
    for (size_t i = 0; i < points->count; i++) {
        struct span span = around(points, i, series->n);
        AUTO(fit_clear) struct fit fit = fit_of(series, span);
        size_t index = span.first + fit.best;
        if (fit.best && index != points->items[i].index) {
            points->items[i].index = index;
            has_moved = true;
        }
    }
    return has_moved;
}

static void
place(const struct series *series, struct span span, struct change_point *point)
{
    AUTO(fit_clear) struct fit fit = fit_of(series, span);
    size_t at = point->index - span.first;
    double variance = (fit.squares - fit.gains[at]) / (double)fit.n;
    double least = fit.gains[at] - RATIO_AT_MOST * variance;
    point->first = point->last = point->index;
    for (size_t t = 1; t < fit.n; t++) {
        if (!(fit.gains[t] > 0) || fit.gains[t] < least)
            continue;
        size_t index = span.first + t;
        point->first = index < point->first ? index : point->first;
        point->last = index > point->last ? index : point->last;
    }
}

static void
measure(const struct series *series, struct span span, struct change_point *point)
{
    const struct rank_sum_sample before = { series->values + span.first,
                                            point->index - span.first };
    const struct rank_sum_sample after = { series->values + point->index,
                                           span.end - point->index };
    point->before_count = before.count;
    point->after_count = after.count;
    point->before = robust_median(before.values, before.count);
    point->after = robust_median(after.values, after.count);
    point->shift = rank_sum_shift(after, before);
    point->range = rank_sum_interval(after, before, CONFIDENCE);
}

void change_points_find(const double *values,
                        size_t n,
                        const struct change_scan_rule *rule,
                        uint64_t stream,
                        struct change_points *points)
{
    change_points_clear(points);
    points->phi = autocorrelation(values, n);
    AUTO_FREE double *white = whiten(values, n, points->phi);
    const struct series series = { values, white, n, rule, stream };
    split(&series, 0, n, points);
    for (size_t pass = 0; pass < PASSES && move_each(&series, points); pass++)
        ;
    for (size_t i = 0; i < points->count; i++) {
        struct span span = around(points, i, n);
        place(&series, span, &points->items[i]);
        measure(&series, span, &points->items[i]);
    }
}
