#include "tests/support/scripted.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/experiment/journal.h"
#include "gate/verdict/goals.h"
#include "gate/verdict/judge.h"
#include "tests/support/check.h"

static const struct margin time_margins[METRIC_COUNT] = {
    [METRIC_WALL] = { .is_gated = true, .share = 0.02 },
    [METRIC_CPU] = { .is_gated = true, .share = 0.02 },
};

static struct process_result run_of(double wall_s, double waiting, double rss_bytes)
{
    return (struct process_result){
        .end = PROCESS_EXITED,
        .wall_ns = llround(wall_s * 1e9),
        .user_ns = llround(wall_s * (1 - waiting) * 1e9),
        .peak_rss_bytes = llround(rss_bytes),
    };
}

struct pair scripted_pair(double base_s, double head_s)
{
    return (struct pair){ .sides = {
                              [SIDE_BASE] = run_of(base_s, 0, 10 << 20),
                              [SIDE_HEAD] = run_of(head_s, 0, 10 << 20),
                          } };
}

void scripted_assert_same_run(const struct process_result *a,
                              const struct process_result *b)
{
    assert_int_equal(a->end, b->end);
    assert_int_equal(a->exit_code, b->exit_code);
    assert_int_equal(a->signal_number, b->signal_number);
    assert_int_equal(a->start_errno, b->start_errno);
    assert_int_equal(a->start_step, b->start_step);
    assert_int_equal(a->wall_ns, b->wall_ns);
    assert_int_equal(a->user_ns, b->user_ns);
    assert_int_equal(a->system_ns, b->system_ns);
    assert_int_equal(a->peak_rss_bytes, b->peak_rss_bytes);
    assert_int_equal(a->minor_faults, b->minor_faults);
    assert_int_equal(a->major_faults, b->major_faults);
    assert_int_equal(a->voluntary_switches, b->voluntary_switches);
    assert_int_equal(a->involuntary_switches, b->involuntary_switches);
}

/* Between 0 and 1, neither of them. */
static double uniform(uint64_t seed, uint64_t stream, uint64_t index)
{
    return ((double)(random_at(seed, stream, index) >> 11) + 0.5) * 0x1p-53;
}

/* Standard normal, after Box and Muller. */
static double normal(uint64_t seed, uint64_t stream, uint64_t index)
{
    double radius = sqrt(-2 * log(uniform(seed, stream, 2 * index)));
    return radius * cos(2 * M_PI * uniform(seed, stream, 2 * index + 1));
}

static void fail_side(const struct script *script, struct pair *pair)
{
    if (script->fails_at && pair->number + 1 == script->fails_at)
        pair->sides[script->failing_side] = script->failure;
}

void scripted_run(const struct script *script,
                  uint64_t seed,
                  uint64_t stream,
                  struct pair *pair)
{
    uint64_t number = pair->number;
    double wall_s = script->wall_s > 0 ? script->wall_s : 0.1;
    double base_log = log(wall_s) + script->drift_sd * normal(seed, stream, 2 * number);
    double head_log = base_log + log1p(script->change) +
                      script->noise_sd * normal(seed, stream, 2 * number + 1);
    if (pair->head_ran_first)
        base_log += script->second_log;
    else
        head_log += script->second_log;
    double rss_bytes = 10 << 20;

    pair->sides[SIDE_BASE] = run_of(exp(base_log), script->waiting, rss_bytes);
    pair->sides[SIDE_HEAD] =
        run_of(exp(head_log), script->waiting, rss_bytes * (1 + script->memory_change));
    fail_side(script, pair);
    bool is_disturbed = script->disturbed_every && number % script->disturbed_every == 0;
    pair->discard = is_disturbed ? DISCARD_STEAL : DISCARD_NONE;
}

struct experiment_options scripted_options(void)
{
    return (struct experiment_options){
        .seed = 1,
        .false_alarm = 0.01,
        .miss = 0.05,
        .budget_ns = INT64_C(3600000000000),
        .max_pairs = 135,
        .warmup_pairs = 1,
    };
}

static void make_bench(struct scripted_gate *gate, size_t i)
{
    const struct script *script = &gate->scripts[i];
    struct benchmark *benchmark = &gate->benchmarks[i];
    const struct margin *margins = script->margins ? script->margins : time_margins;

    benchmark->name = str_format("b%zu", i);
    benchmark->run.text = str_format("run-b%zu", i);
    benchmark->timeout_ns = 2000000000;
    for (size_t m = 0; m < METRIC_COUNT; m++)
        benchmark->margins[m] = margins[m];
    if (script->goal_count)
        benchmark->goals = xcalloc(script->goal_count, sizeof *benchmark->goals);
    for (size_t g = 0; g < script->goal_count; g++)
        benchmark->goals[g] = script->goals[g];
    benchmark->goal_count = script->goal_count;
    gate->benches[i] = (struct bench){ .suite = &gate->suite,
                                       .benchmark = benchmark,
                                       .id = xstrdup(benchmark->name) };
}

