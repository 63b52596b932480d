#include <math.h>
#include <string.h>

#include "gate/base/array.h"
#include "gate/experiment/rounds.h"
#include "gate/stats/robust.h"
#include "tests/support/check.h"
#include "tests/support/scripted.h"

/* All rounds of a scripted gate: each run is a pair of itself, and takes its wall time.
 */
static void run_rounds(struct scripted_gate *gate)
{
    AUTO_ROUNDS struct rounds rounds = { .experiment = &gate->experiment };
    struct order order;
    while (rounds_next(&rounds, gate->elapsed_ns, &order)) {
        struct pair *pair = &order.pair;
        scripted_run(&gate->scripts[order.trial], gate->noise_seed, order.trial, pair);
        pair->sides[SIDE_BASE] = pair->sides[SIDE_HEAD];
        gate->elapsed_ns += pair->sides[SIDE_HEAD].wall_ns;
        *array_push(&gate->turns) = order.trial;
        rounds_record(&rounds, order.trial, pair);
    }
}

static void open_and_run(struct scripted_gate *gate,
                         const struct script *scripts,
                         size_t count,
                         const struct experiment_options *options)
{
    scripted_gate_open(gate, scripts, count, options);
    run_rounds(gate);
}

static const struct trial *trial_of(const struct scripted_gate *gate, size_t i)
{
    return &gate->experiment.trials.items[i];
}

static void quiet_bench_runs_ten_times_after_its_warm_up(void **state)
{
    struct scripted_gate *gate = *state;
    static const struct script quiet = { .drift_sd = 1e-6 };
    struct experiment_options options = scripted_options();
    open_and_run(gate, &quiet, 1, &options);
    assert_int_equal(trial_of(gate, 0)->counted, ROUNDS_LEAST_RUNS);
    assert_int_equal(trial_of(gate, 0)->warmup_count, 1);
    assert_int_equal(trial_of(gate, 0)->state, TRIAL_DECIDED);
}

/* The share of its median that the 95 % interval is wide after so many runs. */
static double width_after(const struct trial *trial, size_t count)
{
    double values[200];
    assert_true(trial->pairs.count <= 200);
    pairs_values(&trial->pairs, SIDE_HEAD, METRIC_CPU, values);
    struct interval interval = robust_median_interval(values, count, 0.95);
    return (interval.high - interval.low) / robust_median(values, count);
}

static void noisy_bench_runs_until_its_median_is_known_to_half_its_margin(void **state)
{
    struct scripted_gate *gate = *state;
    static const struct script noisy = { .drift_sd = 0.02 };
    struct experiment_options options = scripted_options();
    open_and_run(gate, &noisy, 1, &options);
    const struct trial *trial = trial_of(gate, 0);
    assert_int_equal(trial->state, TRIAL_DECIDED);
    assert_true(trial->counted > ROUNDS_LEAST_RUNS);
    assert_true(width_after(trial, trial->counted) <= 0.01);
    assert_true(width_after(trial, trial->counted - 1) > 0.01);
}

static void hopeless_bench_stops_at_its_most_runs(void **state)
{
    struct scripted_gate *gate = *state;
    static const struct script wild = { .drift_sd = 0.5 };
    struct experiment_options options = scripted_options();
    options.max_pairs = 40;
    open_and_run(gate, &wild, 1, &options);
    assert_int_equal(trial_of(gate, 0)->counted, 40);
    assert_int_equal(trial_of(gate, 0)->state, TRIAL_SPENT);
}

static void every_round_runs_each_bench_once_in_an_order_of_its_own(void **state)
{
    enum {
        BENCHES = 5,
        ROUNDS = 11
    };
    struct scripted_gate *gate = *state;
    static const struct script quiet[BENCHES];
    struct experiment_options options = scripted_options();
    size_t same_orders = 0;
    open_and_run(gate, quiet, BENCHES, &options);
    assert_int_equal(gate->turns.count, BENCHES * ROUNDS);
    for (size_t r = 0; r < ROUNDS; r++) {
        const size_t *round = &gate->turns.items[r * BENCHES];
        unsigned seen = 0;
        for (size_t i = 0; i < BENCHES; i++)
            seen |= 1U << round[i];
        assert_int_equal(seen, (1U << BENCHES) - 1);
        same_orders += r && !memcmp(round, round - BENCHES, BENCHES * sizeof *round);
    }
    assert_true(same_orders < 3);
}

