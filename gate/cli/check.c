#include "gate/cli/check.h"

#include <stdlib.h>
#include <time.h>

#include "gate/base/array.h"
#include "gate/base/str.h"
#include "runners/environment.h"

static int64_t monotonic_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void check_init(struct check *check)
{
    *check = (struct check){ .started_ns = monotonic_ns(),
                             .scratch = SCRATCH_INIT,
                             .journal = JOURNAL_CLOSED };
    for (enum side side = 0; side < SIDE_COUNT; side++)
        check->built[side] = BUILT_SIDE_INIT;
}

static void clear_list(struct check_benches *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i].reason);
    array_clear(list);
}

void check_clear(struct check *check)
{
    result_clear(&check->result);
    journal_close(&check->journal, false);
    scratch_close(&check->scratch);
    clear_list(&check->list);
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        benches_clear(&check->benches[side]);
        config_free(check->configs[side]);
        built_side_release(&check->built[side]);
    }
    changes_clear(&check->changes);
    strvec_clear(&check->config_changes);
    strvec_clear(&check->warnings);
    strvec_clear(&check->environment);
    strvec_clear(&check->key_environment);
    free(check->base_rule);
    free(check->toolchain);
    source_close(check->source);
    spawner_close(check->spawner);
    free(check->cache_directory);
    check_options_clear(&check->options);
}

void check_settle(struct check_bench *bench, enum verdict verdict, char *reason)
{
    free(bench->reason);
    bench->reason = reason;
    bench->settled = verdict;
}

const char *check_scratch(const struct check *check, enum side side)
{
    bool is_bases = side == SIDE_BASE || check->is_work_shared;
    return is_bases ? check->scratch.base : check->scratch.head;
}

const struct config *check_config(const struct check *check, enum side side)
{
    return check->configs[side] ? check->configs[side] : check->configs[SIDE_HEAD];
}

void check_fill_runner(struct check *check, struct side_runner *runner)
{
    *runner = (struct side_runner){
        .spawner = check->spawner,
        .environment = &check->environment,
        .cpu = environment_quiet_cpu("", NULL),
    };
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        runner->places[side] = (struct side_place){
            .tree = check->built[side].entry.tree,
            .scratch = check_scratch(check, side),
        };
    }
    side_runner_init(runner);
}
