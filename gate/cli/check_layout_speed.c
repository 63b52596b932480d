/* Is a build in another layout still the same program? Recipes that have flags of their
 * own only where CFLAGS is unset lose them (-O2, say) when a layout sets it, and then the
 * layouts tell of another program. So the usual build of base is run against the layout's
 * in pairs, in a few of them: what is asked is no matter of percents. */
#include "gate/base/alloc.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/cli/check.h"
#include "gate/verdict/layouts.h"

#define PAIRS 4

/* The stage with the usual build in base's place, and the layout's base in head's; both
 * work on what base prepared. */
static struct check_stage stage_of(const struct check *check)
{
    struct check_stage stage = check->layouts;
    stage.trees[SIDE_HEAD] = stage.trees[SIDE_BASE];
    stage.trees[SIDE_BASE] = check->gate.trees[SIDE_BASE];
    stage.is_work_shared = true;
    return stage;
}

static struct experiment_options options_of(const struct check *check, size_t number)
{
    struct experiment_options options = check_experiment_options(check);
    options.seed = random_at(check->seed, random_stream_of("layout speed"), number);
    options.false_alarm = options.miss = 0;
    options.budget_ns = INT64_MAX;
    options.max_pairs = PAIRS;
    options.warmup_pairs = 1;
    return options;
}

int check_layout_slowdown(struct check *check,
                          size_t number,
                          double *slowdown,
                          struct error *err)
{
    AUTO_CHECK_TRIALS struct check_trials trials = { 0 };
    AUTO(experiment_clear) struct experiment experiment;
    AUTO(result_clear) struct result here = { 0 };
    AUTO_FREE char *name = str_format("speed of layout %zu", number + 1);
    const struct check_stage stage = stage_of(check);
    struct experiment_options options = options_of(check, number);
    experiment_init(&experiment, &options);
    check_add_trials(&stage, &experiment, &trials);
    if (check_run_pairs(check, &experiment, &trials, name, err) < 0)
        return -1;
    check_take_stage(&stage, &experiment, 0, &here);
    *slowdown = layouts_slowdown(&here.rows);
    return 0;
}
