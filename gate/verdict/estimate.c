#include "gate/verdict/estimate.h"

#include <math.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/stats/detection.h"
#include "gate/stats/distribution.h"
#include "gate/stats/hodges_lehmann.h"
#include "gate/stats/order.h"
#include "gate/stats/robust.h"

/* The confidence of all intervals that are shown. */
#define CONFIDENCE 0.95

void estimate_forget(struct row *row)
{
    row->base_median = row->head_median = (double)NAN;
    row->change = (double)NAN;
    row->change_low = (double)-INFINITY;
    row->change_high = (double)INFINITY;
    row->detection_limit = (double)NAN;
    row->noise_sd = (double)NAN;
    row->order_bias = (double)NAN;
    row->order_bias_low = (double)-INFINITY;
    row->order_bias_high = (double)INFINITY;
}

/* From a log ratio to a change; what is unbounded below stays so. */
static double change_of(double log_ratio)
{
    return isinf(log_ratio) ? log_ratio : expm1(log_ratio);
}

static double median_of_side(const struct trial *trial,
                             enum side side,
                             enum metric metric,
                             double *room)
{
    size_t count = pairs_values(&trial->pairs, side, metric, room);
    return robust_median(room, count);
}

static void fill_order_bias(const struct trial *trial,
                            const double *ratios,
                            size_t count,
                            struct row *row)
{
    AUTO_FREE bool *head_first = xcalloc(count, sizeof *head_first);
    size_t kept = 0;
    for (size_t i = 0; i < trial->pairs.count; i++) {
        const struct pair *pair = &trial->pairs.items[i];
        if (pair_counts(pair))
            head_first[kept++] = pair->head_ran_first;
    }
    struct order_bias bias = order_bias_of(ratios, head_first, count, CONFIDENCE);
    row->order_bias = change_of(bias.mean);
    row->order_bias_low = change_of(bias.interval.low);
    row->order_bias_high = change_of(bias.interval.high);
}

/* Counts that repeat are known within their own spread. */
static void narrow_to_spread(const double *ratios, size_t count, struct row *row)
{
    row->change_low = change_of(robust_quantile(ratios, count, 0));
    row->change_high = change_of(robust_quantile(ratios, count, 1));
}

void estimate_fill(const struct trial *trial, struct row *row)
{
    AUTO_FREE double *numbers = xcalloc(trial->pairs.count, sizeof *numbers);
    row->discarded_count = trial->discarded;
    row->pair_count = trial->counted;
    if (!trial->counted)
        return;

    row->base_median = median_of_side(trial, SIDE_BASE, row->metric, numbers);
    row->head_median = median_of_side(trial, SIDE_HEAD, row->metric, numbers);
    size_t count = pairs_log_ratios(&trial->pairs, row->metric, numbers);
    struct interval interval = hodges_lehmann_interval(numbers, count, CONFIDENCE);
    row->change = change_of(hodges_lehmann_estimate(numbers, count));
    row->change_low = change_of(interval.low);
    row->change_high = change_of(interval.high);
    if (row->is_exact)
        narrow_to_spread(numbers, count, row);
    row->noise_sd = robust_sd(numbers, count);
    fill_order_bias(trial, numbers, count, row);
}

/* The pairs that a row would have got if it had stayed in doubt: all that one bench may
 * have, or as many as those whose doubt the time budget cut short. */
static size_t pairs_within_reach(const struct experiment *experiment, size_t seen)
{
    size_t reach = experiment->options.max_pairs;
    for (size_t i = 0; i < experiment->trials.count; i++) {
        const struct trial *trial = &experiment->trials.items[i];
        if (trial->state == TRIAL_OPEN && trial->counted < reach)
            reach = trial->counted;
    }
    return reach > seen ? reach : seen;
}

/* Half the width of the interval at 1 - 2 alpha over the pairs that the row was judged
 * by.
 */
static double reached_half_width(const struct trial *trial,
                                 const struct trial_row *judged,
                                 double alpha)
{
    AUTO_FREE double *ratios = xcalloc(trial->pairs.count, sizeof *ratios);
    pairs_log_ratios(&trial->pairs, judged->metric, ratios);
    struct interval interval =
        hodges_lehmann_interval(ratios, judged->tests.seen, 1 - 2 * alpha);
    return (interval.high - interval.low) / 2;
}

