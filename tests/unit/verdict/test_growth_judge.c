/* What is said of growth, and what can't be. */
#include <math.h>
#include <string.h>

#include "gate/verdict/growth.h"
#include "gate/verdict/judge.h"
#include "tests/support/check.h"
#include "tests/unit/verdict/growth_fixture.h"

#define LINEAR "\"growth\": \"O(n)\", \"sizes\": { \"n\": [100, 1000, 10000] }"

/* 5 ms to start, and 100 ms more at the largest size, in two ways. */
static const struct cost linear = { 5e-3, 100e-3 / 10000, 1 };
static const struct cost quadratic = { 5e-3, 100e-3 / 10000 / 10000, 2 };

static enum growth_outcome
outcome_of(const char *members, struct cost base, struct cost head)
{
    struct growth_fixture fixture;
    growth_fixture_open(&fixture, members);
    growth_fixture_measure_all(&fixture, base, head);
    enum growth_outcome outcome = growth_fixture_judge(&fixture)->outcome;
    growth_fixture_close(&fixture);
    return outcome;
}

static void linear_growth_on_both_sides_is_ok(void **state)
{
    struct growth_fixture fixture;
    (void)state;

    growth_fixture_open(&fixture, LINEAR);
    growth_fixture_measure_all(&fixture, linear, linear);
    const struct growth_result *growth = growth_fixture_judge(&fixture);

    assert_string_equal(growth->name, "sort");
    assert_string_equal(growth->parameter, "n");
    assert_string_equal(growth->ceiling, "O(n)");
    assert_int_equal(growth->metric, METRIC_CPU);
    assert_int_equal(growth->size_count, 3);
    assert_close(growth->smallest, 100, 0);
    assert_close(growth->largest, 10000, 0);
    assert_close(growth->base.exponent, 1, 0.05);
    assert_close(growth->head.exponent, 1, 0.05);
    assert_true(growth->head.low < 1 && growth->head.high > 1);
    assert_true(growth->difference.low < 0 && growth->difference.high > 0);
    assert_close(growth->ceiling_exponent, 1, 0);
    assert_int_equal(growth->outcome, GROWTH_OK);
    assert_string_equal(growth->reason, "");
    growth_fixture_close(&fixture);
}

/* At no size is head slower than base: time alone would call this an improvement. */
static void a_quadratic_head_grows_faster_where_no_size_is_slower(void **state)
{
    struct growth_fixture fixture;
    (void)state;

    growth_fixture_open(&fixture, LINEAR);
    growth_fixture_measure_all(&fixture, linear, quadratic);
    const struct growth_result *growth = growth_fixture_judge(&fixture);

    assert_int_equal(growth->outcome, GROWTH_FASTER);
    assert_true(growth_is_worse(growth));
    assert_close(growth->base.exponent, 1, 0.1);
    assert_close(growth->head.exponent, 2, 0.1);
    assert_close(growth->difference.exponent, 1, 0.1);
    assert_true(growth->difference.low > 0.8);
    assert_true(growth->p_faster_holm <= 0.001);
    growth_fixture_close(&fixture);
}

static void what_may_grow_as_it_does_can_still_grow_faster_than_base(void **state)
{
    (void)state;
    assert_int_equal(
        outcome_of("\"growth\": \"O(n^2)\", \"sizes\": { \"n\": [100, 1000, 10000] }",
                   linear, quadratic),
        GROWTH_FASTER);
}

static void a_fixed_cost_does_not_hide_growth(void **state)
{
    const struct cost base = { 40e-3, 100e-3 / 10000, 1 };
    const struct cost head = { 40e-3, 100e-3 / 10000 / 10000, 2 };
    (void)state;

    assert_int_equal(outcome_of(LINEAR, base, head), GROWTH_FASTER);
}

/* Twice as slow at each size is a matter for the rows. */
static void a_slower_head_that_grows_alike_is_ok(void **state)
{
    const struct cost slower = { 10e-3, 200e-3 / 10000, 1 };
    (void)state;

    assert_int_equal(outcome_of(LINEAR, linear, slower), GROWTH_OK);
}

static void a_slower_start_is_no_growth(void **state)
{
    const struct cost slower = { 8e-3, 100e-3 / 10000, 1 };
    (void)state;

    assert_int_equal(outcome_of(LINEAR, linear, slower), GROWTH_OK);
}

