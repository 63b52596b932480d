/* Growth, from the first pair to the exit code, with noise as machines have it. */
#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/verdict/growth.h"
#include "gate/verdict/judge.h"
#include "tests/support/check.h"
#include "tests/support/scripted.h"

enum {
    SIZES = 4
};

static const double sizes[SIZES] = { 100, 400, 1600, 6400 };

/* Seconds at the largest size: 1 ms to start, and 63 ms that grow. */
static double cost(size_t i, double power)
{
    return 1e-3 + 63e-3 * pow(sizes[i] / sizes[SIZES - 1], power);
}

/* Scripts of a program that grows as n^base_power, and head as n^head_power, slower at
 * the largest size by a share that its margin allows. */
static void write_scripts(struct script *scripts, double base_power, double head_power)
{
    for (size_t i = 0; i < SIZES; i++) {
        double base_s = cost(i, base_power);
        double head_s = 1.005 * cost(i, head_power);
        scripts[i] = (struct script){ .wall_s = base_s,
                                      .change = head_s / base_s - 1,
                                      .noise_sd = 0.015,
                                      .drift_sd = 0.05 };
    }
}

#define CONFIG                                                                     \
    "{\"version\": 1, \"suites\": [{\"name\": \"s\", \"benchmarks\": [{\"name\": " \
    "\"sort\", \"run\": \"a\", \"sizes\": {\"n\": [100, 400, 1600, 6400]}, "       \
    "\"growth\": \"O(n)\"}]}]}"

/* The scripts' benches as sizes of one benchmark that states its growth. */
static void judge(struct scripted_gate *gate)
{
    const struct growth_errors errors = { .false_alarm = 0.001, .miss = 0.05 };
    const struct judge_policy policy = { 0 };
    struct error err = { 0 };
    AUTO_CONFIG struct config *config = config_parse(CONFIG, "pawl.json", &err);
    AUTO_BENCHES struct benches benches = { 0 };
    benches_of(config, &benches);
    for (size_t i = 0; i < SIZES; i++) {
        free(benches.items[i].id);
        benches.items[i].id = xstrdup(gate->benches[i].id);
    }
    growth_judge(&benches, &errors, &gate->result);
    judge_gate(&policy, &gate->result);
}

static const struct growth_result *
gate_of(struct scripted_gate *gate, double base_power, double head_power, uint64_t seed)
{
    struct experiment_options options = scripted_options();
    struct script scripts[SIZES];
    write_scripts(scripts, base_power, head_power);
    options.seed = seed;
    scripted_gate_open(gate, scripts, SIZES, &options);
    gate->noise_seed = seed + 100;
    scripted_gate_measure(gate, NULL, NO_LIMIT);
    scripted_gate_judge(gate, false);
    judge(gate);
    assert_int_equal(gate->result.growths.count, 1);
    return &gate->result.growths.items[0];
}

static void quadratic_is_caught_while_every_size_is_within_its_margin(void **state)
{
    struct scripted_gate *gate = *state;

    for (uint64_t seed = 1; seed <= 5; seed++) {
        const struct growth_result *growth = gate_of(gate, 1, 2, seed);
        for (size_t i = 0; i < SIZES; i++)
            assert_in_range(scripted_row(gate, i)->verdict, VERDICT_OK, VERDICT_IMPROVED);
        assert_int_equal(growth->outcome, GROWTH_FASTER);
        assert_close(growth->base.exponent, 1, 0.1);
        assert_close(growth->head.exponent, 2, 0.1);
        assert_int_equal(gate->result.verdict, VERDICT_REGRESSED);
        assert_int_equal(gate->result.exit, GATE_REGRESSED);
        scripted_gate_close(gate);
        *gate = (struct scripted_gate){ 0 };
    }
}

static void the_same_growth_is_ok(void **state)
{
    struct scripted_gate *gate = *state;

    for (uint64_t seed = 1; seed <= 5; seed++) {
        const struct growth_result *growth = gate_of(gate, 1, 1, seed);
        assert_int_equal(growth->outcome, GROWTH_OK);
        assert_true(growth->head.low < 1 && growth->head.high > 1);
        assert_true(growth->difference.low < 0 && growth->difference.high > 0);
        assert_int_equal(gate->result.exit, GATE_PASS);
        scripted_gate_close(gate);
        *gate = (struct scripted_gate){ 0 };
    }
}

int main(void)
{
#define FLOW(test) \
    cmocka_unit_test_setup_teardown(test, scripted_setup, scripted_teardown)
    const struct CMUnitTest tests[] = {
        FLOW(quadratic_is_caught_while_every_size_is_within_its_margin),
        FLOW(the_same_growth_is_ok),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
