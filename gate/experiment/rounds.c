#include "gate/experiment/rounds.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/stats/robust.h"

#define CONFIDENCE 0.95

/* Kept apart from the experiment's own draws. */
#define DRAW_ROUND (UINT64_C(7) << 56)

void rounds_clear(struct rounds *rounds)
{
    array_clear(&rounds->left);
}

/* One process gives all trials of a group their run. */
static bool is_run_by_another(const struct rounds *rounds, size_t index)
{
    for (size_t i = 0; i < rounds->left.count; i++)
        if (experiment_runs_along(rounds->experiment, rounds->left.items[i], index))
            return true;
    return false;
}

static uint64_t place_of(const struct rounds *rounds, size_t index)
{
    const struct trial *trial = &rounds->experiment->trials.items[index];
    return random_at(rounds->experiment->options.seed, trial->stream ^ DRAW_ROUND,
                     rounds->number);
}

/* By insertion: there are as many as benches. */
static void put_in_order(struct rounds *rounds)
{
    size_t *items = rounds->left.items;
    for (size_t i = 1; i < rounds->left.count; i++) {
        size_t moved = items[i];
        size_t at = i;
        for (; at && place_of(rounds, items[at - 1]) > place_of(rounds, moved); at--)
            items[at] = items[at - 1];
        items[at] = moved;
    }
}

static void begin_round(struct rounds *rounds)
{
    rounds->number++;
    for (size_t i = 0; i < rounds->experiment->trials.count; i++) {
        bool is_open = rounds->experiment->trials.items[i].state == TRIAL_OPEN;
        if (is_open && !is_run_by_another(rounds, i))
            *array_push(&rounds->left) = i;
    }
    put_in_order(rounds);
}

bool rounds_next(struct rounds *rounds, int64_t elapsed_ns, struct order *order)
{
    struct experiment *experiment = rounds->experiment;
    while (rounds->left.count &&
           experiment->trials.items[rounds->left.items[rounds->left.count - 1]].state !=
               TRIAL_OPEN)
        rounds->left.count--;
    if (!rounds->left.count)
        begin_round(rounds);
    if (!rounds->left.count)
        return false;
    if (elapsed_ns >= experiment->options.budget_ns) {
        experiment->is_budget_spent = true;
        return false;
    }
    experiment_order(experiment, rounds->left.items[--rounds->left.count], order);
    return true;
}

static bool repeats(const double *values, size_t count)
{
    double most = robust_quantile(values, count, 1);
    return most - robust_quantile(values, count, 0) <= TRIAL_REPEATABLE * most;
}

/* Whether the runs so far tell the median of the metric well enough. */
static bool is_known(const struct trial *trial, enum metric metric, double *values)
{
    const struct margin *margin = &trial->plan.margins[metric];
    size_t count = pairs_values(&trial->pairs, SIDE_HEAD, metric, values);
    if (!pairs_tell(&trial->pairs, metric))
        return true; /* more runs won't tell it either */
    if (trial->plan.counting != COUNTING_NONE && repeats(values, count))
        return true;
    if (count < ROUNDS_LEAST_RUNS)
        return false;
    struct interval interval = robust_median_interval(values, count, CONFIDENCE);
    double level = pair_level(metric, robust_median(values, count));
    double allowed = fmax(margin->share * level, margin->floor);
    return interval.high - interval.low <= ROUNDS_PART_OF_MARGIN * allowed;
}

static bool is_all_known(const struct trial *trial)
{
    size_t least =
        trial->plan.counting != COUNTING_NONE ? TRIAL_COUNTED_PAIRS : ROUNDS_LEAST_RUNS;
    if (trial->counted < least)
        return false;
    AUTO_FREE double *values = xcalloc(trial->pairs.count, sizeof *values);
    for (size_t i = 0; i < trial->row_count; i++) {
        if (!is_known(trial, trial->rows[i].metric, values))
            return false;
    }
    return true;
}

void rounds_record(struct rounds *rounds, size_t trial_index, const struct pair *pair)
{
    struct experiment *experiment = rounds->experiment;
    const struct experiment_options *options = &experiment->options;
    struct trial *trial = &experiment->trials.items[trial_index];
    experiment->pairs_run++;
    trial_record(trial, pair, options->warmup_pairs, options->max_pairs);
    if (trial->state != TRIAL_OPEN)
        return;
    if (is_all_known(trial))
        trial->state = TRIAL_DECIDED;
    else if (trial->counted >= options->max_pairs)
        trial->state = TRIAL_SPENT;
}
