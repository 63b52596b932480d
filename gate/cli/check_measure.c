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
#include "gate/cli/check_shard.h"
#include "gate/cli/measuring.h"
#include "gate/cli/run.h"
#include "gate/experiment/waiting.h"
#include "gate/source/hash.h"
#include "gate/verdict/goals.h"
#include "gate/verdict/judge.h"

/* How many benches a warning names. */
#define DISTURBED_NAMED 5

/* Everything that decides which pairs are run: a journal of another comparison is no use.
 */
static void make_key(const struct check *check, char key[SOURCE_ID_SIZE])
{
    AUTO_STR struct str text = STR_INIT;
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        str_addf(&text, "%s %s\n", check->revisions[side].tree,
                 check->gate.built[side].key);
        str_add(&text, check_config(check, side)->text);
    }
    if (check->anchor.name)
        str_addf(&text, "%s\n", check->anchor.revision.commit);
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

/* The part of the error rate that rows leave to growth. */
static double growth_share(const struct check *check)
{
    return growth_is_stated(&check->benches[SIDE_HEAD]) ? GROWTH_SHARE_OF_ERRORS : 0;
}

struct experiment_options check_experiment_options(const struct check *check)
{
    const struct config *config = check->configs[SIDE_HEAD];
    const struct check_options *asked = &check->options;
    return (struct experiment_options){
        .seed = check->seed,
        .false_alarm = config->false_alarm * (1 - growth_share(check)),
        .miss = config->miss,
        .budget_ns = asked->budget_ns ? asked->budget_ns : config->budget_ns,
        .max_pairs = asked->max_pairs ? asked->max_pairs : config->max_pairs,
        .warmup_pairs = config->warmup_pairs,
        .may_pin = asked->may_pin,
        .rows_elsewhere = { [FAMILY_GATE] = check->rows_elsewhere,
                            [FAMILY_CONTROL] = check->rows_elsewhere },
    };
}

/* One line for all: on a busy machine there are many. */
static void warn_of_disturbed(const struct experiment *experiment,
                              struct strvec *warnings)
{
    size_t count = 0;
    AUTO_STR struct str names = STR_INIT;
    for (size_t i = 0; i < experiment->trials.count; i++) {
        const struct trial *trial = &experiment->trials.items[i];
        if (!trial->keeps_disturbed)
            continue;
        if (count++ < DISTURBED_NAMED)
            str_addf(&names, "%s%s", names.length ? ", " : "", trial->plan.id);
    }
    if (!count)
        return;
    if (count > DISTURBED_NAMED)
        str_addf(&names, " and %zu more", count - DISTURBED_NAMED);
    strvec_pushf(warnings,
                 "most pairs of %zu bench%s were disturbed from outside (%s); from then "
                 "on they were kept, and the rows are noisier for it",
                 count, count == 1 ? "" : "es", names.data);
}

static void warn_of_disturbances(const struct experiment *experiment,
                                 struct strvec *warnings)
{
    for (size_t i = 0; i < experiment->trials.count; i++) {
        const struct trial *trial = &experiment->trials.items[i];
        if (trial->has_collided)
            strvec_pushf(warnings,
                         "%s: a side failed when both ran at the same time, as long and "
                         "busy benchmarks do; they ran one after the other from then on "
                         "(\"pairing\": \"apart\" asks for that)",
                         trial->plan.id);
    }
    warn_of_disturbed(experiment, warnings);
    AUTO_STR struct str waiting = STR_INIT;
    waiting_describe(experiment, &waiting);
    if (waiting.length)
        strvec_push(warnings, waiting.data);
}

int check_run_pairs(struct check *check,
                    struct experiment *experiment,
                    const struct check_trials *trials,
                    const char *stage,
                    struct error *err)
{
    AUTO_SIDE_RUNNER struct side_runner runner;
    struct progress progress;
    check_fill_runner(check, &runner);
    runner.benches = trials->items;
    progress_init(&progress);

    AUTO_ROUNDS struct rounds rounds = { .experiment = experiment };
    struct measuring measuring = { .experiment = experiment,
                                   .rounds = check->gate.is_alone ? &rounds : NULL,
                                   .runner = &runner.runner,
                                   .journal =
                                       check->journal.path ? &check->journal : NULL,
                                   .progress = &progress,
                                   .stage = stage,
                                   .elapsed_ns = check->result.measuring_ns };
    int ran = measuring_run(&measuring, err);
    progress_wipe(&progress);
    check->pairs_run += experiment->pairs_run;
    if (ran < 0) {
        if (check->pairs_run && check->journal.path)
            log_step("%zu pairs are kept: the same command with --resume goes on",
                     check->pairs_run);
        return -1;
    }
    check->result.measuring_ns = measuring.elapsed_ns;
    check->resumed_ns = check->journal.replayed_ns;
    /* Later stages measure some of the same benches on the same machine: it is said once.
     */
    if (check->gate.is_alone)
        run_warn(experiment, &check->warnings);
    else if (!stage)
        warn_of_disturbances(experiment, &check->warnings);
    return 0;
}

