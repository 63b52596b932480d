#include "gate/verdict/baseline_judge.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/experiment/beyond.h"
#include "gate/stats/distribution.h"
#include "gate/stats/holm.h"
#include "gate/stats/prediction.h"
#include "gate/verdict/estimate.h"
#include "gate/verdict/judge.h"

#define CONFIDENCE 0.95
#define POWER      0.9

static void set_reason(struct row *row, char *reason)
{
    free(row->reason);
    row->reason = reason;
}

static double within(const struct baseline_value *value)
{
    bool is_known = isfinite(value->spread) && value->run_count;
    return is_known ? prediction_median_variance(value->spread, value->run_count) : 0;
}

/* The stored medians' own variance is in the spread between them; only what head's has
 * beyond that is added. */
static double
extra_variance(const struct baseline_value *stored, size_t count, double of_head)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += within(&stored[i]);
    return fmax(0, of_head - sum / (double)count);
}

static bool repeats(const struct baseline_value *value)
{
    return !(value->spread > BASELINE_REPEATABLE); /* one run has no spread */
}

/* Counts that are the same in every run of every session, and in every one of head's. */
static bool is_exact(enum metric metric,
                     const struct baseline_value *stored,
                     size_t count,
                     const struct baseline_value *head)
{
    double least = stored[0].median;
    double most = stored[0].median;
    bool is_counted = !(metrics_of_the_clock() & METRIC_BIT(metric)) &&
                      metric_info(metric)->unit != METRIC_UNIT_PLAIN;
    for (size_t i = 0; i < count; i++) {
        least = fmin(least, stored[i].median);
        most = fmax(most, stored[i].median);
        is_counted = is_counted && repeats(&stored[i]);
    }
    return is_counted && repeats(head) && most - least <= BASELINE_REPEATABLE * most;
}

/* Both ends of the margin as logs of the change, worse being up. */
struct bounds {
    double upper;
    double lower;
};

static struct bounds bounds_of(const struct margin *margin, double level)
{
    return (struct bounds){
        .upper = log(margin_bound(margin, BOUND_UPPER, level) / level),
        .lower = log(margin_bound(margin, BOUND_LOWER, level) / level),
    };
}

static void
test(const struct prediction *worsening, struct bounds bounds, struct row *row)
{
    row->p_regressed = prediction_p_above(worsening, bounds.upper);
    row->p_ok = prediction_p_below(worsening, bounds.upper);
    row->p_improved = prediction_p_below(worsening, bounds.lower);
}

static void compare_outright(const struct prediction *worsening,
                             struct bounds bounds,
                             struct row *row)
{
    bool is_beyond = worsening->change > bounds.upper;
    row->is_exact = true;
    row->p_regressed = is_beyond ? 0 : 1;
    row->p_ok = is_beyond ? 1 : 0;
    row->p_improved = worsening->change < bounds.lower ? 0 : 1;
    row->change_low = row->change_high = row->change;
}

/* The other way round where larger is better: how much larger base is than head. */
static struct prediction worsening_of(const struct prediction *prediction, bool is_turned)
{
    struct prediction turned = *prediction;
    if (is_turned)
        turned.change = -turned.change;
    return turned;
}

/* What a level was made of (pair_level). */
static double value_of(enum metric metric, double level)
{
    return metric_info(metric)->smallest <= 0 ? level - 1 : level;
}

static void fill_figures(const struct prediction *prediction, struct row *row)
{
    struct interval interval = prediction_interval(prediction, CONFIDENCE);
    row->change = expm1(prediction->change);
    row->change_low = expm1(interval.low);
    row->change_high = expm1(interval.high);
    row->noise_sd = prediction->sd;
}

static void compare(const struct margin *margin,
                    const struct baseline_value *stored,
                    size_t count,
                    const struct baseline_value *head,
                    struct row *row,
                    struct prediction *prediction)
{
    AUTO_FREE double *logs = xcalloc(count, sizeof *logs);
    for (size_t i = 0; i < count; i++)
        logs[i] = log(pair_level(row->metric, stored[i].median));
    double head_level = pair_level(row->metric, head->median);
    *prediction = prediction_of(logs, count, log(head_level),
                                extra_variance(stored, count, within(head)));
    double base_level = head_level / exp(prediction->change);
    bool is_turned = metric_info(row->metric)->larger_is_better;
    row->base_median = value_of(row->metric, base_level);
    if (row->is_judged)
        row->margin = fmax(margin->share, margin->floor / base_level);
    struct bounds bounds = bounds_of(margin, is_turned ? head_level : base_level);
    struct prediction worsening = worsening_of(prediction, is_turned);
    fill_figures(prediction, row);
    if (!row->is_judged)
        return;
    if (is_exact(row->metric, stored, count, head))
        compare_outright(&worsening, bounds, row);
    else
        test(&worsening, bounds, row);
}

