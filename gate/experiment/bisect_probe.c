/* Commits against the good end. */
#include <math.h>

#include "gate/experiment/bisect_parts.h"

static struct reading read_probe(const struct bisect *bisect,
                                 const struct trial *trial,
                                 double error,
                                 size_t max_pairs)
{
    struct margin margins[METRIC_COUNT];
    bisect_set_margins(bisect, bisect_threshold(bisect), margins);
    const struct reading_question question = { margins, error, max_pairs };
    return reading_of(trial, &question);
}

void bisect_order_probe(const struct bisect *bisect,
                        size_t commit,
                        struct bisect_order *order)
{
    const struct suspect *suspect = &bisect->suspects.items[commit];
    bool is_longer = bisect->is_again || suspect->answer != SUSPECT_UNASKED;
    *order = (struct bisect_order){
        .kind = BISECT_PROBE,
        .commit = commit,
        .error = BISECT_ERROR,
        .max_pairs = bisect->max_pairs * (is_longer ? BISECT_LONGER : 1),
    };
    if (suspect->answer != SUSPECT_UNASKED)
        order->error = fmin(suspect->p_wrong, BISECT_ERROR) / 10;
    bisect_set_margins(bisect, bisect_threshold(bisect), order->margins);
}

static void
give(struct bisect *bisect, size_t commit, enum reading_side side, double p_wrong)
{
    enum suspect_answer given = SUSPECT_UNASKED;
    if (side != READING_OPEN)
        given = side == READING_BEYOND ? SUSPECT_SLOW : SUSPECT_FAST;
    suspects_answer(&bisect->suspects, commit, given, p_wrong);
}

static void answer(struct bisect *bisect, size_t commit)
{
    const struct reading *reading = &bisect->commits[commit].reading;
    give(bisect, commit, reading->side, fmin(reading->p_wrong, 0.5));
}

/* What stays undecided still leans to a side, and its p-value says how little that is. */
static void answer_weakly(struct bisect *bisect, size_t commit)
{
    const struct reading *reading = &bisect->commits[commit].reading;
    if (reading->p_lean < 0.5)
        give(bisect, commit, reading->lean, reading->p_lean);
}

/* Whether the commit is more than a quarter of the step away from either end. */
static bool is_in_between(const struct bisect *bisect, const struct trial *trial)
{
    double quarter = bisect_half_step(bisect) / 2;
    enum metric metric = bisect->ends.metric;
    return reading_p_above(trial, metric, bisect->low + quarter) <= BISECT_ERROR &&
           reading_p_below(trial, metric, bisect->high - quarter) <= BISECT_ERROR;
}

/* All answers anew, for another threshold. */
static void read_again(struct bisect *bisect)
{
    for (size_t i = 0; i + 1 < bisect->lineage->count; i++) {
        struct bisect_measured *measured = &bisect->commits[i];
        if (!measured->trial)
            continue;
        measured->reading =
            read_probe(bisect, measured->trial, BISECT_ERROR, measured->max_pairs);
        measured->is_undecided = false;
        bisect->suspects.items[i].is_closed = false;
        answer(bisect, i);
    }
}

/* Several steps: the larger one lies between the commit and one of the ends. */
static void narrow(struct bisect *bisect, struct bisect_measured *measured)
{
    double effect = measured->reading.effect;
    measured->is_in_between = true;
    bisect->undecided = 0;
    if (effect - bisect->low >= bisect->high - effect)
        bisect->high = effect;
    else
        bisect->low = effect;
    read_again(bisect);
}

bool bisect_had_its_pairs(const struct bisect_order *order, const struct reading *reading)
{
    return reading->pair_count >= order->max_pairs;
}

static void take_undecided(struct bisect *bisect, const struct bisect_order *order)
{
    struct bisect_measured *measured = &bisect->commits[order->commit];
    if (is_in_between(bisect, measured->trial)) {
        narrow(bisect, measured);
    } else if (!bisect->is_again && order->max_pairs == bisect->max_pairs &&
               bisect_had_its_pairs(order, &measured->reading)) {
        bisect->is_again = true;
        bisect->again = order->commit;
        return;
    } else {
        measured->is_undecided = true;
        bisect->undecided++;
        answer_weakly(bisect, order->commit);
        suspects_miss(&bisect->suspects, order->commit);
    }
    bisect->is_again = false;
}

void bisect_take_untestable(struct bisect *bisect, size_t commit)
{
    bisect->commits[commit].is_untestable = true;
    bisect->is_again = false;
    suspects_miss(&bisect->suspects, commit);
}

/* One that was asked again keeps its answer where it is no surer now; it is not asked a
 * third time then. */
void bisect_take_probe(struct bisect *bisect,
                       const struct bisect_order *order,
                       const struct trial *trial)
{
    struct bisect_measured *measured = &bisect->commits[order->commit];
    bool was_answered = bisect->suspects.items[order->commit].answer != SUSPECT_UNASKED;
    bisect_free_trial(measured->trial);
    measured->trial = bisect_copy_trial(trial);
    measured->max_pairs = order->max_pairs;
    measured->reading =
        read_probe(bisect, measured->trial, order->error, order->max_pairs);
    if (!measured->reading.pair_count) {
        bisect_take_untestable(bisect, order->commit);
        return;
    }
    if (was_answered && measured->reading.side == READING_OPEN) {
        measured->reading =
            read_probe(bisect, measured->trial, BISECT_ERROR, order->max_pairs);
        suspects_close(&bisect->suspects, order->commit);
    }
    answer(bisect, order->commit);
    if (measured->reading.side == READING_OPEN)
        take_undecided(bisect, order);
    else
        bisect->is_again = false;
}