void check_take_stage(const struct check_stage *stage,
                      const struct experiment *experiment,
                      size_t first_trial,
                      struct result *result)
{
    size_t trial = first_trial;
    for (size_t i = 0; i < stage->list.count; i++) {
        const struct check_bench *listed = &stage->list.items[i];
        if (listed->settled == VERDICT_NONE)
            for (; check_is_of(experiment, trial, listed->bench); trial++)
                judge_trial(experiment, &experiment->trials.items[trial], listed->bench,
                            result);
        else
            judge_unmeasured(listed->bench, listed->settled, listed->reason, result);
    }
}

void check_judge_stage(const struct check_stage *stage,
                       const struct experiment *experiment,
                       size_t first_trial,
                       struct result *result)
{
    check_take_stage(stage, experiment, first_trial, result);
    judge_rows(experiment, result);
}

struct second_opinion *check_second_opinion(const struct check_stage *stage,
                                            const struct experiment *experiment,
                                            size_t first_trial)
{
    struct result result = { 0 };
    check_judge_stage(stage, experiment, first_trial, &result);
    struct second_opinion *opinion = xcalloc(1, sizeof *opinion);
    *opinion = (struct second_opinion){ .benches = result.benches, .rows = result.rows };
    return opinion;
}

void check_judge_goals(struct check *check, const struct experiment *experiment)
{
    size_t trial = 0;
    check_place_goals(check);
    for (size_t i = 0; i < check->gate.list.count; i++) {
        const struct check_bench *listed = &check->gate.list.items[i];
        if (listed->settled != VERDICT_NONE)
            continue;
        for (; check_is_of(experiment, trial, listed->bench); trial++)
            goals_judge(&experiment->trials.items[trial], listed->bench, &check->result);
    }
}

struct growth_errors check_growth_errors(const struct check *check)
{
    const struct config *config = check->configs[SIDE_HEAD];
    return (struct growth_errors){ .false_alarm =
                                       config->false_alarm * GROWTH_SHARE_OF_ERRORS,
                                   .miss = config->miss };
}

static void judge_growths(struct check *check)
{
    struct growth_errors errors = check_growth_errors(check);
    AUTO_BORROWED_BENCHES struct benches own = check_growth_benches(check);
    growth_judge(&own, &errors, &check->result);
}

void check_announce(const struct check *check,
                    const char *doing,
                    const struct experiment *experiment)
{
    int64_t left_ns = experiment->options.budget_ns - check->result.measuring_ns;
    AUTO_STR struct str line = STR_INIT;
    size_t benches = 0;
    for (size_t i = 0; i < experiment->trials.count; i++)
        benches += experiment->trials.items[i].plan.counting == COUNTING_NONE;
    str_addf(&line, "%s ", doing);
    str_add_counted(&line, benches, "bench");
    str_add(&line, ", ");
    str_add_counted(&line, experiment_rows(experiment), "row");
    str_add(&line, ", at most ");
    units_add_duration(&line, (double)left_ns * 1e-9);
    log_step("%s", line.data);
}

int check_measure(struct check *check, struct error *err)
{
    AUTO_CHECK_TRIALS struct check_trials trials = { 0 };
    AUTO(experiment_clear) struct experiment experiment;
    struct experiment_options options = check_experiment_options(check);
    experiment_init(&experiment, &options);
    check_add_trials(&check->gate, &experiment, &trials);
    size_t of_gate = trials.count;
    check_add_trials(&check->control, &experiment, &trials);
    check->result.budget_ns = options.budget_ns;
    check->result.max_pairs = options.max_pairs;
    if ((trials.count || check->anchor.name) && open_journal(check, err) < 0)
        return -1;
    experiment.options.seed = check->seed;
    for (enum family family = 0; family < FAMILY_COUNT; family++)
        check->shard_rows[family] = experiment.planned_rows[family];
    if (trials.count) {
        check_announce(check, "measuring", &experiment);
        if (check_open_counter(check, &experiment, err) < 0)
            return -1;
        if (check_run_pairs(check, &experiment, &trials, NULL, err) < 0)
            return -1;
    }
    if (check_tear_down(check, &check->control, &experiment, of_gate, err) < 0 ||
        check_tear_down(check, &check->gate, &experiment, 0, err) < 0)
        return -1;
    check_judge_stage(&check->gate, &experiment, 0, &check->result);
    check_judge_goals(check, &experiment);
    judge_growths(check);
    if (check->options.controls) {
        check->result.control =
            check_second_opinion(&check->control, &experiment, of_gate);
        judge_control(check->result.control);
    }
    return 0;
}

void check_decide(struct check *check)
{
    struct judge_policy policy = {
        .fails_on_inconclusive = check->options.fail_on.inconclusive,
        .fails_on_layout = check->options.fail_on.layout,
    };
    judge_gate(&policy, &check->result);
}
