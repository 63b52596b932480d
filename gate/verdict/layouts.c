#include "gate/verdict/layouts.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/stats/hodges_lehmann.h"
#include "gate/stats/robust.h"
#include "gate/stats/sign_walk.h"
#include "gate/stats/signed_rank.h"

/* Of the interval that is shown; five values have none of more than 93 %. */
#define CONFIDENCE 0.90

/* Pairs of one layout. */
#define FEWEST_PAIRS 8
#define MOST_PAIRS   30

/* Whether the place of the code can change it. What is counted from outside (memory,
 * calls, bytes, instructions) is the same wherever the code lies. */
static bool is_moved(enum metric metric)
{
    switch (metric_info(metric)->unit) {
    case METRIC_UNIT_SECONDS:
        return metric != METRIC_RUN_QUEUE_WAIT && metric != METRIC_IO_WAIT;
    case METRIC_UNIT_RATE:
        return true;
    case METRIC_UNIT_COUNT:
        return metric == METRIC_CYCLES || metric == METRIC_BRANCH_MISSES ||
               metric == METRIC_CACHE_MISSES;
    case METRIC_UNIT_BYTES:
    case METRIC_UNIT_PLAIN:
        break;
    }
    return false;
}

static bool is_asked_about(const struct row *row, enum layout_scope scope)
{
    if (!row->is_judged || !row->pair_count || !is_moved(row->metric))
        return false;
    switch (row->verdict) {
    case VERDICT_REGRESSED:
        return scope != LAYOUTS_OFF;
    case VERDICT_OK:
    case VERDICT_WAIVED:
    case VERDICT_IMPROVED:
    case VERDICT_INCONCLUSIVE:
        return scope == LAYOUTS_EVERY;
    case VERDICT_NONE:
    case VERDICT_NEW:
    case VERDICT_REMOVED:
    case VERDICT_IDENTICAL:
    case VERDICT_LAYOUT_SENSITIVE:
    case VERDICT_MISSING:
    case VERDICT_FAILED:
    case VERDICT_COUNT:
        break;
    }
    return false;
}

static struct layout_study *begin_study(const struct layout_choice *choice)
{
    struct layout_study *study = xcalloc(1, sizeof *study);
    study->first_count = choice->count;
    study->most_count = 2 * choice->count;
    study->cut_short = xstrdup("");
    return study;
}

static void add_row(struct layout_study *study, const struct row *row)
{
    *array_push(&study->rows) = (struct layout_row){
        .bench_id = xstrdup(row->bench_id),
        .metric = row->metric,
        .is_improvement = row->verdict == VERDICT_IMPROVED,
        .change = (double)NAN,
        .change_low = (double)-INFINITY,
        .change_high = (double)INFINITY,
        .p_holds = 1,
        .p_fails = 1,
    };
}

void layouts_begin(struct result *result, const struct layout_choice *choice)
{
    for (size_t i = 0; i < result->rows.count; i++) {
        const struct row *row = &result->rows.items[i];
        if (!is_asked_about(row, choice->scope))
            continue;
        if (!result->layouts)
            result->layouts = begin_study(choice);
        add_row(result->layouts, row);
    }
}

struct layout_block *layouts_add(struct result *result)
{
    return array_push(&result->layouts->blocks);
}

static const struct row *row_in(const struct layout_block *block,
                                const struct layout_row *over)
{
    const struct row *row = rows_find_judged(&block->rows, over->bench_id, over->metric);
    return row && row->pair_count ? row : NULL;
}

/* The estimates of the layouts as log ratios, turned so that what is asked about is up,
 * and the variances that pairs alone give them (that of the Hodges-Lehmann estimate is
 * pi/3 times the mean's). */
struct estimates {
    double *values;
    size_t count;
    double run_variance; /* the mean */
};

static double direction_of(const struct layout_row *over)
{
    double worse = metric_info(over->metric)->larger_is_better ? -1 : 1;
    return over->is_improvement ? -worse : worse;
}