void scripted_gate_open(struct scripted_gate *gate,
                        const struct script *scripts,
                        size_t count,
                        const struct experiment_options *options)
{
    *gate = (struct scripted_gate){ .scripts = scripts,
                                    .count = count,
                                    .noise_seed = 7,
                                    .suite = { .name = xstrdup("scripts") } };
    gate->benchmarks = xcalloc(count, sizeof *gate->benchmarks);
    gate->benches = xcalloc(count, sizeof *gate->benches);
    experiment_init(&gate->experiment, options);
    for (size_t i = 0; i < count; i++) {
        make_bench(gate, i);
        experiment_add(&gate->experiment, gate->benches[i].id,
                       gate->benchmarks[i].margins);
    }
}

void scripted_gate_close(struct scripted_gate *gate)
{
    for (size_t i = 0; i < gate->count; i++) {
        free(gate->benchmarks[i].name);
        free(gate->benchmarks[i].run.text);
        free(gate->benchmarks[i].goals);
        free(gate->benches[i].id);
    }
    free(gate->benchmarks);
    free(gate->benches);
    free(gate->suite.name);
    array_clear(&gate->turns);
    experiment_clear(&gate->experiment);
    result_clear(&gate->result);
}

static void
carry_out(struct scripted_gate *gate, struct journal *journal, struct order *order)
{
    const struct bench *bench = &gate->benches[order->trial];
    struct pair *pair = &order->pair;
    struct error err = { 0 };

    if (journal && journal_replay(journal, bench->id, pair)) {
        gate->elapsed_ns = journal->replayed_ns;
        return;
    }
    scripted_run(&gate->scripts[order->trial], gate->noise_seed, order->trial, pair);
    gate->elapsed_ns += pair->sides[SIDE_BASE].wall_ns + pair->sides[SIDE_HEAD].wall_ns;
    gate->measured_count++;
    const struct journal_record record = { .bench_id = bench->id,
                                           .pair = pair,
                                           .elapsed_ns = gate->elapsed_ns };
    if (journal && journal_append(journal, &record, &err) < 0)
        fail_msg("%s", err.message);
}

bool scripted_gate_measure(struct scripted_gate *gate,
                           struct journal *journal,
                           size_t limit)
{
    struct order order;
    while (experiment_next(&gate->experiment, gate->elapsed_ns, &order)) {
        if (gate->measured_count >= limit)
            return false;
        carry_out(gate, journal, &order);
        *array_push(&gate->turns) = order.trial;
        experiment_record(&gate->experiment, order.trial, &order.pair);
    }
    experiment_finish(&gate->experiment);
    return true;
}

void scripted_gate_judge(struct scripted_gate *gate, bool fails_on_inconclusive)
{
    struct judge_policy policy = { .fails_on_inconclusive = fails_on_inconclusive };
    for (size_t i = 0; i < gate->count; i++) {
        const struct trial *trial = &gate->experiment.trials.items[i];
        judge_trial(&gate->experiment, trial, &gate->benches[i], &gate->result);
        goals_judge(trial, &gate->benches[i], &gate->result);
    }
    judge_rows(&gate->experiment, &gate->result);
    judge_gate(&policy, &gate->result);
}

void scripted_gate_run(struct scripted_gate *gate,
                       const struct script *scripts,
                       size_t count,
                       const struct experiment_options *options)
{
    scripted_gate_open(gate, scripts, count, options);
    scripted_gate_measure(gate, NULL, NO_LIMIT);
    scripted_gate_judge(gate, false);
}

const struct row *scripted_row(const struct scripted_gate *gate, size_t i)
{
    for (size_t r = 0; r < gate->result.rows.count; r++) {
        const struct row *row = &gate->result.rows.items[r];
        if (row->is_judged && str_equal(row->bench_id, gate->benches[i].id))
            return row;
    }
    fail_msg("no judged row of bench %zu", i);
    abort();
}

enum {
    GATES = 2
};

int scripted_setup(void **state)
{
    *state = xcalloc(GATES, sizeof(struct scripted_gate));
    return 0;
}

int scripted_teardown(void **state)
{
    struct scripted_gate *gates = *state;
    for (size_t i = 0; i < GATES; i++)
        scripted_gate_close(&gates[i]);
    free(gates);
    return 0;
}
