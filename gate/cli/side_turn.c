#include "gate/cli/side_turn.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/build/printable.h"
#include "gate/cli/side_runner.h"
#include "runners/page_cache.h"

/* Commands before or after a run. */
struct hook_plan {
    const char *name;
    const struct commands *commands;
    bool is_cleanup; /* a signal has asked us to end, and still they are run */
};

static struct side_scope scope_of(const struct side_turn *turn)
{
    return side_scope_of_bench(turn->bench->bench, &turn->bench->places[turn->side],
                               turn->environment);
}

/* The hook's commands, outside the clock, until one fails; *result is then how. */
static int run_hook(struct side_runner *runner,
                    const struct side_turn *turn,
                    const struct hook_plan *hook,
                    struct process_result *result,
                    struct error *err)
{
    struct side_scope scope = scope_of(turn);
    AUTO_FREE char *what = str_format("%s of %s", hook->name, side_names[turn->side]);
    struct hook_order order = {
        .scope = &scope,
        .what = what,
        .timeout_ns = turn->bench->bench->benchmark->timeout_ns,
        .cpu = turn->cpu,
        .is_cleanup = hook->is_cleanup,
    };
    *result = (struct process_result){ .end = PROCESS_EXITED };
    for (size_t i = 0; i < hook->commands->count && process_succeeded(result); i++) {
        order.command = &hook->commands->items[i];
        if (hook_run(&runner->hooks, &order, result, err) < 0)
            return -1;
    }
    return 0;
}

static int count(struct side_runner *runner,
                 const struct side_turn *turn,
                 const struct process_spec *spec,
                 struct process_result *result,
                 struct error *err)
{
    AUTO_COUNTED_RUN struct counted_run run = COUNTED_RUN_INIT;
    if (counter_run(runner->counter, turn->counting, runner->hooks.spawner, spec, &run,
                    err) < 0)
        return -1;
    *result = run.result;
    *turn->readings = run.readings;
    if (run.why.length && !runner->hooks.failure.length)
        str_addf(&runner->hooks.failure, "%s can't be counted: %s",
                 side_names[turn->side], run.why.data);
    return 0;
}

/* What it tells is read at once: a teardown may take it away. */
static int listen(struct side_runner *runner,
                  const struct side_run *run,
                  const struct process_result *result,
                  struct error *err)
{
    if (!process_succeeded(result))
        return 0;
    return side_told_read(run, &runner->told, &runner->hooks.failure, err);
}

int side_turn_command(const struct side_turn *turn,
                      struct side_command *command,
                      struct process_spec *spec,
                      struct error *err)
{
    const struct benchmark *benchmark = turn->bench->bench->benchmark;
    struct side_scope scope = scope_of(turn);
    if (side_command_of_run(&scope, benchmark, command, err) < 0)
        return -1;
    *spec = (struct process_spec){
        .argv = &command->argv,
        .environment = &command->environment,
        .directory = command->directory,
        .stdin_path = command->stdin_path,
        .stdout_path = turn->stdout_path,
        .stderr_path = turn->stderr_path,
        .timeout_ns = benchmark->timeout_ns,
        .cpu = turn->cpu,
        .is_raised = turn->is_raised,
    };
    return 0;
}

/* Only here is known what was to be started, and from where. */
static void tell_start(struct side_runner *runner,
                       const struct side_turn *turn,
                       const struct process_spec *spec,
                       const struct process_result *result)
{
    if (result->end != PROCESS_NOT_STARTED || runner->hooks.failure.length)
        return;
    AUTO_FREE char *end = process_describe(spec, result);
    str_addf(&runner->hooks.failure, "%s %s", side_names[turn->side], end);
}

