/* The changes of a row, and what follows from them. */
#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/history/history.h"
#include "gate/stats/change_points.h"
#include "gate/stats/distribution.h"
#include "gate/stats/robust.h"

enum {
    LATEST = 5 /* points that stand for now where creep is asked for */
};

double history_log(enum metric metric, double value)
{
    double smallest = metric_info(metric)->smallest;
    return smallest > 0 ? log(fmax(value, smallest)) : log1p(fmax(value, 0));
}

static double *logs_of(const struct history_row *row)
{
    double *logs = xcalloc(row->points.count, sizeof *logs);
    for (size_t i = 0; i < row->points.count; i++)
        logs[i] = history_log(row->metric, row->points.items[i].value);
    return logs;
}

/* The points between the changes around one. */
struct stretch {
    size_t first;
    size_t end;
};
static struct stretch stretch_of(const struct history_row *row, size_t point)
{
    struct stretch stretch = { 0, row->points.count };
    for (size_t i = 0; i < row->changes.count; i++) {
        size_t at = row->changes.items[i].point;
        if (at <= point)
            stretch.first = at;
        else if (at < stretch.end)
            stretch.end = at;
    }
    return stretch;
}

static void set_levels(struct history_row *row)
{
    AUTO_FREE double *values = xcalloc(row->points.count, sizeof *values);
    for (size_t i = 0; i < row->points.count; i++)
        values[i] = row->points.items[i].value;
    for (size_t first = 0; first < row->points.count;) {
        struct stretch stretch = stretch_of(row, first);
        double level = robust_median(values + first, stretch.end - first);
        for (size_t i = first; i < stretch.end; i++)
            row->points.items[i].level = level;
        first = stretch.end;
    }
}

double history_total_change(const struct history_row *row)
{
    if (!row->changes.count)
        return 0;
    double from = row->points.items[0].level;
    double to = row->points.items[row->points.count - 1].level;
    return expm1(history_log(row->metric, to) - history_log(row->metric, from));
}

const struct history_change *history_largest_change(const struct history_row *row)
{
    const struct history_change *largest = NULL;
    for (size_t i = 0; i < row->changes.count; i++) {
        const struct history_change *change = &row->changes.items[i];
        if (!largest || fabs(log1p(change->change)) > fabs(log1p(largest->change)))
            largest = change;
    }
    return largest;
}

static double spread_of(const struct history_row *row, const double *logs)
{
    size_t count = row->points.count;
    AUTO_FREE double *residuals = xcalloc(count, sizeof *residuals);
    for (size_t first = 0; first < count;) {
        struct stretch stretch = stretch_of(row, first);
        double level = robust_median(logs + first, stretch.end - first);
        for (size_t i = first; i < stretch.end; i++)
            residuals[i] = logs[i] - level;
        first = stretch.end;
    }
    return count > 1 ? robust_sd(residuals, count) : 0;
}

static void take_changes(const struct change_points *points, struct history_row *row)
{
    for (size_t i = 0; i < points->count; i++) {
        const struct change_point *point = &points->items[i];
        *array_push(&row->changes) = (struct history_change){
            .point = point->index,
            .first = point->first,
            .last = point->last,
            .p = point->p,
            .change = expm1(point->shift),
            .change_low = expm1(point->range.low),
            .change_high = expm1(point->range.high),
        };
    }
    set_levels(row);
    for (size_t i = 0; i < row->changes.count; i++) {
        struct history_change *change = &row->changes.items[i];
        change->before = row->points.items[change->point - 1].level;
        change->after = row->points.items[change->point].level;
    }
}

static const struct history_point *
point_at(const struct history *history, const struct history_row *row, const char *commit)
{
    for (size_t i = 0; commit && i < row->points.count; i++) {
        const struct history_point *point = &row->points.items[i];
        if (str_equal(history->commits.items[point->commit].id, commit))
            return point;
    }
    return NULL;
}

static double latest_value(const struct history_row *row, size_t first)
{
    size_t count = row->points.count - first;
    AUTO_FREE double *values = xcalloc(count, sizeof *values);
    for (size_t i = 0; i < count; i++)
        values[i] = row->points.items[first + i].value;
    return robust_median(values, count);
}

/* The latest points are at most LATEST, all after the anchor and the last change. */
static void measure_creep(const double *logs,
                          const struct history_point *anchor,
                          struct history_row *row)
{
    size_t at = (size_t)(anchor - row->points.items);
    size_t count = row->points.count;
    struct stretch now = stretch_of(row, count - 1);
    size_t first = now.first > at ? now.first : at + 1;
    if (first + LATEST < count)
        first = count - LATEST;
    if (first >= count)
        return;
    size_t latest = count - first;
    double after = robust_median(logs + first, latest);
    /* The variance of a median is pi / 2 that of a mean, of one or two values the same.
     */
    double each = (latest > 2 ? acos(-1.0) / 2 : 1) / (double)latest +
                  1 / (double)anchor->session_count;
    double reach = normal_quantile(0.975) * row->spread * sqrt(each);
    row->creep = xcalloc(1, sizeof *row->creep);
    *row->creep = (struct history_creep){
        .point = at,
        .latest = latest,
        .before = anchor->value,
        .after = latest_value(row, first),
        .change = expm1(after - logs[at]),
        .change_low = expm1(after - logs[at] - reach),
        .change_high = expm1(after - logs[at] + reach),
    };
}

/* The order of a row's shuffles hangs on its name alone. */
static uint64_t stream_of(const struct history_row *row)
{
    AUTO_STR struct str name = STR_INIT;
    str_addf(&name, "%s %s", row->bench_id, metric_name(row->metric));
    return random_stream_of(name.data);
}

void history_find_changes(const struct history_request *request,
                          const struct history *history,
                          struct history_row *row)
{
    AUTO_FREE double *logs = logs_of(row);
    AUTO_CHANGE_POINTS struct change_points points = { 0 };
    const struct change_scan_rule rule = { .least_segment = CHANGE_LEAST,
                                           .permutations = CHANGE_PERMUTATIONS,
                                           .alpha = request->alpha,
                                           .seed = request->seed };
    change_points_find(logs, row->points.count, &rule, stream_of(row), &points);
    take_changes(&points, row);
    row->phi = points.phi;
    row->spread = spread_of(row, logs);
    const struct history_point *anchor = point_at(history, row, request->anchor_commit);
    if (anchor)
        measure_creep(logs, anchor, row);
}
