#include "gate/cli/measuring.h"

#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/interrupt.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "runners/priority.h"
#include "runners/process.h"

/* Adds what has passed since *last_ns, which becomes now. */
static void add_passed(struct measuring *measuring, int64_t *last_ns)
{
    int64_t now_ns = measuring->runner->now_ns(measuring->runner);
    measuring->elapsed_ns += now_ns - *last_ns;
    *last_ns = now_ns;
}

/* The trial as the journal knows it. */
static char *journal_id(const struct measuring *measuring, size_t index)
{
    const struct trial_plan *plan = &measuring->experiment->trials.items[index].plan;
    AUTO_STR struct str id = STR_INIT;
    if (measuring->stage)
        str_addf(&id, "%s: ", measuring->stage);
    str_add(&id, plan->id);
    if (plan->counting != COUNTING_NONE)
        str_addf(&id, " (%s)", counting_names[plan->counting]);
    return str_detach(&id);
}

/* What comes of one run a side: the pair of the trial that was ordered, and those of the
 * trials that run along. */
struct reaped {
    size_t trial;
    struct pair pair;
    char *failure; /* why it failed, where its runs' ends do not tell; or NULL */
};
struct harvest {
    struct reaped *items;
    size_t count;
    size_t capacity;
};

static void harvest_clear(struct harvest *harvest)
{
    for (size_t i = 0; i < harvest->count; i++)
        free(harvest->items[i].failure);
    array_clear(harvest);
}

static void list_orders(const struct measuring *measuring,
                        const struct order *order,
                        struct harvest *out)
{
    *array_push(out) = (struct reaped){ .trial = order->trial, .pair = order->pair };
    for (size_t i = 0; i < measuring->experiment->trials.count; i++) {
        if (experiment_runs_along(measuring->experiment, order->trial, i))
            *array_push(out) = (struct reaped){ .trial = i, .pair = order->pair };
    }
}

static void keep_failure(struct reaped *reaped, const char *failure)
{
    free(reaped->failure);
    reaped->failure = failure ? xstrdup(failure) : NULL;
}

/* Takes all of them from the journal of an interrupted run, or none. */
static bool replay(struct measuring *measuring, struct harvest *harvest)
{
    struct journal *journal = measuring->journal;
    if (!journal || !journal_holds(journal, harvest->count))
        return false;
    for (size_t i = 0; i < harvest->count; i++) {
        struct reaped *reaped = &harvest->items[i];
        AUTO_FREE char *id = journal_id(measuring, reaped->trial);
        if (!journal_replay(journal, id, &reaped->pair))
            return false;
        keep_failure(reaped, journal->replayed_failure);
    }
    return true;
}

static void note_failure(struct bench_runner *runner, struct reaped *reaped)
{
    if (runner->failure)
        keep_failure(reaped, runner->failure(runner));
}

static int run(struct measuring *measuring, struct harvest *harvest, struct error *err)
{
    struct bench_runner *runner = measuring->runner;
    struct reaped *first = &harvest->items[0];
    if (runner->run_pair(runner, first->trial, &first->pair, err) < 0)
        return -1;
    note_failure(runner, first);
    for (size_t i = 1; i < harvest->count; i++) {
        struct reaped *along = &harvest->items[i];
        along->pair = first->pair;
        runner->share_pair(runner, along->trial, &along->pair);
        note_failure(runner, along);
    }
    return 0;
}

static int
keep(struct measuring *measuring, const struct harvest *harvest, struct error *err)
{
    for (size_t i = 0; measuring->journal && i < harvest->count; i++) {
        const struct reaped *reaped = &harvest->items[i];
        AUTO_FREE char *id = journal_id(measuring, reaped->trial);
        const struct journal_record record = { .bench_id = id,
                                               .pair = &reaped->pair,
                                               .failure = reaped->failure,
                                               .elapsed_ns = measuring->elapsed_ns };
        if (journal_append(measuring->journal, &record, err) < 0)
            return -1;
    }
    return 0;
}

/* With --verbose: what a trial's newest look has decided. */
struct decided {
    uint64_t metrics;
    size_t last_look;
    enum trial_state state;
};