static int run_command(struct side_runner *runner,
                       const struct side_turn *turn,
                       struct process_result *result,
                       struct error *err)
{
    const struct benchmark *benchmark = turn->bench->bench->benchmark;
    AUTO_SIDE_COMMAND struct side_command command = { 0 };
    struct process_spec spec;
    struct side_scope scope = scope_of(turn);
    struct side_run run = { .bench = turn->bench->bench,
                            .scope = &scope,
                            .stdout_path = turn->stdout_path,
                            .side = side_names[turn->side] };
    if (side_turn_command(turn, &command, &spec, err) < 0 ||
        side_told_forget(&run, err) < 0)
        return -1;
    if (command.results_path)
        (void)remove(command.results_path); /* an earlier run's; not there is fine */
    int ran = turn->counting == COUNTING_NONE
                  ? process_run(runner->hooks.spawner, &spec, result, err)
                  : count(runner, turn, &spec, result, err);
    if (ran < 0)
        return -1;
    tell_start(runner, turn, &spec, result);
    if (turn->counting != COUNTING_NONE)
        return 0;
    if (benchmark->format && process_succeeded(result))
        side_output_take(&runner->outputs[turn->side],
                         command.results_path ? command.results_path : turn->stdout_path);
    run.wall_ns = result->wall_ns;
    return listen(runner, &run, result, err);
}

/* Says that the run could not be begun, and why. */
static void refuse_run(struct side_runner *runner,
                       const struct side_turn *turn,
                       const struct page_cache_rest *rest,
                       struct process_result *result)
{
    *result = (struct process_result){ .end = PROCESS_NOT_STARTED,
                                       .start_errno = EBUSY,
                                       .start_step = PROCESS_STEP_PROGRAM };
    if (runner->hooks.failure.length)
        return;
    str_addf(&runner->hooks.failure,
             "%s can't be run with a cold cache: ", side_names[turn->side]);
    units_add_size(&runner->hooks.failure, (double)rest->bytes);
    str_add(&runner->hooks.failure, " would not leave the memory, of '");
    printable_add(&runner->hooks.failure, rest->path, strlen(rest->path), "", 200);
    str_add(&runner->hooks.failure, "' and perhaps others (a file system without a disk, "
                                    "or files that another program has mapped)");
}

/* Drops what the run is going to read: {work}, its tree, its standard input. */
static int cool_down(struct side_runner *runner,
                     const struct side_turn *turn,
                     struct process_result *result,
                     struct error *err)
{
    const struct side_place *place = &turn->bench->places[turn->side];
    AUTO_PAGE_CACHE_REST struct page_cache_rest rest = { 0 };
    AUTO_SIDE_COMMAND struct side_command command = { 0 };
    struct process_spec spec;
    if (side_turn_command(turn, &command, &spec, err) < 0 ||
        page_cache_drop(place->scratch, &rest, err) < 0 ||
        page_cache_drop(place->tree, &rest, err) < 0)
        return -1;
    if (spec.stdin_path && page_cache_drop(spec.stdin_path, &rest, err) < 0)
        return -1;
    if (rest.bytes)
        refuse_run(runner, turn, &rest, result);
    return 0;
}

static int set_up_and_run(struct side_runner *runner,
                          const struct side_turn *turn,
                          struct process_result *result,
                          struct error *err)
{
    const struct hook_plan setup = { .name = "setup",
                                     .commands = &turn->bench->bench->benchmark->setup };
    if (run_hook(runner, turn, &setup, result, err) < 0)
        return -1;
    if (turn->bench->bench->benchmark->is_cold && process_succeeded(result) &&
        cool_down(runner, turn, result, err) < 0)
        return -1;
    return process_succeeded(result) ? run_command(runner, turn, result, err) : 0;
}

int side_turn_run(struct side_runner *runner,
                  const struct side_turn *turn,
                  struct process_result *result,
                  struct error *err)
{
    struct hook_plan teardown = { .name = "teardown",
                                  .commands = &turn->bench->bench->benchmark->teardown };
    struct process_result after;
    struct error ignored = { 0 };
    runner->told = (struct side_told){ 0 };
    if (set_up_and_run(runner, turn, result, err) < 0) {
        teardown.is_cleanup = true;
        (void)!run_hook(runner, turn, &teardown, &after, &ignored);
        return -1;
    }
    if (run_hook(runner, turn, &teardown, &after, err) < 0)
        return -1;
    if (process_succeeded(result) && !process_succeeded(&after))
        *result = after;
    return 0;
}
