/* Both sides do the same work: inputs prepared, outputs compared, before anything is
 * timed. */
#include <stdio.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/build/inputs.h"
#include "gate/build/last_words.h"
#include "gate/build/output_diff.h"
#include "gate/build/prepare.h"
#include "gate/build/steps.h"
#include "gate/cli/check.h"

static bool is_measured(const struct check_bench *listed)
{
    return listed->settled == VERDICT_NONE;
}

struct commands_list {
    struct strvec *items;
    size_t count;
    size_t capacity;
};

static void commands_list_clear(struct commands_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        strvec_clear(&list->items[i]);
    array_clear(list);
}

/* Adds what one set runs; environment becomes what all of its suite's get. */
static int add_command(struct check *check,
                       const struct side_place *place,
                       const struct hook_set *set,
                       struct commands_list *commands,
                       struct strvec *environment,
                       struct error *err)
{
    AUTO_SIDE_COMMAND struct side_command made = { 0 };
    struct side_scope scope = side_scope_of_hook(set, place, &check->environment);
    if (side_command_of_hook(&scope, set->command, &made, err) < 0)
        return -1;
    *array_push(commands) = made.argv;
    made.argv = (struct strvec){ 0 };
    strvec_copy(environment, &made.environment);
    return 0;
}

/* The sets of one suite, which are count in a row. */
static int prepare_suite(struct check *check,
                         const struct check_stage *stage,
                         enum side side,
                         const struct hook_set *sets,
                         size_t count,
                         struct error *err)
{
    AUTO(commands_list_clear) struct commands_list commands = { 0 };
    AUTO_STRVEC struct strvec environment = { 0 };
    AUTO_FREE char *log_path = path_join(stage->scratch.directory, "prepare.log");
    const struct side_place place = check_side_place(stage, side);
    for (size_t i = 0; i < count; i++) {
        if (add_command(check, &place, &sets[i], &commands, &environment, err) < 0)
            return -1;
    }
    struct workplace where = {
        .spawner = check->spawner,
        .environment = &environment,
        .directory = place.tree,
        .log_path = log_path,
        .timeout_ns = check->configs[SIDE_HEAD]->build.timeout_ns,
    };
    return prepare_run(&where, commands.items, commands.count, side_names[side], err);
}

static int prepare_side(struct check *check,
                        const struct check_stage *stage,
                        enum side side,
                        const struct hook_sets *sets,
                        struct error *err)
{
    size_t begin = 0;
    for (size_t i = 0; i < sets->count; i++) {
        if (i + 1 < sets->count && sets->items[i + 1].suite == sets->items[i].suite)
            continue;
        if (prepare_suite(check, stage, side, &sets->items[begin], i + 1 - begin, err) <
            0)
            return -1;
        begin = i + 1;
    }
    return 0;
}

static int prepare_inputs(struct check *check,
                          const struct check_stage *stage,
                          const struct hook_sets *sets,
                          struct error *err)
{
    if (!sets->count)
        return 0;
    log_step("preparing inputs");
    for (enum side side = check_first_side(stage); side < SIDE_COUNT; side++) {
        if (prepare_side(check, stage, side, sets, err) < 0)
            return -1;
    }
    return 0;
}

/* Where both sides prepared the same bytes, both use base's copy. Two copies lie on other
 * places of the disk and of the page cache, and have directories of their own to write
 * to: one program was seen to run 10 % slower in one of two equal directories for a whole
 * session, which no order of runs evens out. */
static int share_inputs(struct check *check, struct check_stage *stage, struct error *err)
{
    AUTO_STR struct str why = STR_INIT;
    if (stage->is_alone)
        return 0;
    if (inputs_compare(stage->scratch.base, stage->scratch.head, &stage->is_work_shared,
                       &why, err) < 0)
        return -1;
    if (!stage->is_work_shared && !stage->name)
        strvec_pushf(
            &check->warnings,
            "base and head prepared different inputs, and each was measured on its "
            "own: %s",
            why.data);
    return 0;
}

int check_run_once(struct side_runner *runner,
                   const struct side_bench *bench,
                   enum side side,
                   struct first_run *run,
                   struct error *err)
{
    struct process_result result = { 0 };
    AUTO_FREE char *stderr_path = path_join(bench->places[side].scratch, "stderr");
    (void)remove(run->stdout_path);
    (void)remove(stderr_path);
    struct run_output output = { .stdout_path = run->stdout_path,
                                 .stderr_path = stderr_path };
    if (side_runner_once(runner, bench, side, &output, &result, err) < 0)
        return -1;
    run->told = result.told;
    run->wall_ns = result.wall_ns - result.run_queue_wait_ns;
    run->user_ns = result.user_ns;
    run->system_ns = result.system_ns;
    if (side_runner_failure(runner)) {
        run->failure = xstrdup(side_runner_failure(runner));
        return 0;
    }
    if (process_succeeded(&result))
        return 0;