static struct decided decided_of(const struct trial *trial)
{
    struct decided decided = { .last_look = trial->last_look, .state = trial->state };
    for (size_t i = 0; i < trial->row_count; i++) {
        if (trial->rows[i].state == ROW_DECIDED)
            decided.metrics |= METRIC_BIT(trial->rows[i].metric);
    }
    return decided;
}

static void tell_look(const struct measuring *measuring,
                      const struct trial *trial,
                      struct decided before)
{
    struct decided now = decided_of(trial);
    if (now.last_look == before.last_look && now.state == before.state)
        return;
    AUTO_STR struct str text = STR_INIT;
    for (size_t i = 0; i < trial->row_count; i++) {
        enum metric metric = trial->rows[i].metric;
        if (now.metrics & ~before.metrics & METRIC_BIT(metric))
            str_addf(&text, "%s %s",
                     text.length ? "," : " decided:", metric_name(metric));
    }
    if (now.state == TRIAL_FAILED)
        str_add(&text, " failed");
    if (measuring->progress)
        progress_wipe(measuring->progress);
    log_detail("%s: a look at %zu pairs;%s (%zu of %zu rows are decided)", trial->plan.id,
               trial->counted, text.length ? text.data : " nothing new",
               experiment_rows_done(measuring->experiment),
               experiment_rows(measuring->experiment));
}

static void take_in(struct measuring *measuring, const struct reaped *reaped)
{
    struct trial *trial = &measuring->experiment->trials.items[reaped->trial];
    struct decided before = decided_of(trial);
    experiment_record(measuring->experiment, reaped->trial, &reaped->pair);
    if (log_get_level() == LOG_VERBOSE)
        tell_look(measuring, trial, before);
}

/* Runs the ordered pair and says why it failed, if it did, or takes both from the journal
 * of an interrupted run: the time is then what it was when that pair had ended. */
static int carry_out(struct measuring *measuring,
                     struct harvest *harvest,
                     int64_t *last_ns,
                     struct error *err)
{
    if (replay(measuring, harvest)) {
        measuring->elapsed_ns = measuring->journal->replayed_ns;
        *last_ns = measuring->runner->now_ns(measuring->runner);
        return 0;
    }
    if (interrupt_check(err) < 0 || run(measuring, harvest, err) < 0)
        return -1;
    add_passed(measuring, last_ns);
    return keep(measuring, harvest, err);
}

static void record(struct measuring *measuring, const struct harvest *harvest)
{
    for (size_t i = 0; i < harvest->count; i++) {
        const struct reaped *reaped = &harvest->items[i];
        if (measuring->rounds)
            rounds_record(measuring->rounds, reaped->trial, &reaped->pair);
        else
            take_in(measuring, reaped);
        if (reaped->failure)
            experiment_fail(measuring->experiment, reaped->trial, reaped->failure);
    }
}

static bool next(struct measuring *measuring, struct order *order)
{
    if (measuring->rounds)
        return rounds_next(measuring->rounds, measuring->elapsed_ns, order);
    return experiment_next(measuring->experiment, measuring->elapsed_ns, order);
}

int measuring_run(struct measuring *measuring, struct error *err)
{
    struct experiment *experiment = measuring->experiment;
    int64_t last_ns = measuring->runner->now_ns(measuring->runner);
    struct order order;

    while (next(measuring, &order)) {
        AUTO(harvest_clear) struct harvest harvest = { 0 };
        if (measuring->progress)
            progress_show(measuring->progress, experiment, order.trial,
                          measuring->elapsed_ns);
        list_orders(measuring, &order, &harvest);
        if (carry_out(measuring, &harvest, &last_ns, err) < 0)
            return -1;
        record(measuring, &harvest);
    }
    if (!measuring->rounds)
        experiment_finish(experiment);
    return 0;
}

char *measuring_priority(bool is_asked_for, const struct spawner *spawner)
{
    if (!is_asked_for)
        return xstrdup("as usual, as asked with --no-priority");
    return priority_describe(spawner_priority(spawner));
}
