#include <math.h>

#include "gate/base/array.h"
#include "gate/verdict/goals.h"
#include "tests/support/check.h"
#include "tests/support/scripted.h"

/* The one goal of a bench with `count` pairs, base at 0.100 s + i ms, head ten times. */
static struct goal_result
judged_by(struct scripted_gate *gate, size_t count, const struct goal_limit *by)
{
    const struct experiment_options options = scripted_options();
    const struct script script = { 0 };
    struct goal_limit limit = *by;
    struct goal goal = { .limits = &limit, .limit_count = 1 };

    scripted_gate_open(gate, &script, 1, &options);
    gate->benchmarks[0].goals = &goal;
    gate->benchmarks[0].goal_count = 1;
    struct trial *trial = &gate->experiment.trials.items[0];
    for (size_t i = 0; i < count; i++) {
        double base_s = 0.1 + 0.001 * (double)i;
        *array_push(&trial->pairs) = scripted_pair(base_s, 10 * base_s);
    }
    trial->counted = count;
    goals_judge(trial, &gate->benches[0], &gate->result);
    gate->benchmarks[0].goals = NULL;
    assert_int_equal(gate->result.goals.count, 1);
    return gate->result.goals.items[0];
}

static struct goal_result judged(struct scripted_gate *gate,
                                 size_t count,
                                 enum goal_statistic statistic,
                                 double at_most)
{
    const struct goal_limit limit = { METRIC_WALL, statistic, at_most };
    return judged_by(gate, count, &limit);
}

/* 9 runs: the 2nd smallest and the 2nd largest bound the median. */
static void a_median_is_judged_by_its_bounds(void **state)
{
    const struct goal_result goal = judged(*state, 9, GOAL_MEDIAN, 1.07);

    assert_close(goal.value, 1.04, 1e-9);
    assert_close(goal.low, 1.01, 1e-9);
    assert_close(goal.high, 1.07, 1e-9);
    assert_int_equal(goal.outcome, GOAL_MET);
    assert_string_equal(goal.label, "wall");
    assert_string_equal(goal.bench_id, "b0");
    assert_int_equal(goal.run_count, 9);
}

static void a_limit_within_the_bounds_is_open(void **state)
{
    const struct goal_result goal = judged(*state, 9, GOAL_MEDIAN, 1.069);

    assert_int_equal(goal.outcome, GOAL_CANNOT_TELL);
    assert_false(goal.was_missed_on_base);
}

static void a_limit_below_the_bounds_is_missed(void **state)
{
    const struct goal_result goal = judged(*state, 9, GOAL_MEDIAN, 1.009);

    assert_int_equal(goal.outcome, GOAL_MISSED);
    assert_false(goal.was_missed_on_base);
}

static void a_miss_of_base_too_is_noted(void **state)
{
    const struct goal_result goal = judged(*state, 9, GOAL_MEDIAN, 0.05);

    assert_int_equal(goal.outcome, GOAL_MISSED);
    assert_true(goal.was_missed_on_base);
}

static void five_runs_bound_no_median(void **state)
{
    const struct goal_result goal = judged(*state, 5, GOAL_MEDIAN, 100);

    assert_true(isinf(goal.high));
    assert_int_equal(goal.outcome, GOAL_CANNOT_TELL);
}

static void the_largest_of_few_runs_stands_for_the_percentile(void **state)
{
    const struct goal_result goal = judged(*state, 20, GOAL_P95, 1.19);

    assert_close(goal.high, 1.19, 1e-9);
    assert_int_equal(goal.outcome, GOAL_MET);
    assert_string_equal(goal.label, "wall_p95");
}

static void few_runs_never_miss_a_percentile(void **state)
{
    assert_int_equal(judged(*state, 58, GOAL_P95, 0.5).outcome, GOAL_CANNOT_TELL);
}

static void enough_runs_miss_a_percentile(void **state)
{
    const struct goal_result goal = judged(*state, 59, GOAL_P95, 1.5);

    /* Position 0.95 x 58 = 55.1 of the sorted runs. */
    assert_close(goal.value, 1.551, 1e-9);
    assert_close(goal.high, 1.58, 1e-9);
    assert_int_equal(goal.outcome, GOAL_MISSED);
}