static struct estimates estimates_of(const struct layout_study *study,
                                     const struct layout_row *over)
{
    struct estimates estimates = {
        .values = xcalloc(study->blocks.count + 1, sizeof *estimates.values),
    };
    double sum = 0;
    for (size_t i = 0; i < study->blocks.count; i++) {
        const struct row *row = row_in(&study->blocks.items[i], over);
        if (!row)
            continue;
        estimates.values[estimates.count++] = direction_of(over) * log1p(row->change);
        sum += M_PI / 3 * row->noise_sd * row->noise_sd / (double)row->pair_count;
    }
    estimates.run_variance = estimates.count ? sum / (double)estimates.count : 0;
    return estimates;
}

/* How far up is beyond the margin, as the first measurement has it: ln(1 + m) for what
 * got worse, -ln(1 - m) for what improved (down to a hundredth at most). */
static double margin_log(const struct row *row, const struct layout_row *over)
{
    return over->is_improvement ? -log(fmax(1 - row->margin, 0.01)) : log1p(row->margin);
}

static double variance_of(const struct estimates *estimates)
{
    double mean = 0;
    double squares = 0;
    if (estimates->count < 2)
        return 0;
    for (size_t i = 0; i < estimates->count; i++)
        mean += estimates->values[i] / (double)estimates->count;
    for (size_t i = 0; i < estimates->count; i++)
        squares += (estimates->values[i] - mean) * (estimates->values[i] - mean);
    return squares / (double)(estimates->count - 1);
}

/* One way of the variance analysis: what the layouts' estimates vary beyond what their
 * pairs explain is the layouts'. */
static void split_variance(const struct estimates *estimates, struct layout_row *over)
{
    double variance = variance_of(estimates);
    double of_layout = fmax(0, variance - estimates->run_variance);
    over->layout_sd = sqrt(of_layout);
    over->run_sd = sqrt(estimates->run_variance);
    over->layout_share = variance > 0 ? of_layout / variance : 0;
}

static void set_interval(const struct estimates *estimates, struct layout_row *over)
{
    double direction = direction_of(over);
    double estimate = hodges_lehmann_estimate(estimates->values, estimates->count);
    struct interval interval =
        hodges_lehmann_interval(estimates->values, estimates->count, CONFIDENCE);
    double low = direction > 0 ? interval.low : -interval.high;
    double high = direction > 0 ? interval.high : -interval.low;
    over->change = expm1(direction * estimate);
    over->change_low = isinf(low) ? low : expm1(low);
    over->change_high = isinf(high) ? high : expm1(high);
}

/* By n layouts the share (n / most)^0.6 of the error rate may be spent: 66 % by the first
 * half of them, because 5 layouts can't say less than 2^-5 = 63 % of LAYOUTS_ERROR. */
static enum layout_finding
find(const struct layout_study *study, const struct estimates *estimates, double margin)
{
    size_t ends[SIGN_WALK_LOOKS];
    double shares[SIGN_WALK_LOOKS];
    for (size_t look = 0; study->first_count + look <= estimates->count; look++) {
        struct sign_walk walk;
        ends[look] = study->first_count + look;
        shares[look] = pow((double)ends[look] / (double)study->most_count, 0.6);
        sign_walk_init(&walk, estimates->values, margin, ends, look + 1);
        if (sign_walk_crosses(&walk, SIGN_ABOVE, LAYOUTS_ERROR, shares))
            return LAYOUT_HOLDS;
        if (sign_walk_crosses(&walk, SIGN_BELOW, LAYOUTS_ERROR, shares))
            return LAYOUT_FAILS;
    }
    return LAYOUT_OPEN;
}

static void test(const struct layout_study *study,
                 const struct estimates *estimates,
                 double margin,
                 struct layout_row *over)
{
    struct signed_rank p = signed_rank_test(estimates->values, estimates->count, margin);
    over->p_holds = p.p_greater;
    over->p_fails = p.p_less;
    over->finding = find(study, estimates, margin);
}

