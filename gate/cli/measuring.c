#include "gate/cli/measuring.h"

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/interrupt.h"
#include "gate/base/str.h"

/* Adds what has passed since *last_ns, which becomes now. */
static void add_passed(struct measuring *measuring, int64_t *last_ns)
{
    int64_t now_ns = measuring->runner->now_ns(measuring->runner);
    measuring->elapsed_ns += now_ns - *last_ns;
    *last_ns = now_ns;
}

/* The bench as the journal knows it. */
static char *journal_id(const struct measuring *measuring, const struct order *order)
{
    const char *id = measuring->experiment->trials.items[order->trial].id;
    return measuring->stage ? str_format("%s: %s", measuring->stage, id) : xstrdup(id);
}

/* Runs the ordered pair and says why it failed, if it did, or takes both from the journal
 * of an interrupted run: the time is then what it was when that pair had ended. */
static int carry_out(struct measuring *measuring,
                     struct order *order,
                     const char **failure,
                     int64_t *last_ns,
                     struct error *err)
{
    struct bench_runner *runner = measuring->runner;
    AUTO_FREE char *id = journal_id(measuring, order);

    if (measuring->journal && journal_replay(measuring->journal, id, &order->pair)) {
        measuring->elapsed_ns = measuring->journal->replayed_ns;
        *failure = measuring->journal->replayed_failure;
        *last_ns = runner->now_ns(runner);
        return 0;
    }
    if (interrupt_check(err) < 0 ||
        runner->run_pair(runner, order->trial, &order->pair, err) < 0)
        return -1;
    *failure = runner->failure ? runner->failure(runner) : NULL;
    add_passed(measuring, last_ns);
    if (!measuring->journal)
        return 0;
    const struct journal_record record = { .bench_id = id,
                                           .pair = &order->pair,
                                           .failure = *failure,
                                           .elapsed_ns = measuring->elapsed_ns };
    return journal_append(measuring->journal, &record, err);
}

int measuring_run(struct measuring *measuring, struct error *err)
{
    struct experiment *experiment = measuring->experiment;
    int64_t last_ns = measuring->runner->now_ns(measuring->runner);
    struct order order;

    while (experiment_next(experiment, measuring->elapsed_ns, &order)) {
        if (measuring->progress)
            progress_show(measuring->progress, experiment, order.trial,
                          measuring->elapsed_ns);
        const char *failure = NULL;
        if (carry_out(measuring, &order, &failure, &last_ns, err) < 0)
            return -1;
        experiment_record(experiment, order.trial, &order.pair);
        experiment_explain(experiment, order.trial, failure);
    }
    experiment_finish(experiment);
    return 0;
}
