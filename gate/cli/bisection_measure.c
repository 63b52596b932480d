/* The pairs of a comparison, kept until the search is over: measured longer, or after an
 * interruption, it goes on with them. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/log.h"
#include "gate/base/path.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/cli/bisection.h"
#include "gate/cli/measuring.h"
#include "gate/source/hash.h"

const struct trial *bisection_trial(const struct experiment *experiment)
{
    for (size_t i = 0; i < experiment->trials.count; i++) {
        if (trial_plan_rows(&experiment->trials.items[i].plan))
            return &experiment->trials.items[i];
    }
    return NULL;
}

/* Each comparison has coins of its own. */
static uint64_t seed_of(const struct bisection *bisection)
{
    AUTO_FREE char *name =
        str_format("%s %s", bisect_kind_name(bisection->kind),
                   bisection->stretch.items[bisection->commit].revision.commit);
    return random_at(bisection->seed, random_stream_of(name), 0) >> 16;
}

static int open_journal(struct bisection *bisection, struct error *err)
{
    struct comparison *comparison = &bisection->comparison;
    struct journal *journal = &comparison->check.journal;
    AUTO_STR struct str text = STR_INIT;
    char key[SOURCE_ID_SIZE];
    struct error damaged = { 0 };
    for (enum side side = 0; side < SIDE_COUNT; side++)
        str_addf(&text, "%s\n", comparison->check.gate.built[side].key);
    source_hash_text(text.data, text.length, key);
    AUTO_FREE char *name =
        str_format("%s-%s.jsonl", bisect_kind_name(bisection->kind),
                   bisection->stretch.items[bisection->commit].revision.commit);
    AUTO_FREE char *path = path_join(bisection->directory, name);
    journal_close(journal, false);
    *journal = JOURNAL_CLOSED;
    comparison->seed = seed_of(bisection);
    if (file_exists(path)) {
        if (journal_resume(journal, path, key, &comparison->seed, &damaged) == 0)
            return 0;
        log_warning("%s; it is measured anew", damaged.message);
    }
    return journal_begin(journal, path, key, comparison->seed, err);
}

static void add_trials(struct bisection *bisection,
                       const struct bisect_order *order,
                       struct experiment *experiment,
                       struct check_trials *trials)
{
    const struct check_stage *stage = &bisection->comparison.check.gate;
    check_add_trials(stage, experiment, trials);
    for (size_t i = 0; i < experiment->trials.count; i++) {
        struct trial *trial = &experiment->trials.items[i];
        trial->plan.margins = order->margins;
        if (!trial_plan_rows(&trial->plan))
            trial->state = TRIAL_DECIDED; /* it tells nothing that is asked */
    }
}

static int run(struct bisection *bisection,
               struct experiment *experiment,
               const struct check_trials *trials,
               struct error *err)
{
    struct check *check = &bisection->comparison.check;
    AUTO_SIDE_RUNNER struct side_runner runner;
    struct progress progress;
    check_fill_runner(check, &runner);
    runner.benches = trials->items;
    progress_init(&progress);
    struct measuring measuring = { .experiment = experiment,
                                   .runner = &runner.runner,
                                   .journal = &check->journal,
                                   .progress = &progress };
    int ran = measuring_run(&measuring, err);
    progress_wipe(&progress);
    return ran;
}

int bisection_measure(struct bisection *bisection,
                      const struct bisect_order *order,
                      struct experiment *experiment,
                      struct error *err)
{
    AUTO_CHECK_TRIALS struct check_trials trials = { 0 };
    struct check *check = &bisection->comparison.check;
    struct experiment_options options = check_experiment_options(check);
    options.false_alarm = options.miss = order->error;
    options.max_pairs = order->max_pairs;
    if (open_journal(bisection, err) < 0)
        return -1;
    options.seed = bisection->comparison.seed;
    experiment_init(experiment, &options);
    add_trials(bisection, order, experiment, &trials);
    if (!bisection_trial(experiment))
        return 0;
    if (check_open_counter(check, experiment, err) < 0)
        return -1;
    return run(bisection, experiment, &trials, err);
}
