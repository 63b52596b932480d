/* Two whole measurements, one after the other, and what they say together. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/verdict/judge.h"
#include "tests/support/check.h"
#include "tests/support/scripted.h"

/* Measures with first's script, and again, with other coins and other noise, with
 * second's. */
static const struct row *
measure_twice(struct scripted_gate *gates, struct script *first, struct script *second)
{
    const struct judge_policy policy = { 0 };
    struct experiment_options options = scripted_options();
    scripted_gate_run(&gates[0], first, 1, &options);
    options.seed = 2;
    gates[1].noise_seed = 1;
    scripted_gate_run(&gates[1], second, 1, &options);

    struct second_opinion *again = xcalloc(1, sizeof *again);
    *again = (struct second_opinion){ .benches = gates[1].result.benches,
                                      .rows = gates[1].result.rows };
    gates[1].result.benches = (struct bench_results){ 0 };
    gates[1].result.rows = (struct rows){ 0 };
    gates[0].result.confirm = again;
    judge_confirmation(&gates[0].result);
    judge_gate(&policy, &gates[0].result);
    return scripted_row(&gates[0], 0);
}

static struct script noisy(double change)
{
    return (struct script){ .change = change, .noise_sd = 0.015, .drift_sd = 0.05 };
}

static void change_of_the_program_is_regressed(void **state)
{
    struct scripted_gate *gates = *state;
    struct script first = noisy(0.05);
    struct script second = noisy(0.05);
    const struct row *row = measure_twice(gates, &first, &second);

    assert_string_equal(verdict_name(row->verdict), "regressed");
    assert_contains(row->reason, "fresh builds showed it again: +");
    assert_int_equal(gates->result.exit, GATE_REGRESSED);
}

static void change_of_one_build_is_inconclusive(void **state)
{
    struct scripted_gate *gates = *state;
    struct script first = noisy(0.05);
    struct script second = noisy(0);
    const struct row *row = measure_twice(gates, &first, &second);

    assert_string_equal(verdict_name(row->verdict), "inconclusive");
    assert_contains(row->reason, "which is ok");
    assert_close(row->change, 0.05, 0.015);
    assert_int_equal(gates->result.verdict, VERDICT_INCONCLUSIVE);
    assert_int_equal(gates->result.exit, GATE_PASS);
}

static void change_that_the_second_can_not_tell_is_inconclusive(void **state)
{
    struct scripted_gate *gates = *state;
    struct script first = noisy(0.05);
    struct script second = noisy(0.02);
    const struct row *row = measure_twice(gates, &first, &second);

    assert_string_equal(verdict_name(row->verdict), "inconclusive");
    assert_contains(row->reason, "its budget of pairs was spent: ");
}

static void what_was_ok_at_first_stays_so(void **state)
{
    struct scripted_gate *gates = *state;
    struct script first = noisy(0);
    struct script second = noisy(0.05);
    const struct row *row = measure_twice(gates, &first, &second);

    assert_string_equal(verdict_name(row->verdict), "ok");
    assert_int_equal(gates->result.exit, GATE_PASS);
}

#define T(name) cmocka_unit_test_setup_teardown(name, scripted_setup, scripted_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(change_of_the_program_is_regressed),
        T(change_of_one_build_is_inconclusive),
        T(change_that_the_second_can_not_tell_is_inconclusive),
        T(what_was_ok_at_first_stays_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