static void update_row(const struct result *result, struct layout_row *over)
{
    const struct row *row = rows_find_judged(&result->rows, over->bench_id, over->metric);
    struct estimates estimates = estimates_of(result->layouts, over);
    double margin = margin_log(row, over);
    over->layout_count = estimates.count;
    over->beyond_count = 0;
    for (size_t i = 0; i < estimates.count; i++)
        over->beyond_count += estimates.values[i] > margin;
    if (estimates.count) {
        set_interval(&estimates, over);
        split_variance(&estimates, over);
        test(result->layouts, &estimates, margin, over);
    }
    free(estimates.values);
}

void layouts_update(struct result *result)
{
    for (size_t i = 0; i < result->layouts->rows.count; i++)
        update_row(result, &result->layouts->rows.items[i]);
}

bool layouts_wants(const struct layout_study *study, const struct layout_row *row)
{
    return row->finding == LAYOUT_OPEN && row->layout_count < study->most_count;
}

bool layouts_want_more(const struct layout_study *study)
{
    for (size_t i = 0; i < study->rows.count; i++)
        if (layouts_wants(study, &study->rows.items[i]))
            return true;
    return false;
}

/* How far the change is from the margin asked about, in logs. An estimate that was called
 * is the lucky one of several, so the end of its interval that is nearer counts; half of
 * the estimate's own distance at least, for 30 pairs are the most. */
static double distance_of(const struct row *row, const struct layout_row *over)
{
    double margin = margin_log(row, over);
    double estimate = direction_of(over) * log1p(row->change);
    double low = direction_of(over) * log1p(row->change_low);
    double high = direction_of(over) * log1p(row->change_high);
    double nearer =
        estimate > margin ? fmin(low, high) - margin : margin - fmax(low, high);
    return fmax(nearer, fabs(estimate - margin) / 2);
}

/* The noise of the first measurement, or that of the layouts so far where it is more: the
 * machine may have got busier. */
static double noise_of(const struct layout_study *study,
                       const struct row *row,
                       const struct layout_row *over)
{
    double sum = 0;
    size_t count = 0;
    for (size_t i = 0; i < study->blocks.count; i++) {
        const struct row *here = row_in(&study->blocks.items[i], over);
        if (here) {
            sum += here->noise_sd;
            count++;
        }
    }
    return count ? fmax(row->noise_sd, sum / (double)count) : row->noise_sd;
}

/* The normal quantile of 99 in 100 is 2.326. */
static double pairs_needed(const struct layout_study *study,
                           const struct row *row,
                           const struct layout_row *over)
{
    double distance = fmax(distance_of(row, over), 1e-9);
    return ceil(M_PI / 3 * pow(2.326 * noise_of(study, row, over) / distance, 2));
}

size_t layouts_pairs(const struct result *result, size_t max_pairs)
{
    const struct layout_study *study = result->layouts;
    double most = FEWEST_PAIRS;
    for (size_t i = 0; i < study->rows.count; i++) {
        const struct layout_row *over = &study->rows.items[i];
        const struct row *row =
            rows_find_judged(&result->rows, over->bench_id, over->metric);
        if (layouts_wants(study, over))
            most = fmax(most, pairs_needed(study, row, over));
    }
    return (size_t)fmin(most, fmin(MOST_PAIRS, (double)max_pairs));
}

/* With error rates of nothing no row is decided before all its pairs are there. */
struct experiment_options layouts_options(const struct result *result,
                                          const struct experiment_options *of_gate,
                                          size_t number)
{
    struct experiment_options options = *of_gate;
    options.seed = random_at(of_gate->seed, random_stream_of("layouts"), number);
    options.false_alarm = options.miss = 0;
    options.budget_ns = INT64_MAX;
    options.max_pairs = layouts_pairs(result, of_gate->max_pairs);
    return options;
}

double layouts_slowdown(const struct rows *rows)
{
    AUTO_FREE double *logs = xcalloc(rows->count + 1, sizeof *logs);
    size_t count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        const struct row *row = &rows->items[i];
        double worse = metric_info(row->metric)->larger_is_better ? -1 : 1;
        if (row->is_judged && row->pair_count)
            logs[count++] = worse * log1p(row->change);
    }
    return count ? exp(robust_median(logs, count)) : 1;
}