static void lacks_sessions(size_t count, struct row *row)
{
    if (!row->is_judged)
        return;
    row->verdict = VERDICT_INCONCLUSIVE;
    row->p_regressed = row->p_ok = row->p_improved = 1;
    set_reason(row,
               str_format("%zu stored session%s of base or before it can be compared "
                          "with, and %d are needed",
                          count, count == 1 ? "" : "s", PREDICTION_LEAST));
}

double baseline_fill(const struct margin *margin,
                     const struct baseline_value *stored,
                     size_t count,
                     const struct baseline_value *head,
                     struct row *row)
{
    struct prediction prediction = { .sd = (double)NAN };
    estimate_forget(row);
    row->p_regressed_holm = row->p_improved_holm = 1;
    row->head_median = head->median;
    row->pair_count = head->run_count;
    if (count == 1)
        row->base_median = stored[0].median;
    if (count >= 2)
        compare(margin, stored, count, head, row, &prediction);
    if (count < PREDICTION_LEAST)
        lacks_sessions(count, row);
    return prediction.sd;
}

static bool is_open(const struct row *row)
{
    return row->is_judged && row->verdict == VERDICT_NONE;
}

static size_t correct(struct rows *rows)
{
    AUTO_FREE double *regressed = xcalloc(rows->count + 1, sizeof *regressed);
    AUTO_FREE double *improved = xcalloc(rows->count + 1, sizeof *improved);
    size_t count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        if (is_open(&rows->items[i])) {
            regressed[count] = rows->items[i].p_regressed;
            improved[count++] = rows->items[i].p_improved;
        }
    }
    holm_adjust(regressed, count, regressed);
    holm_adjust(improved, count, improved);
    size_t next = 0;
    for (size_t i = 0; i < rows->count; i++) {
        if (is_open(&rows->items[i])) {
            rows->items[i].p_regressed_holm = regressed[next];
            rows->items[i].p_improved_holm = improved[next++];
        }
    }
    return count;
}

/* From the interval's half width, which is a quantile of t times the standard error. */
static void fill_detection(struct row *row, double alpha, size_t sessions)
{
    double df = fmin((double)(sessions - 1), PREDICTION_MOST_DF);
    double width = log1p(row->change_high) - log1p(row->change_low);
    const struct prediction prediction = {
        .se = width / 2 / student_quantile((1 + CONFIDENCE) / 2, df), .df = df
    };
    row->detection_limit =
        row->is_exact
            ? row->margin
            : expm1(prediction_detectable(&prediction, log1p(row->margin), alpha, POWER));
}

static char *why_open(const struct row *row)
{
    struct str reason = STR_INIT;
    str_addf(&reason,
             "the stored sessions differ by %.2g %% from each other (standard "
             "deviation), so that only changes from ",
             row->noise_sd * 100);
    units_add_change_pct(&reason, row->detection_limit);
    str_add(&reason, " would be found for certain; base and head measured together would "
                     "tell more");
    return str_detach(&reason);
}

static void settle(double false_alarm, double miss, struct row *row)
{
    if (row->p_regressed_holm <= false_alarm) {
        row->verdict = VERDICT_REGRESSED;
    } else if (row->p_ok > miss) {
        row->verdict = VERDICT_INCONCLUSIVE;
        set_reason(row, why_open(row));
    } else if (row->p_improved_holm <= false_alarm) {
        row->verdict = VERDICT_IMPROVED;
    } else {
        row->verdict = VERDICT_OK;
        set_reason(row, estimate_caveat(row));
    }
}

static size_t sessions_of(const struct result *result, const struct row *row)
{
    const struct baseline_row *held =
        baseline_find(result->baseline, row->bench_id, row->metric);
    return held && held->sessions.count ? held->sessions.count : PREDICTION_LEAST;
}

void baseline_settle(double false_alarm, double miss, struct result *result)
{
    size_t judged = correct(&result->rows);
    for (size_t i = 0; i < result->rows.count; i++) {
        struct row *row = &result->rows.items[i];
        if (!is_open(row))
            continue;
        fill_detection(row, false_alarm / (double)judged, sessions_of(result, row));
        settle(false_alarm, miss, row);
    }
    judge_benches(result);
}
