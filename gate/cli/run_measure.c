/* The rounds of `pawl run`, and what its runs took. */
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/cli/check.h"
#include "gate/cli/run.h"

static void announce(const struct experiment *experiment)
{
    AUTO_STR struct str line = STR_INIT;
    size_t benches = 0;
    for (size_t i = 0; i < experiment->trials.count; i++)
        benches += experiment->trials.items[i].plan.counting == COUNTING_NONE;
    str_add(&line, "measuring ");
    str_add_counted(&line, benches, "bench");
    str_add(&line, " in rounds, at most ");
    units_add_duration(&line, (double)experiment->options.budget_ns * 1e-9);
    log_step("%s", line.data);
}

static int draw_seed(struct check *check, struct error *err)
{
    check->seed = check->options.seed;
    return check->options.has_seed ? 0 : random_seed(&check->seed, err);
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
    return 0;
}
