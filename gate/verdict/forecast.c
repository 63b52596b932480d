#include "gate/verdict/forecast.h"

#include <math.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/stats/detection.h"
#include "gate/stats/distribution.h"
#include "gate/stats/robust.h"
#include "gate/stats/sequential.h"

/* No row is judged before its first look. */
#define LEAST_PAIRS 8.0

void forecasts_clear(struct forecasts *forecasts)
{
    array_clear(forecasts);
}

static double noise_of(const struct trial *trial, enum metric metric)
{
    AUTO_FREE double *ratios = xcalloc(trial->pairs.count, sizeof *ratios);
    size_t count = pairs_log_ratios(&trial->pairs, metric, ratios);
    return robust_sd(ratios, count);
}

double forecast_margin(double pairs, double noise_sd, double miss)
{
    double alpha = miss * sequential_weight((size_t)pairs, (size_t)pairs);
    double errors = normal_quantile(DETECTION_POWER) - normal_quantile(alpha);
    return expm1(errors * noise_sd * sqrt(M_PI / 3 / pairs));
}

static const char *runs_of(const struct trial *trial)
{
    return trial->plan.group ? trial->plan.group : trial->plan.id;
}

/* How many there are that take turns. */
static size_t count_runs(const struct experiment *experiment)
{
    const char *last = NULL;
    size_t count = 0;
    for (size_t i = 0; i < experiment->trials.count; i++) {
        const struct trial *trial = &experiment->trials.items[i];
        count += !trial->plan.group || !last || !str_equal(last, trial->plan.group);
        last = trial->plan.group;
    }
    return count;
}

static double at_least(double pairs)
{
    return fmax(pairs, LEAST_PAIRS);
}

/* Counts that repeat are compared outright, whatever the margin. */
static struct forecast forecast_counts(const struct trial *trial,
                                       const struct trial_row *row)
{
    return (struct forecast){
        .bench_id = trial->plan.id,
        .runs = runs_of(trial),
        .metric = row->metric,
        .counting = trial->plan.counting,
        .margin = row->margin,
        .noise_sd = noise_of(trial, row->metric),
        .pair_s = (double)trial->pair_ns * 1e-9,
        .pairs_unchanged = TRIAL_COUNTED_PAIRS,
        .pairs_doubled = TRIAL_COUNTED_PAIRS,
        .margin_in_reach = TRIAL_REPEATABLE,
    };
}

static struct forecast forecast_row(const struct trial *trial,
                                    const struct trial_row *row,
                                    struct row_errors errors,
                                    double pairs_payable,
                                    size_t pairs_allowed)
{
    if (row->is_exact)
        return forecast_counts(trial, row);
    double margin_log = log1p(row->margin);
    double doubled_log = log1p(2 * row->margin);
    double noise_sd = noise_of(trial, row->metric);
    return (struct forecast){
        .bench_id = trial->plan.id,
        .runs = runs_of(trial),
        .metric = row->metric,
        .counting = trial->plan.counting,
        .margin = row->margin,
        .noise_sd = noise_sd,
        .pair_s = (double)trial->pair_ns * 1e-9,
        .pairs_unchanged =
            detection_look_needed(0, noise_sd, margin_log, errors.miss, pairs_allowed),
        .pairs_doubled = detection_look_needed(doubled_log, noise_sd, margin_log,
                                               errors.false_alarm, pairs_allowed),
        .margin_in_reach =
            forecast_margin(at_least(pairs_payable), noise_sd, errors.miss),
    };
}

void forecast_rows(const struct experiment *experiment,
                   double budget_s,
                   size_t pairs_allowed,
                   struct forecasts *out)
{
    struct row_errors errors = experiment_row_errors(experiment, FAMILY_GATE);
    double share_s = budget_s / fmax((double)count_runs(experiment), 1);
    for (size_t i = 0; i < experiment->trials.count; i++) {
        const struct trial *trial = &experiment->trials.items[i];
        if (!trial->counted || trial->state == TRIAL_FAILED)
            continue;
        double payable = share_s / fmax((double)trial->pair_ns * 1e-9, 1e-9);
        payable = fmin(floor(payable), (double)pairs_allowed);
        for (size_t r = 0; r < trial->row_count; r++)
            *array_push(out) =
                forecast_row(trial, &trial->rows[r], errors, payable, pairs_allowed);
    }
}

double forecast_total_s(const struct forecasts *forecasts, size_t pairs_allowed)
{
    double total_s = 0;
    double longest_s = 0;
    for (size_t i = 0; i < forecasts->count; i++) {
        const struct forecast *row = &forecasts->items[i];
        bool is_first = !i || row->counting != forecasts->items[i - 1].counting ||
                        !str_equal(row->runs, forecasts->items[i - 1].runs);
        if (is_first)
            longest_s = 0;
        double needs_s = fmin(row->pairs_unchanged, (double)pairs_allowed) * row->pair_s;
        total_s += fmax(needs_s - longest_s, 0);
        longest_s = fmax(longest_s, needs_s);
    }
    return total_s;
}