/* The same after more pairs and at a smaller alpha, from the width at a moderate one that
 * few pairs have too: widths go with the normal quantile and the root of the pairs. */
static double expected_half_width(const struct trial *trial,
                                  const struct trial_row *judged,
                                  size_t pairs,
                                  double alpha)
{
    const double moderate = 1 - CONFIDENCE;
    double grown = (double)pairs / (double)judged->tests.seen;
    return reached_half_width(trial, judged, moderate) * normal_quantile(alpha) /
           normal_quantile(moderate) / sqrt(grown);
}

void estimate_detection(const struct experiment *experiment,
                        const struct trial *trial,
                        const struct trial_row *judged,
                        struct row *row)
{
    double false_alarm =
        experiment_row_errors(experiment, trial->plan.family).false_alarm;
    double alpha = false_alarm * judged->tests.weight;
    double half_width = 0;
    if (judged->is_exact)
        row->detection_limit = row->margin;
    if (!judged->tests.seen || alpha <= 0)
        return;

    if (judged->state == ROW_UNDECIDED) {
        half_width = reached_half_width(trial, judged, alpha);
    } else {
        size_t reach = pairs_within_reach(experiment, judged->tests.seen);
        alpha = false_alarm * sequential_weight(reach, experiment->options.max_pairs);
        half_width = expected_half_width(trial, judged, reach, alpha);
    }
    row->detection_limit =
        change_of(detection_limit(half_width, alpha, log1p(row->margin)));
}

/* Two leading digits: the figure is an estimate, and looks it. */
static double round_up(double count)
{
    double step = fmax(1, pow(10, floor(log10(fmax(count, 1))) - 1));
    return ceil(count / step) * step;
}

/* More pairs than this are no advice. */
#define PAIRS_WORTH_NAMING 20000.0

static char *why_nothing_counted(const struct row *row)
{
    if (!row->discarded_count)
        return xstrdup(ESTIMATE_NOT_MEASURED);
    return str_format("not measured: the time budget was spent, and all of its pairs "
                      "(%zu) were disturbed from outside",
                      row->discarded_count);
}

/* How many pairs more, besides those that are there. */
static double pairs_missing(const struct experiment *experiment,
                            const struct trial *trial,
                            const struct row *row)
{
    struct row_errors errors = experiment_row_errors(experiment, trial->plan.family);
    double margin_log = log1p(row->margin);
    double change_log = log1p(row->change);
    double alpha = change_log > margin_log ? errors.false_alarm : errors.miss;
    double needed =
        detection_pairs_with_looks(change_log, row->noise_sd, margin_log, alpha);
    return needed - (double)row->pair_count;
}

char *estimate_what_would_decide(const struct experiment *experiment,
                                 const struct trial *trial,
                                 const struct row *row)
{
    if (!row->pair_count)
        return why_nothing_counted(row);

    double more = pairs_missing(experiment, trial, row);
    bool is_time = trial->state == TRIAL_OPEN;
    struct str reason = STR_INIT;
    str_add(&reason,
            is_time ? "the time budget was spent: " : "its budget of pairs was spent: ");
    if (!(more < PAIRS_WORTH_NAMING)) {
        str_add(&reason, "the change is too near to its margin to be told from it");
        return str_detach(&reason);
    }
    more = round_up(fmax(more, (double)row->pair_count / 2));
    str_addf(&reason, "about %.0f more pairs (", more);
    units_add_duration(&reason, more * (double)trial->pair_ns * 1e-9);
    str_add(&reason, ") would decide");
    return str_detach(&reason);
}

char *estimate_caveat(const struct row *row)
{
    if (!(row->detection_limit > 2 * row->margin))
        return xstrdup("");
    struct str caveat = STR_INIT;
    if (isinf(row->detection_limit)) {
        str_add(&caveat, "too few pairs to have called any change regressed");
    } else {
        str_add(&caveat, "only changes from ");
        units_add_change_pct(&caveat, row->detection_limit);
        str_add(&caveat, " would have been called for certain");
    }
    return str_detach(&caveat);
}
