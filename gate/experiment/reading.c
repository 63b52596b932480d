#include "gate/experiment/reading.h"

#include <math.h>

#include "gate/base/alloc.h"
#include "gate/stats/hodges_lehmann.h"
#include "gate/stats/robust.h"
#include "gate/stats/signed_rank.h"

#define CONFIDENCE 0.95

/* Fills effects, which has room for all pairs, and returns how many. */
static size_t list_effects(const struct trial *trial, enum metric metric, double *effects)
{
    if (!pairs_tell(&trial->pairs, metric))
        return 0;
    size_t count = pairs_log_ratios(&trial->pairs, metric, effects);
    for (size_t i = 0; i < count && metric_info(metric)->larger_is_better; i++)
        effects[i] = -effects[i];
    return count;
}

/* Counts that repeat are known within their own spread. */
static void fill_effect(const struct trial *trial, bool is_exact, struct reading *reading)
{
    AUTO_FREE double *effects = xcalloc(trial->pairs.count, sizeof *effects);
    size_t count = list_effects(trial, reading->metric, effects);
    reading->pair_count = count;
    if (!count)
        return;
    struct interval interval = hodges_lehmann_interval(effects, count, CONFIDENCE);
    reading->effect = hodges_lehmann_estimate(effects, count);
    reading->low = is_exact ? robust_quantile(effects, count, 0) : interval.low;
    reading->high = is_exact ? robust_quantile(effects, count, 1) : interval.high;
}

/* The trial as it would have been with this question; looks stop where it is decided. */
static void go_through(const struct trial *measured,
                       const struct reading_question *question,
                       struct trial *trial)
{
    const struct row_errors errors = { question->error, question->error };
    size_t max_pairs = question->max_pairs;
    size_t warmup_pairs = measured->warmup_count ? measured->warmup_count : 1;
    trial->plan = measured->plan;
    trial->plan.margins = question->margins;
    for (size_t i = 0; i < measured->pairs.count && trial->state == TRIAL_OPEN; i++) {
        trial_record(trial, &measured->pairs.items[i], warmup_pairs, max_pairs);
        if (trial_is_at_look(trial, max_pairs))
            trial_look(trial, &errors, max_pairs);
    }
    if (trial->state == TRIAL_OPEN)
        trial_look(trial, &errors, max_pairs);
}

static void
choose_side(const struct trial_row *row, double error, struct reading *reading)
{
    double p_beyond = row->tests.p_regressed;
    double p_below = row->tests.p_ok;
    if (row->is_untold)
        return;
    reading->p_lean = fmin(p_beyond, p_below);
    if (p_beyond < p_below)
        reading->lean = READING_BEYOND;
    else if (p_below < p_beyond)
        reading->lean = READING_BELOW;
    if (reading->p_lean <= error) {
        reading->side = reading->lean;
        reading->p_wrong = reading->p_lean;
    }
}

struct reading reading_of(const struct trial *measured,
                          const struct reading_question *question)
{
    AUTO(trial_clear) struct trial trial = { 0 };
    struct reading reading = { .p_wrong = 1,
                               .p_lean = 1,
                               .effect = (double)NAN,
                               .low = (double)-INFINITY,
                               .high = (double)INFINITY };
    go_through(measured, question, &trial);
    if (trial.state == TRIAL_FAILED || !trial.row_count)
        return reading;
    reading.metric = trial.rows[0].metric;
    choose_side(&trial.rows[0], question->error, &reading);
    fill_effect(measured, trial.rows[0].is_exact, &reading);
    return reading;
}

double reading_p_above(const struct trial *trial, enum metric metric, double effect)
{
    AUTO_FREE double *effects = xcalloc(trial->pairs.count, sizeof *effects);
    size_t count = list_effects(trial, metric, effects);
    return signed_rank_p_greater(effects, count, effect);
}

double reading_p_below(const struct trial *trial, enum metric metric, double effect)
{
    AUTO_FREE double *effects = xcalloc(trial->pairs.count, sizeof *effects);
    size_t count = list_effects(trial, metric, effects);
    return signed_rank_p_less(effects, count, effect);
}
