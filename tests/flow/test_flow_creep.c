/* Ten commits, each 1 % slower than the one before: what each shows against the one
 * before it, and the last against the first. */
#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/verdict/creep.h"
#include "gate/verdict/judge.h"
#include "tests/support/check.h"
#include "tests/support/scripted.h"

#define STEPS 10
#define STEP  0.01

static struct script noisy(double change)
{
    return (struct script){ .change = change, .noise_sd = 0.015, .drift_sd = 0.05 };
}

/* A gate of its own, with other coins and other noise for each number. */
static const struct row *
measure(struct scripted_gate *gate, const struct script *script, uint64_t number)
{
    struct experiment_options options = scripted_options();
    options.seed = number;
    gate->noise_seed = number;
    scripted_gate_run(gate, script, 1, &options);
    return scripted_row(gate, 0);
}

static void each_of_ten_steps_passes(void **state)
{
    struct scripted_gate *gates = *state;
    struct script step = noisy(STEP);
    for (uint64_t number = 1; number <= STEPS; number++) {
        const struct row *row = measure(&gates[0], &step, number);
        assert_string_equal(verdict_name(row->verdict), "ok");
        assert_int_equal(gates[0].result.exit, GATE_PASS);
        scripted_gate_close(&gates[0]);
        gates[0] = (struct scripted_gate){ 0 };
    }
}

/* Takes the rows of the comparison with the first commit over. */
static void hold_against_anchor(struct result *gate, struct result *anchor)
{
    const struct judge_policy policy = { 0 };
    gate->creep = xcalloc(1, sizeof *gate->creep);
    *gate->creep = (struct creep){ .anchor.asked = xstrdup("first"),
                                   .benches = anchor->benches,
                                   .rows = anchor->rows };
    anchor->benches = (struct bench_results){ 0 };
    anchor->rows = (struct rows){ 0 };
    judge_creep(gate->creep);
    judge_gate(&policy, gate);
}

static void all_of_them_together_fail_the_gate(void **state)
{
    struct scripted_gate *gates = *state;
    double total = pow(1 + STEP, STEPS) - 1;
    struct margin margins[METRIC_COUNT] = { 0 };
    margins[METRIC_CPU] = (struct margin){ .is_gated = true, .share = 0.04 };
    struct script step = noisy(STEP);
    struct script all = noisy(total);
    all.margins = margins;
    measure(&gates[0], &step, 1);
    measure(&gates[1], &all, 2);

    hold_against_anchor(&gates[0].result, &gates[1].result);

    const struct row *row = &gates[0].result.creep->rows.items[0];
    assert_int_equal(row->verdict, VERDICT_REGRESSED);
    assert_true(row->change_low <= total && total <= row->change_high);
    assert_contains(row->reason, "since first: +");
    assert_int_equal(gates[0].result.exit, GATE_REGRESSED);
}

#define T(name) cmocka_unit_test_setup_teardown(name, scripted_setup, scripted_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(each_of_ten_steps_passes),
        T(all_of_them_together_fail_the_gate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
