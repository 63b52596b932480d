#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/experiment/experiment.h"
#include "tests/support/check.h"
#include "tests/support/scripted.h"

static const struct margin cpu_only[METRIC_COUNT] = {
    [METRIC_CPU] = { .is_gated = true, .share = 0.02 },
};
static const struct margin cpu_and_memory[METRIC_COUNT] = {
    [METRIC_CPU] = { .is_gated = true, .share = 0.02 },
    [METRIC_PEAK_RSS] = { .is_gated = true, .share = 0.02 },
};
static const struct margin nothing[METRIC_COUNT] = { { 0 } };

static int setup(void **state)
{
    const struct experiment_options options = scripted_options();
    struct experiment *experiment = xcalloc(1, sizeof *experiment);
    experiment_init(experiment, &options);
    *state = experiment;
    return 0;
}

static int teardown(void **state)
{
    experiment_clear(*state);
    free(*state);
    return 0;
}

/* The next pair, run on equal sides of 1 s. */
static struct pair step(struct experiment *experiment)
{
    struct order order;
    struct pair ran = scripted_pair(0.1, 0.1);
    assert_true(experiment_next(experiment, 0, &order));
    order.pair.sides[SIDE_BASE] = ran.sides[SIDE_BASE];
    order.pair.sides[SIDE_HEAD] = ran.sides[SIDE_HEAD];
    experiment_record(experiment, order.trial, &order.pair);
    return order.pair;
}

static void nothing_to_measure_needs_no_pair(void **state)
{
    struct experiment *experiment = *state;
    struct order order;

    assert_false(experiment_next(experiment, 0, &order));
    assert_false(experiment->is_budget_spent);
    experiment_finish(experiment);
}

static void there_is_one_warm_up_at_least(void **state)
{
    struct experiment *experiment = *state;
    struct experiment_options options = scripted_options();
    options.warmup_pairs = 0;
    experiment_init(experiment, &options);
    experiment_add(experiment, "a", cpu_only);

    assert_true(step(experiment).is_warmup);
    assert_false(step(experiment).is_warmup);
}

static void warm_ups_come_first(void **state)
{
    struct experiment *experiment = *state;
    experiment->options.warmup_pairs = 3;
    experiment_add(experiment, "a", cpu_only);

    for (size_t i = 0; i < 8; i++) {
        struct pair pair = step(experiment);
        assert_int_equal(pair.is_warmup, i < 3);
        assert_int_equal(pair.number, i);
        assert_int_equal(pair.position, i);
    }
}

static void asking_twice_gives_the_same_order(void **state)
{
    struct experiment *experiment = *state;
    struct order first;
    struct order second;
    experiment_add(experiment, "a", cpu_only);
    experiment_add(experiment, "b", cpu_only);

    assert_true(experiment_next(experiment, 0, &first));
    assert_true(experiment_next(experiment, 5, &second));

    assert_int_equal(first.trial, second.trial);
    assert_int_equal(first.pair.padding_bytes, second.pair.padding_bytes);
    assert_int_equal(first.pair.head_ran_first, second.pair.head_ran_first);
}

/* The draws of a bench hang on its name, not on the benches beside it. */
static void draws_do_not_depend_on_other_benches(void **state)
{
    struct experiment *experiment = *state;
    const struct experiment_options options = scripted_options();
    struct pair alone[9];

    experiment_add(experiment, "a", cpu_only);
    for (size_t i = 0; i < 9; i++)
        alone[i] = step(experiment);
    experiment_clear(experiment);
    experiment_init(experiment, &options);
    experiment_add(experiment, "z", cpu_only);
    experiment_add(experiment, "a", cpu_only);
    for (size_t i = 0; i < 18; i++)
        step(experiment);

    const struct pairs *pairs = &experiment->trials.items[1].pairs;
    assert_int_equal(pairs->count, 9);
    for (size_t i = 0; i < 9; i++) {
        assert_int_equal(pairs->items[i].head_ran_first, alone[i].head_ran_first);
        assert_int_equal(pairs->items[i].padding_bytes, alone[i].padding_bytes);
    }
}

static void the_false_alarm_rate_is_shared_by_rows_and_the_miss_rate_is_not(void **state)
{
    struct experiment *experiment = *state;
    experiment_add(experiment, "a", cpu_only);
    experiment_add(experiment, "b", cpu_and_memory);
    experiment_add(experiment, "c", cpu_and_memory);
    experiment_add(experiment, "d", nothing);

    assert_int_equal(experiment_rows(experiment), 5);
    assert_close(experiment_row_errors(experiment, FAMILY_GATE).false_alarm, 0.002,
                 1e-15);
    assert_close(experiment_row_errors(experiment, FAMILY_GATE).miss, 0.05, 0);
}

