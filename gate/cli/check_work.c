/* Both sides do the same work: inputs prepared, outputs compared, before anything is
 * timed. */
#include <stdio.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/log.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/build/inputs.h"
#include "gate/build/output_diff.h"
#include "gate/build/prepare.h"
#include "gate/build/steps.h"
#include "gate/cli/check.h"

static bool is_measured(const struct check_bench *listed)
{
    return listed->settled == VERDICT_NONE;
}

/* The benches to be measured, as a borrowed list: items are the configs', not to be
 * cleared. */
static struct benches measured_benches(const struct check_stage *stage)
{
    struct benches measured = { 0 };
    for (size_t i = 0; i < stage->list.count; i++) {
        if (is_measured(&stage->list.items[i]))
            *array_push(&measured) = *stage->list.items[i].bench;
    }
    return measured;
}

/* A prepare command of the config with its placeholders filled in for one side. */
static int expand_prepare(const struct check_stage *stage,
                          enum side side,
                          const struct prepare_set *set,
                          struct strvec *words,
                          struct error *err)
{
    size_t count = set->parameter_count;
    AUTO_FREE struct placeholder *values = xcalloc(count + 1, sizeof *values);
    for (size_t i = 0; i < count; i++)
        values[i] = set->parameters[i];
    values[count] =
        (struct placeholder){ .name = "work", .value = check_scratch(stage, side) };
    return command_expand(set->command, values, count + 1, words, err);
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

static int prepare_side(struct check *check,
                        const struct check_stage *stage,
                        enum side side,
                        const struct prepare_sets *sets,
                        struct error *err)
{
    AUTO(commands_list_clear) struct commands_list commands = { 0 };
    AUTO_FREE char *log_path = path_join(stage->scratch.directory, "prepare.log");
    for (size_t i = 0; i < sets->count; i++) {
        if (expand_prepare(stage, side, &sets->items[i], array_push(&commands), err) < 0)
            return -1;
    }
    struct workplace place = {
        .spawner = check->spawner,
        .environment = &check->environment,
        .directory = stage->trees[side],
        .log_path = log_path,
        .timeout_ns = check->configs[SIDE_HEAD]->build.timeout_ns,
    };
    return prepare_run(&place, commands.items, commands.count, side_names[side], err);
}

static int prepare_inputs(struct check *check,
                          const struct check_stage *stage,
                          const struct prepare_sets *sets,
                          struct error *err)
{
    if (!sets->count)
        return 0;
    log_step("preparing inputs");
    for (enum side side = 0; side < SIDE_COUNT; side++) {
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

/* What a side printed on stderr, cut to one line for a reason. */
static void add_last_words(const char *stderr_path, struct str *reason)
{
    AUTO_STR struct str text = STR_INIT;
    struct error ignored = { 0 };
    if (file_read_tail(stderr_path, 300, &text, &ignored) < 0 || !text.length)
        return;
    for (char *c = text.data; *c; c++) {
        if ((unsigned char)*c < ' ')
            *c = ' ';
    }
    str_addf(reason, ": %s", text.data);
}

/* Runs the bench once on one side; *failure is set (the caller's) where the run failed.
 */
static int run_once(struct side_runner *runner,
                    const struct side_bench *bench,
                    enum side side,
                    const char *stdout_path,
                    char **failure,
                    struct error *err)
{
    struct process_result result;
    AUTO_FREE char *stderr_path = path_join(bench->places[side].scratch, "stderr");
    (void)remove(stdout_path);
    (void)remove(stderr_path);
    struct run_output output = { .stdout_path = stdout_path, .stderr_path = stderr_path };
    if (side_runner_once(runner, bench, side, &output, &result, err) < 0)
        return -1;
    if (process_succeeded(&result))
        return 0;

    struct process_spec spec = { .timeout_ns = bench->bench->benchmark->timeout_ns };
    AUTO_FREE char *end = process_describe(&spec, &result);
    struct str reason = STR_INIT;
    str_addf(&reason, "%s %s", side_names[side], end);
    add_last_words(stderr_path, &reason);
    *failure = str_detach(&reason);
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
    char *failure = NULL;
    if (run_once(runner, &bench, SIDE_BASE, base_out, &failure, err) < 0)
        return -1;
    if (!failure && run_once(runner, &bench, SIDE_HEAD, head_out, &failure, err) < 0)
        return -1;
    if (failure) {
        check_settle(listed, VERDICT_FAILED, failure);
        return 0;
    }
    if (!listed->bench->benchmark->has_same_output)
        return 0;

    AUTO_OUTPUT_DIFF struct output_diff diff = { 0 };
    if (output_diff(base_out, head_out, &diff, err) < 0)
        return -1;
    if (!diff.is_equal)
        check_settle(listed, VERDICT_FAILED,
                     str_format("different output: %s", diff.text));
    return 0;
}

static int compare_all(struct check *check, struct check_stage *stage, struct error *err)
{
    struct side_runner runner;
    check_fill_runner(check, &runner);
    log_step("comparing what both sides print");
    for (size_t i = 0; i < stage->list.count; i++) {
        struct check_bench *listed = &stage->list.items[i];
        if (!is_measured(listed))
            continue;
        if (compare_outputs(&runner, stage, listed, err) < 0)
            return -1;
        if (listed->settled == VERDICT_FAILED)
            log_warning("%s failed: %s", listed->bench->id, listed->reason);
    }
    return 0;
}

static void forget_borrowed(struct benches *benches)
{
    array_clear(benches);
}

int check_same_work(struct check *check, struct check_stage *stage, struct error *err)
{
    AUTO(forget_borrowed) struct benches measured = measured_benches(stage);
    AUTO_PREPARE_SETS struct prepare_sets sets = { 0 };
    if (!measured.count)
        return 0;
    prepare_sets_of(&measured, &sets);
    if (prepare_inputs(check, stage, &sets, err) < 0 ||
        share_inputs(check, stage, err) < 0)
        return -1;
    return compare_all(check, stage, err);
}