static void known_bench_leaves_the_later_rounds_to_the_others(void **state)
{
    struct scripted_gate *gate = *state;
    static const struct script scripts[] = { { .drift_sd = 1e-6 }, { .drift_sd = 0.02 } };
    struct experiment_options options = scripted_options();
    open_and_run(gate, scripts, 2, &options);
    assert_int_equal(trial_of(gate, 0)->counted, ROUNDS_LEAST_RUNS);
    assert_true(trial_of(gate, 1)->counted > ROUNDS_LEAST_RUNS);
}

static void budget_ends_the_rounds(void **state)
{
    struct scripted_gate *gate = *state;
    static const struct script scripts[2];
    struct experiment_options options = scripted_options();
    options.budget_ns = INT64_C(650000000); /* of runs of 100 ms each */
    open_and_run(gate, scripts, 2, &options);
    assert_int_equal(gate->turns.count, 7);
    assert_true(gate->experiment.is_budget_spent);
    assert_int_equal(trial_of(gate, 0)->state, TRIAL_OPEN);
}

static void failure_takes_its_bench_out_and_leaves_the_others(void **state)
{
    struct scripted_gate *gate = *state;
    static const struct script scripts[] = {
        { .fails_at = 3,
          .failing_side = SIDE_HEAD,
          .failure = { .end = PROCESS_EXITED, .exit_code = 2 } },
        { .drift_sd = 1e-6 },
    };
    struct experiment_options options = scripted_options();
    open_and_run(gate, scripts, 2, &options);
    assert_int_equal(trial_of(gate, 0)->state, TRIAL_FAILED);
    assert_int_equal(trial_of(gate, 0)->pairs.count, 3);
    assert_int_equal(trial_of(gate, 1)->state, TRIAL_DECIDED);
}

static void bench_without_margins_runs_ten_times(void **state)
{
    struct scripted_gate *gate = *state;
    static const struct margin none[METRIC_COUNT];
    static const struct script wild = { .margins = none, .drift_sd = 0.5 };
    struct experiment_options options = scripted_options();
    open_and_run(gate, &wild, 1, &options);
    assert_int_equal(trial_of(gate, 0)->counted, ROUNDS_LEAST_RUNS);
}

/* A floor of 10 ms on runs of 100 ms allows what a share of 2 % would not. */
static void floor_counts_where_it_is_larger(void **state)
{
    struct scripted_gate *gate = *state;
    static const struct margin margins[METRIC_COUNT] = {
        [METRIC_CPU] = { .is_gated = true, .share = 0.02, .floor = 0.1 },
    };
    static const struct script noisy = { .margins = margins, .drift_sd = 0.02 };
    struct experiment_options options = scripted_options();
    open_and_run(gate, &noisy, 1, &options);
    assert_int_equal(trial_of(gate, 0)->counted, ROUNDS_LEAST_RUNS);
}

static void disturbed_runs_do_not_count(void **state)
{
    struct scripted_gate *gate = *state;
    static const struct script disturbed = { .disturbed_every = 4 };
    struct experiment_options options = scripted_options();
    open_and_run(gate, &disturbed, 1, &options);
    assert_int_equal(trial_of(gate, 0)->counted, ROUNDS_LEAST_RUNS);
    assert_true(trial_of(gate, 0)->discarded >= 2);
}