static void each_family_shares_its_own_false_alarm_rate(void **state)
{
    struct experiment *experiment = *state;
    experiment_add(experiment, "a", cpu_only);
    experiment_add(experiment, "b", cpu_and_memory);
    experiment_add_to(experiment, FAMILY_CONTROL, "control: a", cpu_only);

    double of_gate = experiment_row_errors(experiment, FAMILY_GATE).false_alarm;
    double of_control = experiment_row_errors(experiment, FAMILY_CONTROL).false_alarm;

    assert_int_equal(experiment_rows(experiment), 4);
    assert_close(of_gate, 0.01 / 3, 1e-15);
    assert_close(of_control, 0.01, 1e-15);
    assert_true(experiment->trials.items[2].plan.family == FAMILY_CONTROL);
}

static void a_spent_budget_ends_the_experiment(void **state)
{
    struct experiment *experiment = *state;
    struct order order;
    int64_t budget_ns = experiment->options.budget_ns;
    experiment_add(experiment, "a", cpu_only);

    assert_true(experiment_next(experiment, budget_ns - 1, &order));
    assert_false(experiment_next(experiment, budget_ns, &order));
    assert_true(experiment->is_budget_spent);
}

static void a_budget_that_was_enough_is_not_spent(void **state)
{
    struct experiment *experiment = *state;
    struct order order;
    experiment_add(experiment, "a", cpu_only);

    for (size_t i = 0; i < 9; i++)
        step(experiment);

    assert_false(experiment_next(experiment, experiment->options.budget_ns, &order));
    assert_false(experiment->is_budget_spent);
}

/* Pinning waits for the warm-up to say that there is one busy thread. */
static void busy_benches_are_pinned_after_the_warm_up(void **state)
{
    struct experiment *experiment = *state;
    experiment->options.may_pin = true;
    experiment_add(experiment, "a", cpu_only);

    assert_false(step(experiment).is_pinned);
    assert_true(step(experiment).is_pinned);
}

static void nothing_is_pinned_unasked(void **state)
{
    struct experiment *experiment = *state;
    experiment_add(experiment, "a", cpu_only);

    step(experiment);
    assert_false(step(experiment).is_pinned);
}

/* Shown, not judged: it gets the pairs of a first look and is done. */
static void a_bench_without_gated_metrics_gets_one_look(void **state)
{
    struct experiment *experiment = *state;
    struct order order;
    experiment_add(experiment, "a", nothing);

    for (size_t i = 0; i < 9; i++)
        step(experiment);

    assert_false(experiment_next(experiment, 0, &order));
    assert_int_equal(experiment->trials.items[0].state, TRIAL_DECIDED);
}

static void a_single_pair_may_be_the_budget_of_a_bench(void **state)
{
    struct experiment *experiment = *state;
    struct order order;
    experiment->options.max_pairs = 1;
    experiment_add(experiment, "a", cpu_only);

    step(experiment);
    step(experiment);

    assert_false(experiment_next(experiment, 0, &order));
    assert_int_equal(experiment->trials.items[0].state, TRIAL_SPENT);
}

static void finishing_twice_is_finishing_once(void **state)
{
    struct experiment *experiment = *state;
    experiment_add(experiment, "a", cpu_only);
    for (size_t i = 0; i < 6; i++)
        step(experiment);

    experiment_finish(experiment);
    struct sequential first = experiment->trials.items[0].rows[0].tests;
    experiment_finish(experiment);
    const struct sequential *second = &experiment->trials.items[0].rows[0].tests;

    assert_int_equal(first.seen, 5);
    assert_int_equal(second->seen, 5);
    assert_close(second->p_ok, first.p_ok, 0);
}

int main(void)
{
#define EXPERIMENT(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        EXPERIMENT(nothing_to_measure_needs_no_pair),
        EXPERIMENT(there_is_one_warm_up_at_least),
        EXPERIMENT(warm_ups_come_first),
        EXPERIMENT(asking_twice_gives_the_same_order),
        EXPERIMENT(draws_do_not_depend_on_other_benches),
        EXPERIMENT(the_false_alarm_rate_is_shared_by_rows_and_the_miss_rate_is_not),
        EXPERIMENT(each_family_shares_its_own_false_alarm_rate),
        EXPERIMENT(a_spent_budget_ends_the_experiment),
        EXPERIMENT(a_budget_that_was_enough_is_not_spent),
        EXPERIMENT(busy_benches_are_pinned_after_the_warm_up),
        EXPERIMENT(nothing_is_pinned_unasked),
        EXPERIMENT(a_bench_without_gated_metrics_gets_one_look),
        EXPERIMENT(a_single_pair_may_be_the_budget_of_a_bench),
        EXPERIMENT(finishing_twice_is_finishing_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
