#include "gate/experiment/trial.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/array.h"

/* Where so many pairs, and more than half of all, were thrown away, the rest is kept. */
#define MOST_DISCARDED 8

static bool is_time(enum metric metric)
{
    return metric == METRIC_CPU || metric == METRIC_WALL;
}

const char *const counting_names[COUNTING_COUNT] = {
    "", "callgrind", "allocations", "syscalls", "perf", "dhat"
};

static bool is_gated(const struct trial_plan *plan, enum metric metric)
{
    return plan->margins[metric].is_gated && plan->metrics & METRIC_BIT(metric);
}

static bool is_time_gated(const struct trial_plan *plan)
{
    return is_gated(plan, METRIC_CPU) || is_gated(plan, METRIC_WALL);
}

size_t trial_plan_rows(const struct trial_plan *plan)
{
    size_t count = is_time_gated(plan) ? 1 : 0;
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++)
        count += !is_time(metric) && is_gated(plan, metric);
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
    if (!is_gated(&trial->plan, METRIC_WALL))
        return METRIC_CPU;
    if (!is_gated(&trial->plan, METRIC_CPU))
        return METRIC_WALL;
    if (trial->is_together)
        return METRIC_CPU;
    return trial->is_cpu_bound ? METRIC_CPU : METRIC_WALL;
}

static void add_row(struct trial *trial, enum metric metric, size_t max_pairs)
{
    struct trial_row *row = &trial->rows[trial->row_count++];
    row->metric = metric;
    row->margin = trial->plan.margins[metric].share;
    sequential_init(&row->tests, max_pairs);
}

static void choose_rows(struct trial *trial, size_t max_pairs)
{
    trial->row_count = 0;
    if (is_time_gated(&trial->plan))
        add_row(trial, time_metric(trial), max_pairs);
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        if (!is_time(metric) && is_gated(&trial->plan, metric))
            add_row(trial, metric, max_pairs);
    }
}

/* The share of its wall time that a run spent on the CPU, less the time that it waited
 * for one, where that is told: others had the CPU then. (Several threads may have waited
 * for longer than the run took; then it is no one busy thread.) */
static double share_on_cpu(const struct pair *pair, enum side side)
{
    double cpu_s = pair_value(pair, side, METRIC_CPU);
    double wall_s = fmax(pair_value(pair, side, METRIC_WALL), 1e-9);
    double waited_s = pair_value(pair, side, METRIC_RUN_QUEUE_WAIT);
    return cpu_s / (waited_s < wall_s ? wall_s - waited_s : wall_s);
}

/* The largest of this side's runs. */
static double busiest_share(const struct pairs *pairs, enum side side)
{
    double busiest = 0;
    for (size_t i = 0; i < pairs->count; i++)
        busiest = fmax(busiest, share_on_cpu(&pairs->items[i], side));
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

/* Whether any run of the warm-up left something behind that another run could stumble
 * over, or can't be seen not to have. */
static bool left_traces(const struct pairs *pairs)
{
    for (size_t i = 0; i < pairs->count; i++) {
        if (pairs->items[i].wrote_files)
            return true;
        for (enum side side = 0; side < SIDE_COUNT; side++) {
            double written =
                pair_value(&pairs->items[i], side, METRIC_DISK_WRITTEN_BYTES);
            if (isnan(written) || written > 0)
                return true;
        }
    }
    return false;
}

/* Gated by something that runs that share a CPU can't tell; wall time is not what a busy
 * bench is judged by. */
static bool needs_the_clock(const struct trial_plan *plan)
{
    if (!is_gated(plan, METRIC_CPU))
        return true;
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        if (metric != METRIC_WALL && is_gated(plan, metric) &&
            METRIC_BIT(metric) & metrics_of_the_clock())
            return true;
    }
    return false;
}

/* Long runs meet another machine each, but for those that run at the same time. */
static bool may_run_together(const struct trial *trial)
{
    if (trial->plan.counting != COUNTING_NONE || trial->plan.group)
        return false;
    if (trial->plan.pairing == PAIRING_AUTO)
        return trial->is_cpu_bound && trial->pair_ns >= 2 * TRIAL_TOGETHER_NS &&
               !needs_the_clock(&trial->plan) && !left_traces(&trial->pairs);
    return trial->plan.pairing == PAIRING_TOGETHER;
}

/* Chosen without being asked, to run both at the same time must not break a bench that is
 * well by itself: it may use a port, or a file, that only one can have. */
static bool collides(struct trial *trial, struct pair *pair)
{
    bool has_failed = !process_succeeded(&pair->sides[SIDE_BASE]) ||
                      !process_succeeded(&pair->sides[SIDE_HEAD]);
    if (!pair->is_together || trial->plan.pairing != PAIRING_AUTO || !has_failed)
        return false;
    pair->discard = DISCARD_COLLISION;
    trial->is_together = false;
    trial->has_collided = true;
    trial->discarded++;
    return true;
}

static bool sees_failure(struct trial *trial, const struct pair *pair)
{
    if (pair->discard == DISCARD_UNREADABLE) {
        trial->state = TRIAL_FAILED;
        return true;
    }
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
    int64_t base_ns = pair->sides[SIDE_BASE].wall_ns;
    int64_t head_ns = pair->sides[SIDE_HEAD].wall_ns;
    if (pair->is_together)
        return base_ns > head_ns ? base_ns : head_ns;
    return base_ns + head_ns;
}

/* A machine that is disturbed all the time would never get done; from here on its noise
 * is in the pairs, where the test can deal with it. */
static bool has_thrown_away_too_much(const struct trial *trial)
{
    return trial->keeps_disturbed ||
           (trial->discarded >= MOST_DISCARDED && trial->discarded > trial->counted);
}

/* Metrics of the clock, for which a program has to wait while others use the CPUs. */
static bool is_judged_by_the_clock(const struct trial *trial)
{
    const uint64_t clock = metrics_of_the_clock();
    for (size_t i = 0; i < trial->row_count; i++) {
        if (METRIC_BIT(trial->rows[i].metric) & clock)
            return true;
    }
    return false;
}

static void count_pair(struct trial *trial, struct pair *pair)
{
    if (pair->discard == DISCARD_OTHERS && !is_judged_by_the_clock(trial))
        pair->discard = DISCARD_NONE;
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
    if (trial->plan.counting != COUNTING_NONE)
        return false;
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
    if (collides(trial, pair) || sees_failure(trial, pair))
        return;

    count_pair(trial, pair);
    if (!trial->row_count && !trial_is_warming_up(trial, warmup_pairs)) {
        trial->is_cpu_bound = was_cpu_bound(&trial->pairs);
        trial->is_together = may_run_together(trial);
        choose_rows(trial, max_pairs);
    }
}