/* Judges a goal for n=1000 on a bench with this parameter; how many goals there are. */
static size_t goals_for(struct scripted_gate *gate, const char *name, const char *value)
{
    struct placeholder parameter = { .name = name, .value = value };
    char where_name[] = "n";
    char where_value[] = "1000";
    struct goal_where where = { .name = where_name, .value = where_value };
    struct goal_limit limit = { .metric = METRIC_WALL, .bound = 1 };
    struct goal goal = {
        .where = &where, .where_count = 1, .limits = &limit, .limit_count = 1
    };
    struct benchmark benchmark = { .goals = &goal, .goal_count = 1 };
    const struct bench bench = { .benchmark = &benchmark,
                                 .parameters = &parameter,
                                 .parameter_count = 1 };
    struct pair pair = scripted_pair(1, 1);
    char id[] = "b[n=1000]";
    const struct trial trial = { .plan = { .id = id, .metrics = metrics_of_process() },
                                 .pairs = { .items = &pair, .count = 1 },
                                 .counted = 1 };

    goals_judge(&trial, &bench, &gate->result);
    return gate->result.goals.count;
}

static void a_goal_applies_where_its_parameters_match(void **state)
{
    assert_int_equal(goals_for(*state, "n", "100"), 0);
    assert_int_equal(goals_for(*state, "m", "1000"), 0);
    assert_int_equal(goals_for(*state, "n", "1000"), 1);
}

static void failed_and_unmeasured_benches_have_no_goals(void **state)
{
    struct scripted_gate *gate = *state;
    struct goal_limit limit = { .metric = METRIC_WALL, .bound = 1 };
    struct goal goal = { .limits = &limit, .limit_count = 1 };
    struct benchmark benchmark = { .goals = &goal, .goal_count = 1 };
    const struct bench bench = { .benchmark = &benchmark };
    struct pair pair = scripted_pair(1, 1);
    struct trial trial = { .pairs = { .items = &pair, .count = 1 } };

    goals_judge(&trial, &bench, &gate->result);
    trial.counted = 1;
    trial.state = TRIAL_FAILED;
    goals_judge(&trial, &bench, &gate->result);

    assert_int_equal(gate->result.goals.count, 0);
}

/* The pairs hold no samples. */
static void a_metric_that_no_run_tells_can_not_be_judged(void **state)
{
    static const struct goal_limit limits[] = { { METRIC_P99, GOAL_MEDIAN, 1 },
                                                { METRIC_P99, GOAL_P95, 1 } };

    for (size_t i = 0; i < 2; i++) {
        const struct goal_result goal =
            judged_by((struct scripted_gate *)*state + i, 70, &limits[i]);
        assert_int_equal(goal.outcome, GOAL_CANNOT_TELL);
        assert_true(isnan(goal.value));
        assert_false(goal.was_missed_on_base);
    }
}

/* Two counts a side, of one bench with a goal on them. */
static struct goal_result
judged_counts(struct scripted_gate *gate, double first, double second)
{
    const struct experiment_options options = scripted_options();
    const struct script script = { 0 };
    struct goal_limit limit = { .metric = METRIC_PEAK_HEAP, .bound = 1000 };
    struct goal goal = { .limits = &limit, .limit_count = 1 };
    struct pair pairs[2] = { { 0 } };
    const struct trial trial = { .plan = { .id = "b0",
                                           .metrics = METRIC_BIT(METRIC_PEAK_HEAP),
                                           .counting = COUNTING_ALLOCATIONS },
                                 .pairs = { .items = pairs, .count = 2 },
                                 .counted = 2 };
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        readings_set(&pairs[0].readings[side], METRIC_PEAK_HEAP, first);
        readings_set(&pairs[1].readings[side], METRIC_PEAK_HEAP, second);
    }
    scripted_gate_open(gate, &script, 1, &options);
    gate->benchmarks[0].goals = &goal;
    gate->benchmarks[0].goal_count = 1;
    goals_judge(&trial, &gate->benches[0], &gate->result);
    gate->benchmarks[0].goals = NULL;
    assert_int_equal(gate->result.goals.count, 1);
    return gate->result.goals.items[0];
}

static void two_counts_that_agree_tell(void **state)
{
    struct scripted_gate *gates = *state;
    assert_int_equal(judged_counts(&gates[0], 1000, 1000).outcome, GOAL_MET);
    assert_int_equal(judged_counts(&gates[1], 1001, 1001).outcome, GOAL_MISSED);
}

static void two_counts_that_differ_do_not(void **state)
{
    assert_int_equal(judged_counts(*state, 900, 950).outcome, GOAL_CANNOT_TELL);
}

/* Eight runs of head with these figures, base's a tenth of them; judged against at_most,
 * or at least that where larger is better. Of 8 values the smallest and the largest bound
 * the median with 99.2 % (R: 1 - 2 * pbinom(0, 8, .5)). */
