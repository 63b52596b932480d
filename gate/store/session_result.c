#include "gate/store/session_result.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/experiment/trial.h"
#include "gate/stats/robust.h"
#include "gate/store/session.h"
#include "gate/verdict/estimate.h"

#define CONFIDENCE        0.95
#define REASON_CHARACTERS 300
#define VALUE_DIGITS      12
#define SHARE_DIGITS      6

/* What may have been counted in runs of its own. */
static bool is_count(enum metric metric)
{
    return metric == METRIC_INSTRUCTIONS || metric == METRIC_ALLOCATIONS ||
           metric == METRIC_ALLOCATED_BYTES || metric == METRIC_PEAK_HEAP;
}

static bool was_counted_apart(const struct bench_result *bench, enum metric metric)
{
    return is_count(metric) && pairs_counted(&bench->counted_pairs) &&
           !pairs_tell(&bench->pairs, metric);
}

static size_t known_values(const struct pairs *pairs,
                           enum side side,
                           enum metric metric,
                           double *values)
{
    size_t count = pairs_values(pairs, side, metric, values);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (isfinite(values[i]))
            values[kept++] = values[i];
    return kept;
}

/* Runs that count allocations and runs that count instructions stand in one list, and
 * each tells its own metrics alone. */
size_t result_values(const struct bench_result *bench,
                     enum side side,
                     enum metric metric,
                     double *values)
{
    if (was_counted_apart(bench, metric))
        return known_values(&bench->counted_pairs, side, metric, values);
    return pairs_tell(&bench->pairs, metric)
               ? known_values(&bench->pairs, side, metric, values)
               : 0;
}

/* Counts that repeat lie within their own spread, however few there are. */
static struct interval interval_of(const struct bench_result *bench,
                                   enum metric metric,
                                   const double *values,
                                   size_t n)
{
    double least = robust_quantile(values, n, 0);
    double most = robust_quantile(values, n, 1);
    if (was_counted_apart(bench, metric) && n >= TRIAL_COUNTED_PAIRS &&
        most - least <= TRIAL_REPEATABLE * most)
        return (struct interval){ least, most };
    return robust_median_interval(values, n, CONFIDENCE);
}

static double spread_of(enum metric metric, const double *values, size_t n)
{
    AUTO_FREE double *logs = xcalloc(n, sizeof *logs);
    for (size_t i = 0; i < n; i++)
        logs[i] = log(pair_level(metric, values[i]));
    double spread = n > 1 ? robust_sd(logs, n) : (double)NAN;
    return isfinite(spread) ? spread : (double)NAN;
}

/* To so many digits: the rest is noise, and would be in every diff. Counts stay what they
 * are. */
static double tidy(double value, int digits)
{
    char text[40];
    if (!isfinite(value) || value - floor(value) <= 0)
        return value;
    snprintf(text, sizeof text, "%.*g", digits, value);
    return strtod(text, NULL);
}

static void add_row(const struct bench_result *bench,
                    const struct row *row,
                    enum side side,
                    bool is_compared,
                    struct session_side *out)
{
    size_t room = bench->pairs.count + bench->counted_pairs.count;
    AUTO_FREE double *values = xcalloc(room + 1, sizeof *values);
    size_t count = result_values(bench, side, row->metric, values);
    if (!count)
        return;
    struct interval interval = interval_of(bench, row->metric, values, count);
    bool has_change = is_compared && side == SIDE_HEAD && isfinite(row->change);
    *array_push(&out->rows) = (struct session_row){
        .bench_id = xstrdup(row->bench_id),
        .metric = row->metric,
        .unit = row->unit && *row->unit ? xstrdup(row->unit) : NULL,
        .is_judged = row->is_judged,
        .run_count = count,
        .median = tidy(robust_median(values, count), VALUE_DIGITS),
        .low = tidy(interval.low, VALUE_DIGITS),
        .high = tidy(interval.high, VALUE_DIGITS),
        .spread = tidy(spread_of(row->metric, values, count), SHARE_DIGITS),
        .change = has_change ? tidy(row->change, SHARE_DIGITS) : (double)NAN,
        .change_low = has_change ? tidy(row->change_low, SHARE_DIGITS) : (double)NAN,
        .change_high = has_change ? tidy(row->change_high, SHARE_DIGITS) : (double)NAN,
    };
}

static bool is_of(const struct row *row, const struct bench_result *bench)
{
    return str_equal(row->bench_id, bench->id);
}

static bool has_failed(const struct row *row, const struct bench_result *bench)
{
    return is_of(row, bench) && row->verdict == VERDICT_FAILED;
}

/* Whether what failed was counting alone, which has runs of its own: the plain runs
 * stand. */
static bool only_counting_failed(const struct result *result,
                                 const struct bench_result *bench)
{
    bool is_failed = false;
    if (*bench->reason || !pairs_counted(&bench->pairs))
        return false;
    for (size_t i = 0; i < result->rows.count; i++) {
        const struct row *row = &result->rows.items[i];
        if (!has_failed(row, bench))
            continue;
        if (!is_count(row->metric) || pairs_tell(&bench->pairs, row->metric))
            return false;
        is_failed = true;
    }
    return is_failed;
}

/* Why the bench, or some of it, was not measured, borrowed; NULL where all was. */
static const char *why_gap(const struct result *result, const struct bench_result *bench)
{
    for (size_t i = 0; i < result->rows.count; i++) {
        if (has_failed(&result->rows.items[i], bench))
            return result->rows.items[i].reason;
    }
    if (bench->verdict != VERDICT_FAILED && pairs_counted(&bench->pairs))
        return NULL;
    if (!*bench->reason || str_equal(bench->reason, ESTIMATE_NOT_MEASURED))
        return "the time budget was spent before its turn";
    return bench->reason;
}

/* A bench that only one of the sides has is no gap of the other. */
static bool has_bench(const struct bench_result *bench, enum side side)
{
    return !(bench->verdict == VERDICT_NEW && side == SIDE_BASE) &&
           !(bench->verdict == VERDICT_MISSING && side == SIDE_HEAD);
}

static void
add_gap(const struct bench_result *bench, const char *why, struct session_side *out)
{
    AUTO_STR struct str reason = STR_INIT;
    text_add_clean(&reason, why, REASON_CHARACTERS);
    *array_push(&out->gaps) = (struct session_gap){ .bench_id = xstrdup(bench->id),
                                                    .reason = str_detach(&reason) };
}

static void add_rows(const struct result *result,
                     const struct bench_result *bench,
                     enum side side,
                     bool is_compared,
                     struct session_side *out)
{
    for (size_t i = 0; i < result->rows.count; i++) {
        const struct row *row = &result->rows.items[i];
        if (is_of(row, bench) && row->verdict != VERDICT_FAILED)
            add_row(bench, row, side, is_compared, out);
    }
}

void session_side_take(const struct result *result,
                       enum side side,
                       bool is_compared,
                       struct session_side *out)
{
    for (size_t b = 0; b < result->benches.count; b++) {
        const struct bench_result *bench = &result->benches.items[b];
        const char *why = why_gap(result, bench);
        if (why && has_bench(bench, side))
            add_gap(bench, why, out);
        if (!why || only_counting_failed(result, bench))
            add_rows(result, bench, side, is_compared, out);
    }
    session_side_sort(out);
}
