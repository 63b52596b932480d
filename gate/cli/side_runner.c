#include "gate/cli/side_runner.h"

#include <string.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/clock.h"
#include "gate/base/error.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/tree.h"
#include "gate/cli/side_turn.h"

int side_runner_once(struct side_runner *runner,
                     const struct side_bench *bench,
                     enum side side,
                     const struct run_output *output,
                     struct process_result *result,
                     struct error *err)
{
    str_reset(&runner->hooks.failure);
    str_reset(&runner->unreadable);
    struct readings readings = { 0 };
    struct side_turn plan = {
        .bench = bench,
        .side = side,
        .environment = runner->environment,
        .stdout_path = output->stdout_path,
        .stderr_path = output->stderr_path,
        .cpu = PROCESS_ANY_CPU,
        .counting = bench->counting,
        .readings = &readings,
    };
    if (side_turn_run(runner, &plan, result, err) < 0)
        return -1;
    if (bench->counting == COUNTING_NONE && bench->bench->benchmark->format &&
        process_succeeded(result))
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
                        const struct side_turn *common,
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
        struct side_turn plan = *common;
        plan.side = sides[i];
        if (side_turn_command(&plan, commands[i], &specs[i], err) < 0)
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
                     struct side_turn *plan,
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
        if (side_turn_run(runner, plan, &pair->sides[plan->side], err) < 0)
            return -1;
        if (plan->counting == COUNTING_NONE)
            pair->readings[plan->side] = runner->told.readings;
    }
    return 0;
}

static int run_alone(struct side_runner *runner,
                     struct side_turn *plan,
                     struct pair *pair,
                     const char *stdout_path,
                     struct error *err)
{
    plan->side = SIDE_HEAD;
    plan->stdout_path = stdout_path;
    plan->readings = &pair->readings[SIDE_HEAD];
    if (stdout_path)
        (void)truncate(stdout_path, 0); /* as above */
    if (side_turn_run(runner, plan, &pair->sides[SIDE_HEAD], err) < 0)
        return -1;
    if (plan->counting == COUNTING_NONE)
        pair->readings[SIDE_HEAD] = runner->told.readings;
    pair->sides[SIDE_BASE] = pair->sides[SIDE_HEAD];
    pair->readings[SIDE_BASE] = pair->readings[SIDE_HEAD];
    return 0;
}

/* Of runs one after the other it is noted, where it matters, whether they left something
 * in {work}. */
static int run_both(struct side_runner *runner,
                    struct side_turn *plan,
                    struct pair *pair,
                    const char *const stdout_paths[SIDE_COUNT],
                    struct error *err)
{
    const struct side_bench *bench = plan->bench;
    if (runner->is_alone)
        return run_alone(runner, plan, pair, stdout_paths[SIDE_HEAD], err);
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
    enum side first = runner->is_alone ? SIDE_HEAD : SIDE_BASE;
    for (enum side side = first; side < SIDE_COUNT; side++)
        side_output_read(&runner->outputs[side], benchmark, side);
}

const char *side_printed_name(const struct bench *bench, enum side side)
{
    return side == SIDE_BASE && bench->name_before ? bench->name_before
                                                   : bench->printed_name;
}

/* The figures of the bench's name; a pair that lacks them on a side is none. */
static void
fill_readings(struct side_runner *runner, const struct bench *bench, struct pair *pair)
{
    pair->discard = runner->surroundings;
    str_reset(&runner->unreadable);
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        enum side told = runner->is_alone ? SIDE_HEAD : side;
        pair->readings[side] = (struct readings){ 0 };
        AUTO_FREE char *failure =
            harness_fill(&runner->outputs[told].run, told, side_printed_name(bench, told),
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
    struct side_turn plan = {
        .bench = bench,
        .environment = &environment,
        .cpu = pair->is_pinned ? runner->cpu : PROCESS_ANY_CPU,
        .counting = bench->counting,
        .is_raised = runner->raises && bench->counting == COUNTING_NONE,
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
