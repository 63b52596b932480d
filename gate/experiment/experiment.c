#include "gate/experiment/experiment.h"

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/random.h"
#include "gate/base/str.h"

/* What is drawn for one pair, each from its own stream. */
enum draw {
    DRAW_COIN,
    DRAW_PADDING,
    DRAW_ROUND
};

/* The environment variable that moves the stack is 0 to 4095 bytes long: one page, in
 * which the alignment of everything on the stack takes all its values. */
#define PADDING_LIMIT 4096

void experiment_init(struct experiment *experiment,
                     const struct experiment_options *options)
{
    *experiment = (struct experiment){ .options = *options };
    if (!experiment->options.warmup_pairs)
        experiment->options.warmup_pairs = 1;
}

void experiment_clear(struct experiment *experiment)
{
    for (size_t i = 0; i < experiment->trials.count; i++)
        trial_clear(&experiment->trials.items[i]);
    array_clear(&experiment->trials);
}

void experiment_add_plan(struct experiment *experiment, const struct trial_plan *plan)
{
    struct trial *trial = array_push(&experiment->trials);
    trial->plan = *plan;
    trial->stream =
        random_stream_of(plan->group ? plan->group : plan->id) + (uint64_t)plan->counting;
    experiment->planned_rows[plan->family] += trial_plan_rows(plan);
    experiment->current = experiment->trials.count;
}

void experiment_add_to(struct experiment *experiment,
                       enum family family,
                       const char *id,
                       const struct margin *margins)
{
    const struct trial_plan plan = {
        .id = id,
        .margins = margins,
        .family = family,
        .metrics = metrics_of_process(),
        .pairing = PAIRING_APART,
    };
    experiment_add_plan(experiment, &plan);
}

void experiment_add(struct experiment *experiment,
                    const char *id,
                    const struct margin *margins)
{
    experiment_add_to(experiment, FAMILY_GATE, id, margins);
}

bool experiment_runs_along(const struct experiment *experiment,
                           size_t ordered,
                           size_t other)
{
    const struct trial *a = &experiment->trials.items[ordered];
    const struct trial *b = &experiment->trials.items[other];
    return ordered != other && b->state == TRIAL_OPEN && a->plan.group && b->plan.group &&
           a->plan.family == b->plan.family && str_equal(a->plan.group, b->plan.group);
}

struct row_errors experiment_row_errors(const struct experiment *experiment,
                                        enum family family)
{
    size_t planned =
        experiment->planned_rows[family] + experiment->options.rows_elsewhere[family];
    double rows = planned ? (double)planned : 1;
    return (struct row_errors){ .false_alarm = experiment->options.false_alarm / rows,
                                .miss = experiment->options.miss };
}

/* Open trials that only hope to be called improved wait until nobody is in doubt. */
static bool is_in_doubt(const struct trial *trial)
{
    if (!trial->row_count)
        return true;
    for (size_t i = 0; i < trial->row_count; i++) {
        if (trial->rows[i].state == ROW_UNDECIDED)
            return true;
    }
    return false;
}

static uint64_t draw(const struct experiment *experiment,
                     const struct trial *trial,
                     enum draw what,
                     uint64_t index)
{
    uint64_t stream = trial->stream ^ ((uint64_t)what << 56);
    return random_at(experiment->options.seed, stream, index);
}

/* Doubt first, then the fewest looks, then the order drawn for that round. */
static bool goes_before(const struct experiment *experiment,
                        const struct trial *a,
                        const struct trial *b)
{
    if (is_in_doubt(a) != is_in_doubt(b))
        return is_in_doubt(a);
    if (a->last_look != b->last_look)
        return a->last_look < b->last_look;
    return draw(experiment, a, DRAW_ROUND, a->last_look) <
           draw(experiment, b, DRAW_ROUND, b->last_look);
}

static size_t choose_trial(const struct experiment *experiment)
{
    size_t count = experiment->trials.count;
    size_t chosen = count;
    for (size_t i = 0; i < count; i++) {
        const struct trial *trial = &experiment->trials.items[i];
        if (trial->state != TRIAL_OPEN)
            continue;
        if (chosen == count ||
            goes_before(experiment, trial, &experiment->trials.items[chosen]))
            chosen = i;
    }
    return chosen;
}

