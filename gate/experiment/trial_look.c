/* Looking at a trial: what its pairs so far say of each of its rows. */
#include <math.h>

#include "gate/base/alloc.h"
#include "gate/experiment/beyond.h"
#include "gate/experiment/trial.h"
#include "gate/stats/hodges_lehmann.h"
#include "gate/stats/robust.h"

/* A trial that counts is looked at after each of its first pairs; from this one on at the
 * planned looks, like any other. */
#define LAST_COUNTING_LOOK 7

static bool is_counting_look(const struct trial *trial)
{
    return trial->plan.counting != COUNTING_NONE &&
           trial->counted >= TRIAL_COUNTED_PAIRS && trial->counted <= LAST_COUNTING_LOOK;
}

bool trial_is_at_look(const struct trial *trial, size_t max_pairs)
{
    if (trial->counted <= trial->last_look)
        return false;
    return is_counting_look(trial) ||
           sequential_next_look(trial->counted - 1, max_pairs) == trial->counted;
}

/* For people: the larger of the share that nobody minds and the absolute floor, at base's
 * level. The tests hold each pair to its own base instead. */
static double margin_shown(const struct trial *trial, enum metric metric, double *values)
{
    const struct margin *margin = &trial->plan.margins[metric];
    if (margin->floor <= 0)
        return margin->share;
    size_t count = pairs_values(&trial->pairs, SIDE_BASE, metric, values);
    double level = pair_level(metric, robust_median(values, count));
    return fmax(margin->share, margin->floor / level);
}

/* The pairs' distances from both ends of a row's margin. */
struct distances {
    const double *above_upper;
    const double *above_lower;
    size_t count;
};

static struct distances
measure(const struct trial *trial, enum metric metric, double *room)
{
    const struct margin *margin = &trial->plan.margins[metric];
    double *more_room = room + trial->pairs.count;
    size_t count = pairs_above(&trial->pairs, metric, margin, BOUND_UPPER, room);
    pairs_above(&trial->pairs, metric, margin, BOUND_LOWER, more_room);
    return (struct distances){ room, more_room, count };
}

static bool is_beyond(const struct distances *distances)
{
    return hodges_lehmann_estimate(distances->above_upper, distances->count) > 0;
}

static bool is_below(const struct distances *distances)
{
    return hodges_lehmann_estimate(distances->above_lower, distances->count) < 0;
}

static enum row_state state_of(const struct trial_row *row,
                               const struct row_errors *errors,
                               const struct distances *distances)
{
    if (row->tests.p_regressed <= errors->false_alarm)
        return ROW_DECIDED;
    if (row->tests.p_ok > errors->miss)
        return ROW_UNDECIDED;
    return is_below(distances) && row->tests.p_improved > errors->false_alarm
               ? ROW_PROMISING
               : ROW_DECIDED;
}

/* Whether the values of a side lie within TRIAL_REPEATABLE of each other. */
static bool
repeats(const struct trial *trial, enum side side, enum metric metric, double *values)
{
    size_t count = pairs_values(&trial->pairs, side, metric, values);
    double least = robust_quantile(values, count, 0);
    double most = robust_quantile(values, count, 1);
    return most - least <= TRIAL_REPEATABLE * most;
}

/* Counts that repeat have no noise to test against: the change is what it is. But a
 * program may be in one of two states in each run (a hash's seed, an alignment), and n
 * runs of base all in the one and n of head all in the other come by chance with a
 * probability of 4^-n at most. So a change beyond a margin waits for the pairs that rule
 * this out. */
static void compare_outright(struct trial_row *row,
                             const struct row_errors *errors,
                             const struct distances *distances)
{
    double by_chance = ldexp(1, -2 * (int)distances->count);
    bool beyond = is_beyond(distances);
    bool below = is_below(distances);
    if ((beyond || below) && by_chance > errors->false_alarm)
        return;
    row->is_exact = true;
    row->tests.seen = distances->count;
    row->tests.p_regressed = beyond ? by_chance : 1;
    row->tests.p_ok = beyond ? 1 : 0;
    row->tests.p_improved = below ? by_chance : 1;
    row->state = ROW_DECIDED;
}

/* True where that was all that this look is for. */
static bool look_at_counts(const struct trial *trial,
                           struct trial_row *row,
                           const struct row_errors *errors,
                           double *room)
{
    if (trial->plan.counting == COUNTING_NONE)
        return false;
    if (!repeats(trial, SIDE_BASE, row->metric, room) ||
        !repeats(trial, SIDE_HEAD, row->metric, room))
        return is_counting_look(trial);
    struct distances distances = measure(trial, row->metric, room);
    compare_outright(row, errors, &distances);
    return true;
}

static void look_at_row(const struct trial *trial,
                        struct trial_row *row,
                        const struct row_errors *errors,
                        double *room)
{
    if (!pairs_tell(&trial->pairs, row->metric)) {
        row->is_untold = true;
        row->state = ROW_DECIDED;
        return;
    }
    row->margin = margin_shown(trial, row->metric, room);
    if (look_at_counts(trial, row, errors, room))
        return;
    struct distances distances = measure(trial, row->metric, room);
    sequential_look_beyond(&row->tests, distances.above_upper, distances.above_lower,
                           distances.count);
    row->state = state_of(row, errors, &distances);
}

void trial_look(struct trial *trial, const struct row_errors *errors, size_t max_pairs)
{
    if (trial->state == TRIAL_FAILED || !trial->counted)
        return;
    AUTO_FREE double *room = xcalloc(2 * trial->pairs.count, sizeof *room);
    bool is_decided = true;
    trial->last_look = trial->counted;
    for (size_t i = 0; i < trial->row_count; i++) {
        struct trial_row *row = &trial->rows[i];
        if (row->state != ROW_DECIDED)
            look_at_row(trial, row, errors, room);
        is_decided = is_decided && row->state == ROW_DECIDED;
    }
    if (is_decided)
        trial->state = TRIAL_DECIDED;
    else if (trial->counted >= max_pairs)
        trial->state = TRIAL_SPENT;
}
