/* The pairs, and what they say. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/path.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/cli/check.h"
#include "gate/cli/measuring.h"
#include "gate/source/hash.h"
#include "gate/verdict/goals.h"
#include "gate/verdict/judge.h"

/* The listed benches that are measured, in the order of the experiment's trials. */
struct measured {
    const struct bench **items;
    size_t count;
};

static void measured_clear(struct measured *measured)
{
    free(measured->items);
}

/* Everything that decides which pairs are run: a journal of another comparison is no use.
 */
static void make_key(const struct check *check, char key[SOURCE_ID_SIZE])
{
    AUTO_STR struct str text = STR_INIT;
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        str_addf(&text, "%s %s\n", check->revisions[side].tree, check->built[side].key);
        str_add(&text, check_config(check, side)->text);
    }
    check_options_add_repeat(&check->options, &text);
    source_hash_text(text.data, text.length, key);
}

static int open_journal(struct check *check, struct error *err)
{
    struct journal *journal = &check->journal;
    char key[SOURCE_ID_SIZE];
    make_key(check, key);
    AUTO_FREE char *name = str_format("journals/%s.jsonl", key);
    AUTO_FREE char *path = path_join(check->cache_directory, name);
    if (check->options.resumes) {
        if (journal_resume(journal, path, key, &check->seed, err) < 0)
            return -1;
        log_step("resuming: %zu pairs were measured before", journal->entries.count);
        return 0;
    }
    check->seed = check->options.seed;
    if (!check->options.has_seed && random_seed(&check->seed, err) < 0)
        return -1;
    return journal_begin(journal, path, key, check->seed, err);
}

static struct experiment_options experiment_options(const struct check *check)
{
    const struct config *config = check->configs[SIDE_HEAD];
    const struct check_options *asked = &check->options;
    return (struct experiment_options){
        .seed = check->seed,
        .false_alarm = config->false_alarm,
        .miss = config->miss,
        .budget_ns = asked->budget_ns ? asked->budget_ns : config->budget_ns,
        .max_pairs = asked->max_pairs ? asked->max_pairs : config->max_pairs,
        .warmup_pairs = config->warmup_pairs,
        .may_pin = asked->may_pin,
    };
}

static void add_trials(const struct check *check,
                       struct experiment *experiment,
                       struct measured *measured)
{
    measured->items = xcalloc(check->list.count, sizeof(void *));
    for (size_t i = 0; i < check->list.count; i++) {
        const struct bench *bench = check->list.items[i].bench;
        if (check->list.items[i].settled != VERDICT_NONE)
            continue;
        measured->items[measured->count++] = bench;
        experiment_add(experiment, bench->id, bench->benchmark->margins);
    }
}

static int run_pairs(struct check *check,
                     struct experiment *experiment,
                     const struct measured *measured,
                     struct error *err)
{
    struct side_runner runner;
    struct progress progress;
    if (open_journal(check, err) < 0)
        return -1;
    experiment->options.seed = check->seed;
    check_fill_runner(check, &runner);
    runner.benches = measured->items;
    progress_init(&progress);

    struct measuring measuring = { .experiment = experiment,
                                   .runner = &runner.runner,
                                   .journal = &check->journal,
                                   .progress = &progress };
    int ran = measuring_run(&measuring, err);
    progress_wipe(&progress);
    if (ran < 0) {
        if (experiment->pairs_run)
            log_step("%zu pairs are kept: the same command with --resume goes on",
                     experiment->pairs_run);
        return -1;
    }
    check->result.measuring_ns = measuring.elapsed_ns;
    check->resumed_ns = check->journal.replayed_ns;
    return 0;
}

static void warn_of_disturbances(const struct experiment *experiment,
                                 struct strvec *warnings)
{
    for (size_t i = 0; i < experiment->trials.count; i++) {
        const struct trial *trial = &experiment->trials.items[i];
        if (trial->keeps_disturbed)
            strvec_pushf(
                warnings,
                "%s: the hypervisor took CPU time in most pairs; they were kept, and "
                "the row is noisier for it",
                trial->id);
    }
}

static void judge(struct check *check, const struct experiment *experiment)
{
    struct judge_policy policy = { .fails_on_inconclusive =
                                       check->options.fails_on_inconclusive };
    size_t trial = 0;
    for (size_t i = 0; i < check->list.count; i++) {
        const struct check_bench *listed = &check->list.items[i];
        if (listed->settled != VERDICT_NONE) {
            judge_unmeasured(listed->bench, listed->settled, listed->reason,
                             &check->result);
            continue;
        }
        judge_trial(experiment, &experiment->trials.items[trial], listed->bench,
                    &check->result);
        goals_judge(&experiment->trials.items[trial], listed->bench, &check->result);
        trial++;
    }
    judge_rows(experiment, &check->result);
    judge_gate(&policy, &check->result);
    warn_of_disturbances(experiment, &check->warnings);
}

static void announce(const struct experiment *experiment)
{
    AUTO_STR struct str line = STR_INIT;
    str_add(&line, "measuring ");
    str_add_counted(&line, experiment->trials.count, "bench");
    str_add(&line, ", ");
    str_add_counted(&line, experiment_rows(experiment), "row");
    str_add(&line, ", at most ");
    units_add_duration(&line, (double)experiment->options.budget_ns * 1e-9);
    log_step("%s", line.data);
}

int check_measure(struct check *check, struct error *err)
{
    AUTO(measured_clear) struct measured measured = { 0 };
    AUTO(experiment_clear) struct experiment experiment;
    struct experiment_options options = experiment_options(check);
    experiment_init(&experiment, &options);
    add_trials(check, &experiment, &measured);
    check->result.budget_ns = options.budget_ns;
    check->result.max_pairs = options.max_pairs;
    if (measured.count) {
        announce(&experiment);
        if (run_pairs(check, &experiment, &measured, err) < 0)
            return -1;
    }
    judge(check, &experiment);
    return 0;
}