/* Counts must not hang on it. */
static uint32_t padding_bytes(const struct experiment *experiment,
                              const struct trial *trial,
                              size_t number)
{
    if (trial->plan.counting != COUNTING_NONE)
        return 0;
    return (uint32_t)(draw(experiment, trial, DRAW_PADDING, number) % PADDING_LIMIT);
}

void experiment_order(const struct experiment *experiment,
                      size_t trial_index,
                      struct order *order)
{
    const struct trial *trial = &experiment->trials.items[trial_index];
    const struct experiment_options *options = &experiment->options;
    size_t number = trial->pairs.count;
    *order = (struct order){
        .trial = trial_index,
        .pair = {
            .number = number,
            .position = experiment->pairs_run,
            .is_warmup = !trial->counted && !trial->discarded &&
                         trial_is_warming_up(trial, options->warmup_pairs),
            .head_ran_first = draw(experiment, trial, DRAW_COIN, number) >> 63,
            .is_pinned = options->may_pin && trial->row_count &&
                         (trial->is_cpu_bound || trial->is_together),
            .is_together = options->may_pin && trial->row_count && trial->is_together,
            .padding_bytes = padding_bytes(experiment, trial, number),
        },
    };
}

bool experiment_next(struct experiment *experiment,
                     int64_t elapsed_ns,
                     struct order *order)
{
    if (experiment->current == experiment->trials.count)
        experiment->current = choose_trial(experiment);
    if (experiment->current == experiment->trials.count)
        return false;
    if (elapsed_ns >= experiment->options.budget_ns) {
        experiment->is_budget_spent = true;
        return false;
    }
    experiment_order(experiment, experiment->current, order);
    return true;
}

void experiment_record(struct experiment *experiment,
                       size_t trial_index,
                       const struct pair *pair)
{
    const struct experiment_options *options = &experiment->options;
    struct trial *trial = &experiment->trials.items[trial_index];
    struct row_errors errors = experiment_row_errors(experiment, trial->plan.family);

    experiment->pairs_run++;
    trial_record(trial, pair, options->warmup_pairs, options->max_pairs);
    bool is_look =
        trial->state == TRIAL_OPEN && trial_is_at_look(trial, options->max_pairs);
    if (is_look)
        trial_look(trial, &errors, options->max_pairs);
    if (is_look || trial->state != TRIAL_OPEN)
        experiment->current = experiment->trials.count;
}

void experiment_explain(struct experiment *experiment,
                        size_t trial_index,
                        const char *failure)
{
    struct trial *trial = &experiment->trials.items[trial_index];
    if (failure && trial->state == TRIAL_FAILED && !trial->failure)
        trial->failure = xstrdup(failure);
}

void experiment_fail(struct experiment *experiment, size_t trial_index, const char *why)
{
    experiment->trials.items[trial_index].state = TRIAL_FAILED;
    experiment_explain(experiment, trial_index, why);
}

void experiment_finish(struct experiment *experiment)
{
    for (size_t i = 0; i < experiment->trials.count; i++) {
        struct trial *trial = &experiment->trials.items[i];
        struct row_errors errors = experiment_row_errors(experiment, trial->plan.family);
        if (trial->state == TRIAL_OPEN)
            trial_look(trial, &errors, experiment->options.max_pairs);
    }
}

size_t experiment_rows(const struct experiment *experiment)
{
    size_t rows = 0;
    for (enum family family = 0; family < FAMILY_COUNT; family++)
        rows += experiment->planned_rows[family];
    return rows;
}

size_t experiment_rows_done(const struct experiment *experiment)
{
    size_t done = 0;
    for (size_t i = 0; i < experiment->trials.count; i++) {
        const struct trial *trial = &experiment->trials.items[i];
        if (trial->state != TRIAL_OPEN) {
            done += trial_plan_rows(&trial->plan);
            continue;
        }
        for (size_t r = 0; r < trial->row_count; r++)
            done += trial->rows[r].state != ROW_UNDECIDED;
    }
    return done;
}
