/* The rounds of `pawl run`, and what its runs took. */
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/cli/check.h"
#include "gate/cli/run.h"
#include "gate/cli/stored.h"
#include "gate/experiment/waiting.h"

/* Without the runs that only count. */
static size_t count_timed(const struct experiment *experiment)
{
    size_t count = 0;
    for (size_t i = 0; i < experiment->trials.count; i++)
        count += experiment->trials.items[i].plan.counting == COUNTING_NONE;
    return count;
}

static void announce(const struct experiment *experiment)
{
    AUTO_STR struct str line = STR_INIT;
    str_add(&line, "measuring ");
    str_add_counted(&line, count_timed(experiment), "bench");
    str_add(&line, " in rounds, at most ");
    units_add_duration(&line, (double)experiment->options.budget_ns * 1e-9);
    log_step("%s", line.data);
}

static int draw_seed(struct check *check, struct error *err)
{
    check->seed = check->options.seed;
    return check->options.has_seed ? 0 : random_seed(&check->seed, err);
}

void run_warn(const struct experiment *experiment, struct strvec *warnings)
{
    AUTO_STR struct str waiting = STR_INIT;
    const char *first = NULL;
    size_t disturbed = 0;
    for (size_t i = 0; i < experiment->trials.count; i++) {
        const struct trial *trial = &experiment->trials.items[i];
        if (trial->keeps_disturbed && !disturbed++)
            first = trial->plan.id;
    }
    if (disturbed)
        strvec_pushf(
            warnings,
            "most runs of %zu of %zu benches were disturbed from outside (first: "
            "%s); from then on they were kept, and the rows are noisier for it",
            disturbed, count_timed(experiment), first);
    waiting_describe(experiment, &waiting);
    if (waiting.length)
        strvec_push(warnings, waiting.data);
}

/* The trials have each run on both sides: what base misses too is no news there. */
static void judge_goals(struct check *check, const struct experiment *experiment)
{
    check_judge_goals(check, experiment);
    for (size_t i = 0; i < check->result.goals.count; i++)
        check->result.goals.items[i].was_missed_on_base = false;
    stored_add_goal_trends(check);
}

int run_measure(struct check *check, struct error *err)
{
    AUTO_CHECK_TRIALS struct check_trials trials = { 0 };
    AUTO(experiment_clear) struct experiment experiment;
    if (draw_seed(check, err) < 0)
        return -1;
    const struct experiment_options options = check_experiment_options(check);
    experiment_init(&experiment, &options);
    check_add_trials(&check->gate, &experiment, &trials);
    if (trials.count) {
        announce(&experiment);
        if (check_open_counter(check, &experiment, err) < 0 ||
            check_run_pairs(check, &experiment, &trials, NULL, err) < 0)
            return -1;
    }
    if (check_tear_down(check, &check->gate, &experiment, 0, err) < 0)
        return -1;
    check_take_stage(&check->gate, &experiment, 0, &check->result);
    judge_goals(check, &experiment);
    return 0;
}
