/* What suites do before their first run and after their last. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/cli/check.h"

/* Commands of suites as they are run on one side. */
struct hook_walk {
    struct check *check;
    const struct check_stage *stage;
    const struct hook_sets *sets;
    const char *name; /* "setup" */
    bool is_cleanup;
};

static int run_one(const struct hook_walk *walk,
                   enum side side,
                   const struct hook_set *set,
                   char **failure,
                   struct error *err)
{
    struct check *check = walk->check;
    AUTO_HOOK_RUNNER struct hook_runner runner = HOOK_RUNNER_INIT;
    const struct side_place place = check_side_place(walk->stage, side);
    const struct side_scope scope = side_scope_of_hook(set, &place, &check->environment);
    AUTO_FREE char *what = str_format("%s of the suite '%s' on %s", walk->name,
                                      set->suite->name, side_names[side]);
    const struct hook_order order = {
        .scope = &scope,
        .command = set->command,
        .what = what,
        .timeout_ns = check->configs[SIDE_HEAD]->build.timeout_ns,
        .cpu = PROCESS_ANY_CPU,
        .is_cleanup = walk->is_cleanup,
    };
    struct process_result result;
    runner.spawner = check->spawner;
    runner.log_path = check->hook_log;
    log_detail("%s: %s", what, set->command->text);
    if (hook_run(&runner, &order, &result, err) < 0)
        return -1;
    if (!process_succeeded(&result))
        *failure = str_detach(&runner.failure);
    return 0;
}

static const char *failure_of(const struct suite_failures *failures,
                              const struct suite *suite)
{
    for (size_t i = 0; i < failures->count; i++)
        if (failures->items[i].suite == suite)
            return failures->items[i].why;
    return NULL;
}

/* Runs all of them on the side. The first failure of a suite is noted and ends a setup,
 * while a teardown goes on to tidy up what it can. */
static int run_on_side(const struct hook_walk *walk,
                       enum side side,
                       bool goes_on,
                       struct suite_failures *failures,
                       struct error *err)
{
    for (size_t i = 0; i < walk->sets->count; i++) {
        const struct hook_set *set = &walk->sets->items[i];
        char *failure = NULL;
        if (!goes_on && failure_of(failures, set->suite))
            continue;
        if (run_one(walk, side, set, &failure, err) < 0)
            return -1;
        if (failure && failure_of(failures, set->suite))
            free(failure);
        else if (failure)
            *array_push(failures) = (struct suite_failure){ set->suite, failure };
    }
    return 0;
}

/* Once for each {work}: for base alone, where both sides share one. */
static int run_everywhere(const struct hook_walk *walk,
                          bool goes_on,
                          struct suite_failures *failures,
                          struct error *err)
{
    size_t places = walk->stage->is_work_shared ? 1 : SIDE_COUNT;
    for (size_t side = check_first_side(walk->stage); side < places; side++) {
        if (run_on_side(walk, (enum side)side, goes_on, failures, err) < 0)
            return -1;
    }
    return 0;
}

static void settle_failed(struct check_stage *stage,
                          const struct suite_failures *failures)
{
    for (size_t i = 0; i < failures->count; i++)
        log_warning("%s", failures->items[i].why);
    for (size_t i = 0; i < stage->list.count; i++) {
        struct check_bench *listed = &stage->list.items[i];
        const char *why = failure_of(failures, listed->bench->suite);
        if (listed->settled == VERDICT_NONE && why)
            check_settle(listed, VERDICT_FAILED, xstrdup(why));
    }
}

int check_set_up(struct check *check, struct check_stage *stage, struct error *err)
{
    AUTO_BORROWED_BENCHES struct benches measured = check_measured_benches(stage);
    AUTO_HOOK_SETS struct hook_sets sets = { 0 };
    AUTO(suite_failures_clear) struct suite_failures failures = { 0 };
    hook_sets_of(&measured, HOOK_SETUP, &sets);
    hook_sets_of(&measured, HOOK_TEARDOWN, &stage->teardown);
    const struct hook_walk walk = {
        .check = check, .stage = stage, .sets = &sets, .name = "setup"
    };
    if (run_everywhere(&walk, false, &failures, err) < 0)
        return -1;
    settle_failed(stage, &failures);
    return 0;
}

static int
undo(struct check *check, struct check_stage *stage, bool is_cleanup, struct error *err)
{
    AUTO_HOOK_SETS struct hook_sets sets = stage->teardown;
    stage->teardown = (struct hook_sets){ 0 };
    const struct hook_walk walk = { .check = check,
                                    .stage = stage,
                                    .sets = &sets,
                                    .name = "teardown",
                                    .is_cleanup = is_cleanup };
    if (run_everywhere(&walk, true, &stage->torn, err) < 0)
        return -1;
    for (size_t i = 0; i < stage->torn.count; i++)
        log_warning("%s", stage->torn.items[i].why);
    return 0;
}

int check_tear_down(struct check *check,
                    struct check_stage *stage,
                    struct experiment *experiment,
                    size_t first_trial,
                    struct error *err)
{
    if (undo(check, stage, false, err) < 0)
        return -1;
    size_t trial = first_trial;
    for (size_t i = 0; i < stage->list.count; i++) {
        const struct check_bench *listed = &stage->list.items[i];
        if (listed->settled != VERDICT_NONE)
            continue;
        const char *why = failure_of(&stage->torn, listed->bench->suite);
        for (; check_is_of(experiment, trial, listed->bench); trial++)
            if (why)
                experiment_fail(experiment, trial, why);
    }
    return 0;
}

void check_abandon(struct check *check)
{
    struct check_stage *const stages[] = { &check->explain, &check->creep,
                                           &check->layouts, &check->confirm,
                                           &check->control, &check->gate };
    struct error ignored = { 0 };
    for (size_t i = 0; i < sizeof stages / sizeof stages[0]; i++)
        if (stages[i]->teardown.count)
            (void)!undo(check, stages[i], true, &ignored);
}