static void what_does_not_grow_keeps_any_ceiling(void **state)
{
    const struct cost flat = { 10e-3, 1e-9, 1 };
    struct growth_fixture fixture;
    (void)state;

    growth_fixture_open(&fixture, "\"growth\": \"O(1)\", \"sizes\": { \"n\": [100, 1000, "
                                  "10000, 100000] }");
    growth_fixture_measure_all(&fixture, flat, flat);
    const struct growth_result *growth = growth_fixture_judge(&fixture);

    assert_close(growth->head.exponent, 0, 0);
    assert_int_equal(growth->outcome, GROWTH_OK);
    growth_fixture_close(&fixture);
}

static const struct cost counted_base = { 1e5, 300, 1.05 };

static void counted_instructions_go_before_time(void **state)
{
    struct growth_fixture fixture;
    (void)state;

    growth_fixture_open(&fixture, LINEAR);
    growth_fixture_count_all(&fixture, counted_base, counted_base);
    const struct growth_result *growth = growth_fixture_judge(&fixture);

    assert_int_equal(growth->metric, METRIC_INSTRUCTIONS);
    assert_int_equal(fixture.result.growths.count, 1);
    assert_close(growth->head.exponent, 1.05, 0.01);
    assert_int_equal(growth->outcome, GROWTH_OK);
    growth_fixture_close(&fixture);
}

/* 1.12 to 1.21: within what is granted against base, and beyond what is above 1. */
static void a_little_steeper_can_be_above_the_ceiling(void **state)
{
    struct growth_fixture fixture;
    (void)state;

    growth_fixture_open(&fixture, LINEAR);
    growth_fixture_count_all(&fixture, (struct cost){ 0, 300, 1.07 },
                             (struct cost){ 0, 300, 1.15 });
    const struct growth_result *growth = growth_fixture_judge(&fixture);

    assert_int_equal(growth->outcome, GROWTH_ABOVE);
    assert_false(growth->was_above_on_base);
    assert_true(growth_is_worse(growth));
    growth_fixture_close(&fixture);
}

static void above_on_base_too_is_said_and_no_failure(void **state)
{
    struct growth_fixture fixture;
    (void)state;

    growth_fixture_open(&fixture, LINEAR);
    growth_fixture_measure_all(&fixture, quadratic, quadratic);
    const struct growth_result *growth = growth_fixture_judge(&fixture);

    assert_int_equal(growth->outcome, GROWTH_ABOVE);
    assert_true(growth->was_above_on_base);
    assert_false(growth_is_worse(growth));
    growth_fixture_close(&fixture);
}

/* Over 100 .. 10000, n log n is n^1.15; what grows as it passes for O(n log n). */
static void a_logarithm_is_known_by_what_it_is_over_the_sizes(void **state)
{
    struct growth_fixture fixture;
    (void)state;

    growth_fixture_open(&fixture, "\"growth\": \"O(n log n)\", \"sizes\": { \"n\": [100, "
                                  "1000, 10000] }");
    growth_fixture_count_all(&fixture, (struct cost){ 0, 300, 1.15 },
                             (struct cost){ 0, 300, 1.15 });
    const struct growth_result *growth = growth_fixture_judge(&fixture);

    /* R: coef(lm(log(n * log1p(n)) ~ log(n)))[2] for n = c(100, 1000, 10000) */
    assert_close(growth->ceiling_exponent, 1.15004867, 1e-6);
    assert_int_equal(growth->outcome, GROWTH_OK);
    growth_fixture_close(&fixture);
}

static void each_combination_of_the_others_has_a_growth_of_its_own(void **state)
{
    struct growth_fixture fixture;
    (void)state;

    growth_fixture_open(&fixture, "\"growth\": \"O(n)\", \"sizes\": { \"n\": [100, 1000, "
                                  "10000], \"mode\": [\"a\", \"b\"] }");
    growth_fixture_measure_all(&fixture, linear, linear);
    growth_fixture_judge(&fixture);

    assert_int_equal(fixture.result.growths.count, 2);
    assert_string_equal(fixture.result.growths.items[0].name, "sort[mode=a]");
    assert_string_equal(fixture.result.growths.items[1].name, "sort[mode=b]");
    assert_int_equal(fixture.result.growths.items[1].size_count, 3);
    assert_int_equal(fixture.result.growths.items[1].outcome, GROWTH_OK);
    growth_fixture_close(&fixture);
}

