#include "gate/experiment/bisect.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/experiment/bisect_parts.h"

/* So many commits that stay undecided are no accident: there is no step to be found. */
#define MOST_UNDECIDED 3

void bisect_init(struct bisect *bisect,
                 const struct lineage *lineage,
                 const struct margin *margins,
                 size_t max_pairs)
{
    *bisect = (struct bisect){ .lineage = lineage, .max_pairs = max_pairs };
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++)
        bisect->margins[metric] = margins[metric];
    suspects_init(&bisect->suspects, lineage);
    bisect->commits = xcalloc(lineage->count, sizeof *bisect->commits);
}

void bisect_free_trial(struct trial *trial)
{
    if (trial)
        trial_clear(trial);
    free(trial);
}

void bisect_clear(struct bisect *bisect)
{
    for (size_t i = 0; bisect->commits && i < bisect->lineage->count; i++)
        bisect_free_trial(bisect->commits[i].trial);
    free(bisect->commits);
    bisect_free_trial(bisect->culprit);
    suspects_clear(&bisect->suspects);
    *bisect = (struct bisect){ 0 };
}

/* What readings need of a trial; its plan's texts belong to somebody else. */
struct trial *bisect_copy_trial(const struct trial *trial)
{
    struct trial *copy = xcalloc(1, sizeof *copy);
    copy->plan = trial->plan;
    copy->plan.id = NULL;
    copy->plan.margins = NULL;
    copy->plan.group = trial->plan.group ? "" : NULL;
    copy->warmup_count = trial->warmup_count;
    for (size_t i = 0; i < trial->pairs.count; i++)
        *array_push(&copy->pairs) = trial->pairs.items[i];
    return copy;
}

void bisect_set_margins(const struct bisect *bisect,
                        double effect,
                        struct margin *margins)
{
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++)
        margins[metric] = (struct margin){
            .is_gated = bisect->margins[metric].is_gated,
            .share = expm1(effect),
        };
}

double bisect_threshold(const struct bisect *bisect)
{
    return (bisect->low + bisect->high) / 2;
}

/* The step that is looked for, half of which a culprit must make by itself. */
double bisect_half_step(const struct bisect *bisect)
{
    return (bisect->high - bisect->low) / 2;
}

/* The answers tell no more: one suspect, or several. */
static void settle(struct bisect *bisect)
{
    AUTO_FREE bool *named = xcalloc(bisect->lineage->count, sizeof *named);
    if (suspects_name(&bisect->suspects, named) > 1) {
        bisect->state = BISECT_RANGE;
        return;
    }
    bisect->suspect = suspects_likeliest(&bisect->suspects);
    bisect->has_own = false;
}

static bool is_culprit_under_way(const struct bisect *bisect)
{
    return bisect->culprit_phase != BISECT_CULPRIT_FIRST;
}

static bool wants_probe(const struct bisect *bisect, size_t *commit)
{
    return bisect->undecided < MOST_UNDECIDED && suspects_next(&bisect->suspects, commit);
}

bool bisect_next(struct bisect *bisect, struct bisect_order *order)
{
    size_t commit = bisect->again;
    if (bisect->state != BISECT_UNDER_WAY)
        return false;
    if (!bisect->has_ends) {
        bisect_order_ends(bisect, order);
        return true;
    }
    if (!is_culprit_under_way(bisect)) {
        if (bisect->is_again || wants_probe(bisect, &commit)) {
            bisect_order_probe(bisect, commit, order);
            return true;
        }
        settle(bisect);
    }
    if (bisect->state != BISECT_UNDER_WAY)
        return false;
    bisect_order_culprit(bisect, order);
    return true;
}

void bisect_take(struct bisect *bisect,
                 const struct bisect_order *order,
                 const struct trial *trial)
{
    bool is_measured = trial && trial->state != TRIAL_FAILED && trial->counted;
    switch (order->kind) {
    case BISECT_ENDS:
        if (is_measured)
            bisect_take_ends(bisect, order, trial);
        else
            bisect->state = BISECT_UNTOLD;
        return;
    case BISECT_PROBE:
        if (is_measured)
            bisect_take_probe(bisect, order, trial);
        else
            bisect_take_untestable(bisect, order->commit);
        return;
    case BISECT_CULPRIT:
        bisect->is_own_untestable = !is_measured;
        if (is_measured)
            bisect_take_culprit(bisect, order, trial);
        else
            bisect->state = BISECT_FOUND;
        return;
    }
    abort();
}

void bisect_take_identical(struct bisect *bisect, const struct bisect_order *order)
{
    const struct reading none = { .side = READING_BELOW, .metric = bisect->ends.metric };
    bisect->is_again = false;
    switch (order->kind) {
    case BISECT_ENDS:
        bisect->ends = none;
        bisect->state = BISECT_SAME;
        return;
    case BISECT_PROBE:
        bisect->commits[order->commit].reading = none;
        suspects_answer(&bisect->suspects, order->commit, SUSPECT_FAST, 0);
        return;
    case BISECT_CULPRIT:
        bisect->own = none;
        bisect->has_own = true;
        bisect_contradict(bisect);
        return;
    }
    abort();
}

double bisect_probability(const struct bisect *bisect)
{
    AUTO_FREE bool *named = xcalloc(bisect->lineage->count, sizeof *named);
    double sum = 0;
    if (bisect->state == BISECT_FOUND)
        named[bisect->suspect] = true;
    else
        suspects_name(&bisect->suspects, named);
    for (size_t i = 0; i < bisect->lineage->count; i++)
        sum += named[i] ? bisect->suspects.items[i].probability : 0;
    return sum * (1 - bisect->ends.p_wrong);
}

double bisect_left(const struct bisect *bisect)
{
    if (bisect->state != BISECT_UNDER_WAY)
        return 0;
    return suspects_bits(&bisect->suspects) + (bisect->has_ends ? 1 : 2);
}
