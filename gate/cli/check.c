#include "gate/cli/check.h"

#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/base/clock.h"
#include "gate/base/str.h"
#include "gate/explain/profile_pair.h"
#include "gate/store/store.h"

void check_init(struct check *check)
{
    *check = (struct check){ .started_ns = clock_now_ns(),
                             .gate = CHECK_STAGE_INIT,
                             .control = CHECK_STAGE_INIT,
                             .confirm = CHECK_STAGE_INIT,
                             .layouts = CHECK_STAGE_INIT,
                             .creep = CHECK_STAGE_INIT,
                             .explain = CHECK_STAGE_INIT,
                             .journal = JOURNAL_CLOSED };
}

static void clear_profiles(struct check_profiles *profiles)
{
    for (size_t i = 0; i < profiles->count; i++) {
        profile_pair_clear(profiles->items[i].pair);
        free(profiles->items[i].pair);
    }
    array_clear(profiles);
}

void check_clear(struct check *check)
{
    check_abandon(check);
    github_log_end_group(&check->github);
    free(check->results_directory);
    clear_profiles(&check->profiles);
    diff_lines_clear(&check->changed_lines);
    check_stage_clear(&check->explain);
    result_clear(&check->result);
    journal_close(&check->journal, false);
    check_stage_clear(&check->creep);
    benches_clear(&check->anchor.benches);
    strvec_clear(&check->anchor.between);
    config_free(check->anchor.config);
    check_stage_clear(&check->layouts);
    check_stage_clear(&check->confirm);
    check_stage_clear(&check->control);
    check_stage_clear(&check->gate);
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        benches_clear(&check->benches[side]);
        config_free(check->configs[side]);
    }
    benches_clear(&check->all_of_base);
    changes_clear(&check->changes);
    array_clear(&check->waived);
    strvec_clear(&check->config_changes);
    strvec_clear(&check->warnings);
    strvec_clear(&check->environment);
    strvec_clear(&check->key_environment);
    free(check->base_rule);
    free(check->toolchain);
    free(check->hook_log);
    free(check->pinning);
    counter_clear(&check->counter);
    store_close(check->store);
    source_close(check->source);
    spawner_close(check->spawner);
    free(check->cache_directory);
    check_options_clear(&check->options);
}

const struct config *check_config(const struct check *check, enum side side)
{
    return check->configs[side] ? check->configs[side] : check->configs[SIDE_HEAD];
}

void check_fill_runner(struct check *check, struct side_runner *runner)
{
    *runner = SIDE_RUNNER_INIT;
    runner->environment = &check->environment;
    runner->cpu = check->cpu;
    runner->raises = check->options.may_raise;
    runner->hooks.spawner = check->spawner;
    runner->hooks.log_path = check->hook_log;
    runner->counter = &check->counter;
    runner->is_alone = check->gate.is_alone;
    side_runner_init(runner);
}