static void sizes_in_any_order_are_sorted(void **state)
{
    (void)state;
    assert_int_equal(
        outcome_of("\"growth\": \"O(n)\", \"sizes\": { \"n\": [10000, 100, 1000] }",
                   linear, quadratic),
        GROWTH_FASTER);
}

static void memory_is_held_against_base_alone(void **state)
{
    struct growth_fixture fixture;
    (void)state;

    growth_fixture_open(&fixture, LINEAR);
    for (size_t i = 0; i < 3; i++) {
        const struct bench *bench = &fixture.benches.items[i];
        struct bench_result *measured =
            growth_fixture_measure(&fixture, bench, &linear, &linear);
        for (size_t p = 0; p < measured->pairs.count; p++) {
            struct pair *pair = &measured->pairs.items[p];
            double n = 100 * pow(10, (double)i);
            pair->sides[SIDE_BASE].peak_rss_bytes = 1 << 20;
            pair->sides[SIDE_HEAD].peak_rss_bytes = (1 << 20) + (int64_t)(n * n);
        }
        struct row *row = &fixture.result.rows.items[i];
        row->metric = METRIC_PEAK_RSS;
    }
    growth_fixture_judge(&fixture);

    assert_int_equal(fixture.result.growths.count, 2);
    const struct growth_result *memory = &fixture.result.growths.items[1];
    assert_int_equal(memory->metric, METRIC_PEAK_RSS);
    assert_string_equal(memory->ceiling, "");
    assert_close(memory->base.exponent, 0, 0);
    assert_close(memory->head.exponent, 2, 0.1);
    growth_fixture_close(&fixture);
}

static void one_size_that_is_judged_by_wall_time_makes_it_that(void **state)
{
    struct growth_fixture fixture;
    (void)state;

    growth_fixture_open(&fixture, LINEAR);
    growth_fixture_measure_all(&fixture, linear, linear);
    fixture.result.rows.items[1].metric = METRIC_WALL;

    assert_int_equal(growth_fixture_judge(&fixture)->metric, METRIC_WALL);
    growth_fixture_close(&fixture);
}

static enum gate_exit exit_after(struct cost base, struct cost head)
{
    const struct judge_policy policy = { .fails_on_inconclusive = true };
    struct growth_fixture fixture;
    growth_fixture_open(&fixture, LINEAR);
    growth_fixture_measure_all(&fixture, base, head);
    growth_fixture_judge(&fixture);
    judge_gate(&policy, &fixture.result);
    enum gate_exit exit = fixture.result.exit;
    assert_int_equal(fixture.result.verdict,
                     exit == GATE_PASS ? VERDICT_OK : VERDICT_REGRESSED);
    growth_fixture_close(&fixture);
    return exit;
}

static void worse_growth_fails_the_gate_though_each_row_is_ok(void **state)
{
    (void)state;
    assert_int_equal(exit_after(linear, quadratic), GATE_REGRESSED);
    assert_int_equal(exit_after(linear, linear), GATE_PASS);
    assert_int_equal(exit_after(quadratic, quadratic), GATE_PASS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(linear_growth_on_both_sides_is_ok),
        cmocka_unit_test(a_quadratic_head_grows_faster_where_no_size_is_slower),
        cmocka_unit_test(what_may_grow_as_it_does_can_still_grow_faster_than_base),
        cmocka_unit_test(a_fixed_cost_does_not_hide_growth),
        cmocka_unit_test(a_slower_head_that_grows_alike_is_ok),
        cmocka_unit_test(a_slower_start_is_no_growth),
        cmocka_unit_test(what_does_not_grow_keeps_any_ceiling),
        cmocka_unit_test(counted_instructions_go_before_time),
        cmocka_unit_test(a_little_steeper_can_be_above_the_ceiling),
        cmocka_unit_test(above_on_base_too_is_said_and_no_failure),
        cmocka_unit_test(a_logarithm_is_known_by_what_it_is_over_the_sizes),
        cmocka_unit_test(each_combination_of_the_others_has_a_growth_of_its_own),
        cmocka_unit_test(sizes_in_any_order_are_sorted),
        cmocka_unit_test(memory_is_held_against_base_alone),
        cmocka_unit_test(one_size_that_is_judged_by_wall_time_makes_it_that),
        cmocka_unit_test(worse_growth_fails_the_gate_though_each_row_is_ok),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
