#include "gate/cli/side_runner.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/clock.h"
#include "gate/base/error.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/tree.h"
#include "gate/base/units.h"
#include "gate/build/printable.h"
#include "runners/page_cache.h"

/* How one run is to be done. */
struct run_plan {
    const struct side_bench *bench;
    enum side side;
    const struct strvec *environment;
    const char *stdout_path;
    const char *stderr_path;
    int cpu;
    enum counting counting;
    struct readings
        *readings; /* of the run's side; NULL: for a run that counts nothing */
};

/* Commands before or after a run. */
struct hook_plan {
    const char *name;
    const struct commands *commands;
    bool is_cleanup; /* a signal has asked us to end, and still they are run */
};

static struct side_scope scope_of(const struct run_plan *plan)
{
    return side_scope_of_bench(plan->bench->bench, &plan->bench->places[plan->side],
                               plan->environment);
}

/* The hook's commands, outside the clock, until one fails; *result is then how. */
static int run_hook(struct side_runner *runner,
                    const struct run_plan *plan,
                    const struct hook_plan *hook,
                    struct process_result *result,
                    struct error *err)
{
    struct side_scope scope = scope_of(plan);
    AUTO_FREE char *what = str_format("%s of %s", hook->name, side_names[plan->side]);
    struct hook_order order = {
        .scope = &scope,
        .what = what,
        .timeout_ns = plan->bench->bench->benchmark->timeout_ns,
        .cpu = plan->cpu,
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
                 const struct run_plan *plan,
                 const struct process_spec *spec,
                 struct process_result *result,
                 struct error *err)
{
    AUTO_COUNTED_RUN struct counted_run run = COUNTED_RUN_INIT;
    if (counter_run(runner->counter, plan->counting, runner->hooks.spawner, spec, &run,
                    err) < 0)
        return -1;
    *result = run.result;
    *plan->readings = run.readings;
    if (run.why.length && !runner->hooks.failure.length)
        str_addf(&runner->hooks.failure, "%s can't be counted: %s",
                 side_names[plan->side], run.why.data);
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

/* The measured command; *spec borrows from it. */
static int make_command(const struct run_plan *plan,
                        struct side_command *command,
                        struct process_spec *spec,
                        struct error *err)
{
    const struct benchmark *benchmark = plan->bench->bench->benchmark;
    struct side_scope scope = scope_of(plan);
    if (side_command_of_run(&scope, benchmark, command, err) < 0)
        return -1;
    *spec = (struct process_spec){
        .argv = &command->argv,
        .environment = &command->environment,
        .directory = command->directory,
        .stdin_path = command->stdin_path,
        .stdout_path = plan->stdout_path,
        .stderr_path = plan->stderr_path,
        .timeout_ns = benchmark->timeout_ns,
        .cpu = plan->cpu,
    };
    return 0;
}

static int run_command(struct side_runner *runner,
                       const struct run_plan *plan,
                       struct process_result *result,
                       struct error *err)
{
    const struct benchmark *benchmark = plan->bench->bench->benchmark;
    AUTO_SIDE_COMMAND struct side_command command = { 0 };
    struct process_spec spec;
    struct side_scope scope = scope_of(plan);
    struct side_run run = { .bench = plan->bench->bench,
                            .scope = &scope,
                            .stdout_path = plan->stdout_path,
                            .side = side_names[plan->side] };
    if (make_command(plan, &command, &spec, err) < 0 || side_told_forget(&run, err) < 0)
        return -1;
    if (command.results_path)
        (void)remove(command.results_path); /* an earlier run's; not there is fine */
    if (plan->counting != COUNTING_NONE)
        return count(runner, plan, &spec, result, err);
    if (process_run(runner->hooks.spawner, &spec, result, err) < 0)
        return -1;
    if (benchmark->format && process_succeeded(result))
        side_output_take(&runner->outputs[plan->side],
                         command.results_path ? command.results_path : plan->stdout_path);
    run.wall_ns = result->wall_ns;
    return listen(runner, &run, result, err);
}

/* Says that the run could not be begun, and why. */
static void refuse_run(struct side_runner *runner,
                       const struct run_plan *plan,
                       const struct page_cache_rest *rest,
                       struct process_result *result)
{
    *result = (struct process_result){ .end = PROCESS_NOT_STARTED,
                                       .start_errno = EBUSY,
                                       .start_step = PROCESS_STEP_PROGRAM };
    if (runner->hooks.failure.length)
        return;
    str_addf(&runner->hooks.failure,
             "%s can't be run with a cold cache: ", side_names[plan->side]);
    units_add_size(&runner->hooks.failure, (double)rest->bytes);
    str_add(&runner->hooks.failure, " would not leave the memory, of '");
    printable_add(&runner->hooks.failure, rest->path, strlen(rest->path), "", 200);
    str_add(&runner->hooks.failure, "' and perhaps others (a file system without a disk, "
                                    "or files that another program has mapped)");
}

/* Drops what the run is going to read: {work}, its tree, its standard input. */
static int cool_down(struct side_runner *runner,
                     const struct run_plan *plan,
                     struct process_result *result,
                     struct error *err)
{
    const struct side_place *place = &plan->bench->places[plan->side];
    AUTO_PAGE_CACHE_REST struct page_cache_rest rest = { 0 };
    AUTO_SIDE_COMMAND struct side_command command = { 0 };
    struct process_spec spec;
    if (make_command(plan, &command, &spec, err) < 0 ||
        page_cache_drop(place->scratch, &rest, err) < 0 ||
        page_cache_drop(place->tree, &rest, err) < 0)
        return -1;
    if (spec.stdin_path && page_cache_drop(spec.stdin_path, &rest, err) < 0)
        return -1;
    if (rest.bytes)
        refuse_run(runner, plan, &rest, result);
    return 0;
}

static int set_up_and_run(struct side_runner *runner,
                          const struct run_plan *plan,
                          struct process_result *result,
                          struct error *err)
{
    const struct hook_plan setup = { .name = "setup",
                                     .commands = &plan->bench->bench->benchmark->setup };
    if (run_hook(runner, plan, &setup, result, err) < 0)
        return -1;
    if (plan->bench->bench->benchmark->is_cold && process_succeeded(result) &&
        cool_down(runner, plan, result, err) < 0)
        return -1;
    return process_succeeded(result) ? run_command(runner, plan, result, err) : 0;
}

/* A hook that fails stands for the run. The teardown follows on every run that was begun,
 * also where that failed, or was interrupted. */
static int run_side(struct side_runner *runner,
                    const struct run_plan *plan,
                    struct process_result *result,
                    struct error *err)
{
    struct hook_plan teardown = { .name = "teardown",
                                  .commands = &plan->bench->bench->benchmark->teardown };
    struct process_result after;
    struct error ignored = { 0 };
    runner->told = (struct side_told){ 0 };
    if (set_up_and_run(runner, plan, result, err) < 0) {
        teardown.is_cleanup = true;
        (void)!run_hook(runner, plan, &teardown, &after, &ignored);
        return -1;
    }
    if (run_hook(runner, plan, &teardown, &after, err) < 0)
        return -1;
    if (process_succeeded(result) && !process_succeeded(&after))
        *result = after;
    return 0;
}

int side_runner_once(struct side_runner *runner,
                     const struct side_bench *bench,
                     enum side side,
                     const struct run_output *output,
                     struct process_result *result,
                     struct error *err)
{
    str_reset(&runner->hooks.failure);
    str_reset(&runner->unreadable);
    struct run_plan plan = {
        .bench = bench,
        .side = side,
        .environment = runner->environment,
        .stdout_path = output->stdout_path,
        .stderr_path = output->stderr_path,
        .cpu = PROCESS_ANY_CPU,
    };
    if (run_side(runner, &plan, result, err) < 0)
        return -1;
    if (bench->bench->benchmark->format && process_succeeded(result))
        side_output_read(&runner->outputs[side], bench->bench->benchmark, side);
    return 0;
}

/* The environment with the padding variable, whose length moves the stack: where it
 * happens to lie can cost percents, and should differ from pair to pair, not from side to
 * side. */
static void
pad(const struct strvec *environment, uint32_t padding_bytes, struct strvec *padded)
{
    strvec_push_all(padded, environment);
    AUTO_FREE char *filler = xcalloc(padding_bytes + 1, 1);
    memset(filler, 'x', padding_bytes);
    strvec_pushf(padded, "PAWL_PADDING=%s", filler);
}

static int64_t now_ns(struct bench_runner *self)
{
    (void)self;
    return clock_now_ns();
}

static int64_t own_ns(const struct side_runner *runner)
{
    int64_t own_ns = spawner_cpu_ns(runner->hooks.spawner);
    return runner->second ? own_ns + spawner_cpu_ns(runner->second) : own_ns;
}

/* Both at once, each from a spawner of its own: whoever is started first gets the first.
 * Each has the CPU for about half of the time, so the limit is twice as long. */
static int run_together(struct side_runner *runner,
                        const struct run_plan *common,
                        struct pair *pair,
                        struct error *err)
{
    const enum side first = pair->head_ran_first ? SIDE_HEAD : SIDE_BASE;
    const enum side sides[] = { first, first == SIDE_HEAD ? SIDE_BASE : SIDE_HEAD };
    AUTO_SIDE_COMMAND struct side_command one = { 0 };
    AUTO_SIDE_COMMAND struct side_command other = { 0 };
    struct side_command *commands[] = { &one, &other };
    struct process_spec specs[SIDE_COUNT];
    if (!runner->second)
        runner->second = spawner_open(err);
    if (!runner->second)
        return -1;
    for (int i = 0; i < SIDE_COUNT; i++) {
        struct run_plan plan = *common;
        plan.side = sides[i];
        if (make_command(&plan, commands[i], &specs[i], err) < 0)
            return -1;
        specs[i].timeout_ns *= 2;
    }
    return process_run_together(
        &(struct process_one){ runner->hooks.spawner, &specs[0], &pair->sides[sides[0]] },
        &(struct process_one){ runner->second, &specs[1], &pair->sides[sides[1]] }, err);
}

/* Of both {work}. */
static uint64_t stamp_work(const struct side_bench *bench)
{
    return tree_stamp(bench->places[SIDE_BASE].scratch) ^
           3 * tree_stamp(bench->places[SIDE_HEAD].scratch);
}

static int run_apart(struct side_runner *runner,
                     struct run_plan *plan,
                     struct pair *pair,
                     const char *const stdout_paths[SIDE_COUNT],
                     struct error *err)
{
    for (int turn = 0; turn < SIDE_COUNT; turn++) {
        bool is_head = (turn == 0) == pair->head_ran_first;
        plan->side = is_head ? SIDE_HEAD : SIDE_BASE;
        plan->stdout_path = stdout_paths[plan->side];
        plan->readings = &pair->readings[plan->side];
        if (plan->stdout_path)
            (void)truncate(plan->stdout_path, 0); /* runs append; not there yet is fine */
        if (run_side(runner, plan, &pair->sides[plan->side], err) < 0)
            return -1;
        if (plan->counting == COUNTING_NONE)
            pair->readings[plan->side] = runner->told.readings;
    }
    return 0;
}

/* Of runs one after the other it is noted, where it matters, whether they left something
 * in {work}. */
static int run_both(struct side_runner *runner,
                    struct run_plan *plan,
                    struct pair *pair,
                    const char *const stdout_paths[SIDE_COUNT],
                    struct error *err)
{
    const struct side_bench *bench = plan->bench;
    bool is_asked =
        pair->is_warmup && side_pairing(bench->bench->benchmark) == PAIRING_AUTO;
    uint64_t before = is_asked ? stamp_work(bench) : 0;
    if (pair->is_together)
        return run_together(runner, plan, pair, err);
    if (run_apart(runner, plan, pair, stdout_paths, err) < 0)
        return -1;
    pair->wrote_files = is_asked && stamp_work(bench) != before;
    return 0;
}

/* What a harness prints is read, where it has no file for that. */
static bool keeps_output_of(const struct benchmark *benchmark)
{
    return benchmark->output == OUTPUT_FILE || side_told_is_printed(benchmark) ||
           (benchmark->format && !benchmark->results_path);
}

static bool both_succeeded(const struct pair *pair)
{
    return process_succeeded(&pair->sides[SIDE_BASE]) &&
           process_succeeded(&pair->sides[SIDE_HEAD]);
}

static void read_outputs(struct side_runner *runner, const struct benchmark *benchmark)
{
    for (enum side side = 0; side < SIDE_COUNT; side++)
        side_output_read(&runner->outputs[side], benchmark, side);
}

/* The figures of the bench's name; a pair that lacks them on a side is none. */
static void
fill_readings(struct side_runner *runner, const struct bench *bench, struct pair *pair)
{
    pair->discard = runner->surroundings;
    str_reset(&runner->unreadable);
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        pair->readings[side] = (struct readings){ 0 };
        AUTO_FREE char *failure =
            harness_fill(&runner->outputs[side].run, side, bench->printed_name,
                         bench->metrics, &pair->readings[side]);
        if (!failure)
            continue;
        pair->discard = DISCARD_UNREADABLE;
        str_reset(&runner->unreadable); /* one sentence is enough */
        str_add(&runner->unreadable, failure);
    }
}

static int
run_pair(struct bench_runner *self, size_t index, struct pair *pair, struct error *err)
{
    struct side_runner *runner = (struct side_runner *)self;
    const struct side_bench *bench = &runner->benches[index];
    AUTO_STRVEC struct strvec environment = { 0 };
    str_reset(&runner->hooks.failure);
    str_reset(&runner->unreadable);
    pad(runner->environment, pair->padding_bytes, &environment);

    bool keeps_output = keeps_output_of(bench->bench->benchmark);
    AUTO_FREE char *base_out = path_join(bench->places[SIDE_BASE].scratch, "stdout");
    AUTO_FREE char *head_out = path_join(bench->places[SIDE_HEAD].scratch, "stdout");
    const char *const stdout_paths[SIDE_COUNT] = {
        [SIDE_BASE] = keeps_output ? base_out : NULL,
        [SIDE_HEAD] = keeps_output ? head_out : NULL,
    };
    struct run_plan plan = {
        .bench = bench,
        .environment = &environment,
        .cpu = pair->is_pinned ? runner->cpu : PROCESS_ANY_CPU,
        .counting = bench->counting,
    };

    if (plan.counting != COUNTING_NONE) /* counts do not hang on time */
        return run_both(runner, &plan, pair, stdout_paths, err);
    pair_watch_begin(&runner->watch, plan.cpu, own_ns(runner));
    if (run_both(runner, &plan, pair, stdout_paths, err) < 0)
        return -1;
    pair_watch_end(&runner->watch, plan.cpu, own_ns(runner), pair);
    runner->surroundings = pair->discard;
    if (bench->bench->benchmark->format && both_succeeded(pair)) {
        read_outputs(runner, bench->bench->benchmark);
        fill_readings(runner, bench->bench, pair);
    }
    return 0;
}

/* The outputs have been read for the first of the group. */
static void share_pair(struct bench_runner *self, size_t index, struct pair *pair)
{
    struct side_runner *runner = (struct side_runner *)self;
    if (both_succeeded(pair))
        fill_readings(runner, runner->benches[index].bench, pair);
}

static const char *failure(struct bench_runner *self)
{
    return side_runner_failure((const struct side_runner *)self);
}

void side_runner_init(struct side_runner *runner)
{
    runner->runner = (struct bench_runner){ .run_pair = run_pair,
                                            .share_pair = share_pair,
                                            .failure = failure,
                                            .now_ns = now_ns };
}

const char *side_runner_failure(const struct side_runner *runner)
{
    const struct str *failure =
        runner->unreadable.length ? &runner->unreadable : &runner->hooks.failure;
    return failure->length ? failure->data : NULL;
}

void side_runner_clear(struct side_runner *runner)
{
    hook_runner_clear(&runner->hooks);
    str_clear(&runner->unreadable);
    for (enum side side = 0; side < SIDE_COUNT; side++)
        side_output_clear(&runner->outputs[side]);
    spawner_release(&runner->second);
}

enum pairing side_pairing(const struct benchmark *benchmark)
{
    if (benchmark->pairing == PAIRING_AUTO && benchmark_obstacle_to_pairing(benchmark))
        return PAIRING_APART;
    return benchmark->pairing;
}