    struct process_spec spec = { .timeout_ns = bench->bench->benchmark->timeout_ns };
    AUTO_FREE char *end = process_describe(&spec, &result);
    struct str reason = STR_INIT;
    str_addf(&reason, "%s %s", side_names[side], end);
    last_words_add(&reason, stderr_path);
    run->failure = str_detach(&reason);
    return 0;
}

/* The same where there is nothing to compare with. */
static int try_alone(struct side_runner *runner,
                     const struct check_stage *stage,
                     struct check_bench *listed,
                     struct error *err)
{
    const struct side_bench bench = check_side_bench(stage, listed->bench);
    AUTO_FREE char *output = path_join(stage->scratch.directory, "head.out");
    struct first_run run = { .stdout_path = output };
    if (check_run_once(runner, &bench, SIDE_HEAD, &run, err) < 0)
        return -1;
    listed->told = run.told;
    if (run.failure)
        check_settle(listed, VERDICT_FAILED, run.failure);
    return 0;
}

/* One run a side before any timing: it must succeed and, where asked, print the same. */
static int compare_outputs(struct side_runner *runner,
                           const struct check_stage *stage,
                           struct check_bench *listed,
                           struct error *err)
{
    const struct side_bench bench = check_side_bench(stage, listed->bench);
    const char *directory = stage->scratch.directory;
    AUTO_FREE char *base_out = path_join(directory, "base.out");
    AUTO_FREE char *head_out = path_join(directory, "head.out");
    struct first_run base = { .stdout_path = base_out };
    struct first_run head = { .stdout_path = head_out };
    if (stage->is_alone)
        return try_alone(runner, stage, listed, err);
    if (check_run_once(runner, &bench, SIDE_BASE, &base, err) < 0)
        return -1;
    if (!base.failure && check_run_once(runner, &bench, SIDE_HEAD, &head, err) < 0)
        return -1;
    listed->told = base.told & head.told;
    if (base.failure || head.failure) {
        listed->fault = base.failure ? FAULT_BASE : FAULT_HEAD;
        check_settle(listed, VERDICT_FAILED, base.failure ? base.failure : head.failure);
        return 0;
    }
    if (!listed->bench->benchmark->has_same_output)
        return 0;

    AUTO_OUTPUT_DIFF struct output_diff diff = { 0 };
    if (output_diff(base_out, head_out, &diff, err) < 0)
        return -1;
    if (diff.is_equal)
        return 0;
    listed->fault = FAULT_OUTPUT;
    check_settle(listed, VERDICT_FAILED, str_format("different output: %s", diff.text));
    return 0;
}

/* One bench, or all that one harness prints; *next is what stands behind them. */
static int look_at(struct check *check,
                   struct side_runner *runner,
                   struct check_stage *stage,
                   size_t index,
                   size_t *next,
                   struct error *err)
{
    struct check_bench *listed = &stage->list.items[index];
    bool is_harness = listed->bench->benchmark->format != NULL;
    int looked = is_harness ? check_names(check, runner, stage, index, next, err)
                            : compare_outputs(runner, stage, listed, err);
    if (looked == 0 && !is_harness && listed->settled != VERDICT_FAILED && !stage->name)
        side_told_doubt(&runner->told, listed->bench->id, &check->warnings);
    for (size_t i = index; looked == 0 && i < *next; i++) {
        listed = &stage->list.items[i];
        if (listed->settled == VERDICT_FAILED)
            log_warning("%s failed: %s", listed->bench->id, listed->reason);
    }
    return looked;
}

static int compare_all(struct check *check, struct check_stage *stage, struct error *err)
{
    AUTO_SIDE_RUNNER struct side_runner runner;
    check_fill_runner(check, &runner);
    log_step(stage->is_alone ? "trying each bench once"
                             : "comparing what both sides print");
    size_t next = 0;
    for (size_t i = 0; i < stage->list.count; i = next) {
        next = i + 1;
        if (is_measured(&stage->list.items[i]) &&
            look_at(check, &runner, stage, i, &next, err) < 0)
            return -1;
    }
    return 0;
}

int check_same_work(struct check *check, struct check_stage *stage, struct error *err)
{
    AUTO_BORROWED_BENCHES struct benches measured = check_measured_benches(stage);
    AUTO_HOOK_SETS struct hook_sets sets = { 0 };
    if (!measured.count)
        return 0;
    hook_sets_of(&measured, HOOK_PREPARE, &sets);
    if (prepare_inputs(check, stage, &sets, err) < 0 ||
        share_inputs(check, stage, err) < 0 || check_set_up(check, stage, err) < 0)
        return -1;
    return compare_all(check, stage, err);
}