static enum goal_outcome
judged_reading(enum metric metric, double least, double most, double bound)
{
    const struct experiment_options options = scripted_options();
    const struct script script = { 0 };
    struct goal_limit limit = { metric, GOAL_MEDIAN, bound };
    struct goal goal = { .limits = &limit, .limit_count = 1 };
    struct scripted_gate own = { 0 };
    struct scripted_gate *gate = &own;

    scripted_gate_open(gate, &script, 1, &options);
    gate->benchmarks[0].goals = &goal;
    gate->benchmarks[0].goal_count = 1;
    struct trial *trial = &gate->experiment.trials.items[0];
    trial->plan.metrics |= METRIC_BIT(metric);
    for (size_t i = 0; i < 8; i++) {
        struct pair *pair = array_push(&trial->pairs);
        double value = least + (most - least) * (double)i / 7;
        *pair = scripted_pair(1, 1);
        readings_set(&pair->readings[SIDE_BASE], metric, value / 10);
        readings_set(&pair->readings[SIDE_HEAD], metric, value);
    }
    trial->counted = 8;
    goals_judge(trial, &gate->benches[0], &gate->result);
    gate->benchmarks[0].goals = NULL;
    enum goal_outcome outcome = gate->result.goals.items[0].outcome;
    scripted_gate_close(gate);
    return outcome;
}

/* The limit lies above the largest value, among them, and below the smallest. */
static void assert_judged_by_its_upper_end(enum metric metric)
{
    assert_int_equal(judged_reading(metric, 2, 4, 4), GOAL_MET);
    assert_int_equal(judged_reading(metric, 2, 4, 3.9), GOAL_CANNOT_TELL);
    assert_int_equal(judged_reading(metric, 2, 4, 1.9), GOAL_MISSED);
}

static void tails_and_memory_are_held_by_their_upper_end(void **state)
{
    (void)state;
    assert_judged_by_its_upper_end(METRIC_P95);
    assert_judged_by_its_upper_end(METRIC_P99);
    assert_judged_by_its_upper_end(METRIC_MAX);
    assert_judged_by_its_upper_end(METRIC_PEAK_RSS);
}

static void throughput_is_held_by_its_lower_end(void **state)
{
    (void)state;
    assert_int_equal(judged_reading(METRIC_THROUGHPUT, 2, 4, 2), GOAL_MET);
    assert_int_equal(judged_reading(METRIC_THROUGHPUT, 2, 4, 2.1), GOAL_CANNOT_TELL);
    assert_int_equal(judged_reading(METRIC_THROUGHPUT, 2, 4, 4.1), GOAL_MISSED);
}

static void a_goal_for_other_machines_is_not_judged(void **state)
{
    struct scripted_gate *gate = *state;
    char wanted[] = "xeon-*";
    char here[] = "epyc-2c";
    struct goal_limit limit = { .metric = METRIC_WALL, .bound = 0.01 };
    struct goal goal = {
        .limits = &limit, .limit_count = 1, .machine_class = wanted, .elsewhere = here
    };
    struct benchmark benchmark = { .goals = &goal, .goal_count = 1 };
    const struct bench bench = { .benchmark = &benchmark };
    struct pair pair = scripted_pair(1, 1);
    char id[] = "b";
    const struct trial trial = { .plan = { .id = id, .metrics = metrics_of_process() },
                                 .pairs = { .items = &pair, .count = 1 },
                                 .counted = 1 };

    goals_judge(&trial, &bench, &gate->result);

    assert_int_equal(gate->result.goals.items[0].outcome, GOAL_ELSEWHERE);
    assert_string_equal(gate->result.goals.items[0].reason,
                        "it is for machines 'xeon-*', and this is 'epyc-2c'");
}

int main(void)
{
#define GOALS(test) \
    cmocka_unit_test_setup_teardown(test, scripted_setup, scripted_teardown)
    const struct CMUnitTest tests[] = {
        GOALS(a_median_is_judged_by_its_bounds),
        GOALS(a_limit_within_the_bounds_is_open),
        GOALS(a_limit_below_the_bounds_is_missed),
        GOALS(a_miss_of_base_too_is_noted),
        GOALS(five_runs_bound_no_median),
        GOALS(the_largest_of_few_runs_stands_for_the_percentile),
        GOALS(few_runs_never_miss_a_percentile),
        GOALS(enough_runs_miss_a_percentile),
        GOALS(a_goal_applies_where_its_parameters_match),
        GOALS(failed_and_unmeasured_benches_have_no_goals),
        GOALS(a_metric_that_no_run_tells_can_not_be_judged),
        GOALS(two_counts_that_agree_tell),
        GOALS(two_counts_that_differ_do_not),
        GOALS(tails_and_memory_are_held_by_their_upper_end),
        GOALS(throughput_is_held_by_its_lower_end),
        GOALS(a_goal_for_other_machines_is_not_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