/* One trial of a plan, whose runs tell so many instructions, one after the other. */
static size_t runs_of_counts(struct experiment *experiment,
                             enum counting counting,
                             const double *counts)
{
    static const struct margin margins[METRIC_COUNT] = {
        [METRIC_INSTRUCTIONS] = { .is_gated = true, .share = 0.002 },
    };
    const struct trial_plan plan = { .id = "b",
                                     .margins = margins,
                                     .metrics = METRIC_BIT(METRIC_INSTRUCTIONS),
                                     .counting = counting };
    AUTO_ROUNDS struct rounds rounds = { .experiment = experiment };
    struct order order;
    size_t runs = 0;
    experiment_add_plan(experiment, &plan);
    while (rounds_next(&rounds, 0, &order)) {
        struct pair pair = scripted_pair(0.1, 0.1);
        for (enum side side = 0; side < SIDE_COUNT; side++)
            readings_set(&pair.readings[side], METRIC_INSTRUCTIONS, counts[runs % 12]);
        pair.number = order.pair.number;
        runs++;
        rounds_record(&rounds, order.trial, &pair);
    }
    return runs;
}

static void counts_that_repeat_take_two_runs(void **state)
{
    static const double same[12] = { 1e6, 1e6, 1e6, 1e6, 1e6, 1e6,
                                     1e6, 1e6, 1e6, 1e6, 1e6, 1e6 };
    static const double wander[12] = { 1e6,      1.001e6, 1e6,      1.001e6,
                                       1.0003e6, 1e6,     1.0002e6, 1.0001e6,
                                       1.0002e6, 1e6,     1.001e6,  1e6 };
    struct experiment_options options = scripted_options();
    AUTO(experiment_clear) struct experiment exact;
    AUTO(experiment_clear) struct experiment noisy;
    (void)state;
    options.max_pairs = 20;
    experiment_init(&exact, &options);
    experiment_init(&noisy, &options);
    assert_int_equal(runs_of_counts(&exact, COUNTING_CALLGRIND, same), 2);
    assert_true(runs_of_counts(&noisy, COUNTING_CALLGRIND, wander) >= ROUNDS_LEAST_RUNS);
}

static void names_of_one_harness_are_run_once_a_round(void **state)
{
    static const struct margin none[METRIC_COUNT];
    struct experiment_options options = scripted_options();
    AUTO(experiment_clear) struct experiment experiment;
    AUTO_ROUNDS struct rounds rounds = { .experiment = &experiment };
    struct order order;
    size_t runs = 0;
    (void)state;
    experiment_init(&experiment, &options);
    for (int i = 0; i < 3; i++) {
        const struct trial_plan plan = { .id = i == 0   ? "h/a"
                                               : i == 1 ? "h/b"
                                                        : "h/c",
                                         .margins = none,
                                         .metrics = METRIC_BIT(METRIC_VALUE),
                                         .group = "h" };
        experiment_add_plan(&experiment, &plan);
    }
    for (; rounds_next(&rounds, 0, &order); runs++) {
        struct pair pair = scripted_pair(0.1, 0.1);
        pair.is_warmup = order.pair.is_warmup;
        rounds_record(&rounds, order.trial, &pair);
        for (size_t i = 0; i < 3; i++)
            if (experiment_runs_along(&experiment, order.trial, i))
                rounds_record(&rounds, i, &pair);
    }
    assert_int_equal(runs, ROUNDS_LEAST_RUNS + 1);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(experiment.trials.items[i].counted, ROUNDS_LEAST_RUNS);
}

#define WITH_GATE(test) \
    cmocka_unit_test_setup_teardown(test, scripted_setup, scripted_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_GATE(quiet_bench_runs_ten_times_after_its_warm_up),
        WITH_GATE(noisy_bench_runs_until_its_median_is_known_to_half_its_margin),
        WITH_GATE(hopeless_bench_stops_at_its_most_runs),
        WITH_GATE(every_round_runs_each_bench_once_in_an_order_of_its_own),
        WITH_GATE(known_bench_leaves_the_later_rounds_to_the_others),
        WITH_GATE(budget_ends_the_rounds),
        WITH_GATE(failure_takes_its_bench_out_and_leaves_the_others),
        WITH_GATE(bench_without_margins_runs_ten_times),
        WITH_GATE(floor_counts_where_it_is_larger),
        WITH_GATE(disturbed_runs_do_not_count),
        cmocka_unit_test(counts_that_repeat_take_two_runs),
        cmocka_unit_test(names_of_one_harness_are_run_once_a_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
