#include "gate/experiment/trial.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/array.h"
#include "gate/stats/hodges_lehmann.h"
#include "gate/stats/robust.h"

static bool is_time(enum metric metric)
{
    return metric == METRIC_CPU || metric == METRIC_WALL;
}

static bool is_time_gated(const struct margin *margins)
{
    return margins[METRIC_CPU].is_gated || margins[METRIC_WALL].is_gated;
}

size_t trial_planned_rows(const struct margin *margins)
{
    size_t count = is_time_gated(margins) ? 1 : 0;
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++)
        count += !is_time(metric) && margins[metric].is_gated;
    return count;
}

void trial_clear(struct trial *trial)
{
    array_clear(&trial->pairs);
    free(trial->failure);
}

/* The metric that a bench's time is judged by. CPU time is the quieter witness, and says
 * everything where the program is one busy thread; a margin switched off leaves the
 * other. */
static enum metric time_metric(const struct trial *trial)
{
    if (!trial->margins[METRIC_WALL].is_gated)
        return METRIC_CPU;
    if (!trial->margins[METRIC_CPU].is_gated)
        return METRIC_WALL;
    return trial->is_cpu_bound ? METRIC_CPU : METRIC_WALL;
}

static void add_row(struct trial *trial, enum metric metric, size_t max_pairs)
{
    struct trial_row *row = &trial->rows[trial->row_count++];
    row->metric = metric;
    row->sign = metric_info(metric)->larger_is_better ? -1 : 1;
    row->margin = trial->margins[metric].share;
    sequential_init(&row->tests, max_pairs);
}

static void choose_rows(struct trial *trial, size_t max_pairs)
{
    trial->row_count = 0;
    if (is_time_gated(trial->margins))
        add_row(trial, time_metric(trial), max_pairs);
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        if (!is_time(metric) && trial->margins[metric].is_gated)
            add_row(trial, metric, max_pairs);
    }
}

/* The largest share of its wall time that a run of this side spent on the CPU. */
static double busiest_share(const struct pairs *pairs, enum side side)
{
    double busiest = 0;
    for (size_t i = 0; i < pairs->count; i++) {
        const struct process_result *run = &pairs->items[i].sides[side];
        double cpu_ns = (double)(run->user_ns + run->system_ns);
        busiest = fmax(busiest, cpu_ns / fmax((double)run->wall_ns, 1));
    }
    return busiest;
}

/* One busy thread on both sides. The busiest run of the warm-up tells: others may have
 * had to wait for the disk once, or for a CPU that somebody else used, but a program that
 * waits by its nature waits in every run. */
static bool was_cpu_bound(const struct pairs *pairs)
{
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        double share = busiest_share(pairs, side);
        if (share < 0.9 || share > 1.1)
            return false;
    }
    return true;
}

static bool sees_failure(struct trial *trial, const struct pair *pair)
{
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        if (!process_succeeded(&pair->sides[side])) {
            trial->failed_side = side;
            trial->failed_run = pair->sides[side];
            trial->state = TRIAL_FAILED;
            return true;
        }
    }
    return false;
}

static int64_t duration_ns(const struct pair *pair)
{
    return pair->sides[SIDE_BASE].wall_ns + pair->sides[SIDE_HEAD].wall_ns;
}

/* A machine that is disturbed all the time would never get done; from here on its noise
 * is in the pairs, where the test can deal with it. */
static bool has_thrown_away_too_much(const struct trial *trial)
{
    return trial->keeps_disturbed ||
           (trial->discarded >= 20 && trial->discarded > trial->counted);
}

static void count_pair(struct trial *trial, struct pair *pair)
{
    if (pair->discard != DISCARD_NONE && has_thrown_away_too_much(trial)) {
        trial->keeps_disturbed = true;
        pair->discard = DISCARD_NONE;
    }
    if (pair->is_warmup)
        trial->warmup_count++;
    else if (pair->discard != DISCARD_NONE)
        trial->discarded++;
    else
        trial->counted++;
}

bool trial_is_warming_up(const struct trial *trial, size_t warmup_pairs)
{
    if (trial->warmup_count && trial->pair_ns > TRIAL_LONG_PAIR_NS)
        return false;
    return trial->warmup_count < warmup_pairs;
}

void trial_record(struct trial *trial,
                  const struct pair *ran,
                  size_t warmup_pairs,
                  size_t max_pairs)
{
    struct pair *pair = array_push(&trial->pairs);
    *pair = *ran;
    int64_t before = (int64_t)trial->pairs.count - 1;
    trial->pair_ns = (trial->pair_ns * before + duration_ns(pair)) / (before + 1);
    if (sees_failure(trial, pair))
        return;

    count_pair(trial, pair);
    if (!trial->row_count && !trial_is_warming_up(trial, warmup_pairs)) {
        trial->is_cpu_bound = was_cpu_bound(&trial->pairs);
        choose_rows(trial, max_pairs);
    }
}

bool trial_is_at_look(const struct trial *trial, size_t max_pairs)
{
    return trial->counted > trial->last_look &&
           sequential_next_look(trial->counted - 1, max_pairs) == trial->counted;
}

/* The larger of the share that nobody minds and the absolute floor, at base's level. */
static double
effective_margin(const struct trial *trial, enum metric metric, double *values)
{
    const struct margin *margin = &trial->margins[metric];
    if (margin->floor <= 0)
        return margin->share;
    size_t count = pairs_values(&trial->pairs, SIDE_BASE, metric, values);
    double level = pair_level(metric, robust_median(values, count));
    return fmax(margin->share, margin->floor / level);
}

/* Down to a hundredth of the value: a margin of 100 % or more has no lower end. */
static double lower_log(double margin)
{
    return log(fmax(1 - margin, 0.01));
}

static enum row_state
state_of(const struct trial_row *row, const struct row_errors *errors, double estimate)
{
    if (row->tests.p_regressed <= errors->false_alarm)
        return ROW_DECIDED;
    if (row->tests.p_ok > errors->miss)
        return ROW_UNDECIDED;
    bool may_improve = estimate < lower_log(row->margin);
    return may_improve && row->tests.p_improved > errors->false_alarm ? ROW_PROMISING
                                                                      : ROW_DECIDED;
}

static void look_at_row(struct trial *trial,
                        struct trial_row *row,
                        const struct row_errors *errors,
                        double *numbers)
{
    row->margin = effective_margin(trial, row->metric, numbers);
    size_t count = pairs_log_ratios(&trial->pairs, row->metric, numbers);
    for (size_t i = 0; i < count; i++)
        numbers[i] *= row->sign;
    sequential_look(&row->tests, numbers, count, log1p(row->margin),
                    lower_log(row->margin));
    row->state = state_of(row, errors, hodges_lehmann_estimate(numbers, count));
}

void trial_look(struct trial *trial, const struct row_errors *errors, size_t max_pairs)
{
    if (trial->state == TRIAL_FAILED || !trial->counted)
        return;
    AUTO_FREE double *numbers = xcalloc(trial->pairs.count, sizeof *numbers);
    bool is_decided = true;
    trial->last_look = trial->counted;
    for (size_t i = 0; i < trial->row_count; i++) {
        struct trial_row *row = &trial->rows[i];
        if (row->state != ROW_DECIDED)
            look_at_row(trial, row, errors, numbers);
        is_decided = is_decided && row->state == ROW_DECIDED;
    }
    if (is_decided)
        trial->state = TRIAL_DECIDED;
    else if (trial->counted >= max_pairs)
        trial->state = TRIAL_SPENT;
}
