#include <math.h>

#include "gate/base/array.h"
#include "gate/verdict/forecast.h"
#include "tests/support/check.h"
#include "tests/support/scripted.h"

/* What a gate of these scripts forecasts after 8 pairs a bench. */
static void forecast(struct scripted_gate *gate,
                     const struct script *scripts,
                     size_t count,
                     double budget_s,
                     struct forecasts *out)
{
    struct experiment_options options = scripted_options();
    options.max_pairs = 8;
    scripted_gate_run(gate, scripts, count, &options);
    forecast_rows(&gate->experiment, budget_s, 135, out);
}

static void quiet_rows_need_the_least_and_noisy_ones_more(void **state)
{
    struct scripted_gate *gate = *state;
    const struct script scripts[] = { { .noise_sd = 0.0001 }, { .noise_sd = 0.05 } };
    AUTO_FORECASTS struct forecasts rows = { 0 };

    forecast(gate, scripts, 2, 3600, &rows);

    assert_int_equal(rows.count, 2);
    assert_string_equal(rows.items[0].bench_id, "b0");
    assert_close(rows.items[0].pairs_unchanged, 8, 0);
    assert_true(rows.items[1].pairs_unchanged > 20);
    assert_close(rows.items[1].pair_s, 0.2, 0.01);
}

/* Counted by runs of their own, which cost as much besides. */
static void counts_that_repeat_need_two_pairs_and_their_own_time(void **state)
{
    static const struct margin margins[METRIC_COUNT] = {
        [METRIC_INSTRUCTIONS] = { .is_gated = true, .share = 0.002 },
        [METRIC_CPU] = { .is_gated = true, .share = 0.02 },
    };
    struct forecast timed = { .bench_id = "a", .pair_s = 1, .pairs_unchanged = 8 };
    AUTO(experiment_clear) struct experiment experiment;
    AUTO_FORECASTS struct forecasts rows = { 0 };
    struct experiment_options options = scripted_options();
    (void)state;
    experiment_init(&experiment, &options);
    const struct trial_plan plan = { .id = "a",
                                     .margins = margins,
                                     .metrics = METRIC_BIT(METRIC_INSTRUCTIONS),
                                     .counting = COUNTING_CALLGRIND };
    experiment_add_plan(&experiment, &plan);
    for (size_t i = 0; i < 2; i++) {
        struct pair pair = { .number = i };
        pair.sides[SIDE_BASE].wall_ns = pair.sides[SIDE_HEAD].wall_ns = 1500000000;
        readings_set(&pair.readings[SIDE_BASE], METRIC_INSTRUCTIONS, 1e6);
        readings_set(&pair.readings[SIDE_HEAD], METRIC_INSTRUCTIONS, 1e6);
        experiment_record(&experiment, 0, &pair);
    }
    *array_push(&rows) = timed;
    forecast_rows(&experiment, 3600, 135, &rows);

    assert_int_equal(rows.count, 2);
    assert_close(rows.items[1].pairs_unchanged, 2, 0);
    assert_close(rows.items[1].pairs_doubled, 2, 0);
    assert_close(forecast_total_s(&rows, 135), 8 * 1 + 2 * 3, 1e-9);
}

/* Of a margin m, no change is as far away as twice m nearly is; but calling it regressed
 * takes the false-alarm rate, shared by all rows, where calling it ok takes the miss
 * rate. */
static void a_regression_takes_more_pairs_than_no_change(void **state)
{
    struct scripted_gate *gate = *state;
    const struct script script = { .noise_sd = 0.2 };
    AUTO_FORECASTS struct forecasts rows = { 0 };

    forecast(gate, &script, 1, 3600, &rows);

    assert_true(rows.items[0].pairs_doubled > rows.items[0].pairs_unchanged);
}

/* A fourth of the budget pays for a fourth of the pairs: twice the standard error, and a
 * last look of 30 pairs has .4395 of the miss rate where one of 120 has .2462. In R:
 * 2*(qnorm(.9)-qnorm(.05*.4395))/(qnorm(.9)-qnorm(.05*.2462)) = 1.868 */
static void less_budget_reaches_larger_margins(void **state)
{
    struct scripted_gate *gate = *state;
    const struct script script = { .noise_sd = 0.03 };
    AUTO_FORECASTS struct forecasts rich = { 0 };
    AUTO_FORECASTS struct forecasts poor = { 0 };

    forecast(gate, &script, 1, 24, &rich);
    forecast_rows(&gate->experiment, 6, 135, &poor);

    double factor =
        log1p(poor.items[0].margin_in_reach) / log1p(rich.items[0].margin_in_reach);
    assert_close(factor, 1.868, 0.03);
}

static void benches_that_failed_are_left_out(void **state)
{
    struct scripted_gate *gate = *state;
    const struct script scripts[] = {
        { .fails_at = 3, .failure = { .end = PROCESS_EXITED, .exit_code = 1 } },
        { .noise_sd = 0.01 },
    };
    AUTO_FORECASTS struct forecasts rows = { 0 };

    forecast(gate, scripts, 2, 60, &rows);

    assert_int_equal(rows.count, 1);
    assert_string_equal(rows.items[0].bench_id, "b1");
}

/* By hand: the first bench's slower row counts, 20 pairs of 1 s; the second has more than
 * the 50 pairs it may have, of 0.1 s. */
static void total_takes_each_bench_once_and_its_slowest_row(void **state)
{
    struct forecast items[] = {
        { .bench_id = "a", .runs = "a", .pair_s = 1, .pairs_unchanged = 8 },
        { .bench_id = "a", .runs = "a", .pair_s = 1, .pairs_unchanged = 20 },
        { .bench_id = "b",
          .runs = "b",
          .pair_s = 0.1,
          .pairs_unchanged = (double)INFINITY },
    };
    struct forecasts rows = { .items = items, .count = 3 };

    (void)state;
    assert_close(forecast_total_s(&rows, 50), 25, 1e-9);
}

/* By hand: 30 pairs of 1 s tell both names. */
static void total_takes_the_runs_of_a_group_once(void **state)
{
    struct forecast items[] = {
        { .bench_id = "m/a", .runs = "m", .pair_s = 1, .pairs_unchanged = 30 },
        { .bench_id = "m/b", .runs = "m", .pair_s = 1, .pairs_unchanged = 20 },
    };
    struct forecasts rows = { .items = items, .count = 2 };

    (void)state;
    assert_close(forecast_total_s(&rows, 50), 30, 1e-9);
}

#define GATE(name) \
    cmocka_unit_test_setup_teardown(name, scripted_setup, scripted_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_that_repeat_need_two_pairs_and_their_own_time),
        GATE(quiet_rows_need_the_least_and_noisy_ones_more),
        GATE(a_regression_takes_more_pairs_than_no_change),
        GATE(less_budget_reaches_larger_margins),
        GATE(benches_that_failed_are_left_out),
        cmocka_unit_test(total_takes_each_bench_once_and_its_slowest_row),
        cmocka_unit_test(total_takes_the_runs_of_a_group_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
