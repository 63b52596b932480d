/* What a gate says, from the first pair to the exit code, of changes that are known. */
#include <math.h>

#include "gate/verdict/judge.h"
#include "tests/support/check.h"
#include "tests/support/scripted.h"

/* A gate of one bench with 1.5 % of noise, on a machine that drifts. */
static const struct row *gate_of_one(struct scripted_gate *gate, struct script *script)
{
    const struct experiment_options options = scripted_options();
    script->noise_sd = 0.015;
    script->drift_sd = 0.05;
    scripted_gate_run(gate, script, 1, &options);
    return scripted_row(gate, 0);
}

static void no_change_is_ok(void **state)
{
    struct scripted_gate *gate = *state;
    struct script script = { 0 };
    const struct row *row = gate_of_one(gate, &script);

    assert_string_equal(verdict_name(row->verdict), "ok");
    assert_true(row->change_low < 0 && row->change_high > 0);
    assert_true(row->p_ok <= 0.05);
    assert_int_equal(gate->result.verdict, VERDICT_OK);
    assert_int_equal(gate->result.exit, GATE_PASS);
}

/* A quick answer is no weak one: a slower head would have got more pairs. */
static void ok_after_few_pairs_carries_no_caveat(void **state)
{
    struct scripted_gate *gate = *state;
    struct script script = { 0 };
    const struct row *row = gate_of_one(gate, &script);

    assert_true(row->pair_count <= 27);
    assert_true(row->detection_limit > row->margin);
    assert_true(row->detection_limit < 2 * row->margin);
    assert_string_equal(row->reason, "");
}

static void five_percent_over_a_margin_of_two_is_regressed(void **state)
{
    struct scripted_gate *gate = *state;
    struct script script = { .change = 0.05 };
    const struct row *row = gate_of_one(gate, &script);

    assert_string_equal(verdict_name(row->verdict), "regressed");
    assert_close(row->change, 0.05, 0.015);
    assert_true(row->change_low < 0.05 && row->change_high > 0.05);
    assert_true(row->p_regressed_holm <= 0.01);
    assert_true(row->pair_count < 135);
    assert_int_equal(gate->result.verdict, VERDICT_REGRESSED);
    assert_int_equal(gate->result.exit, GATE_REGRESSED);
}

static void exactly_the_margin_is_inconclusive_and_says_why(void **state)
{
    struct scripted_gate *gate = *state;
    struct script script = { .change = 0.02 };
    const struct row *row = gate_of_one(gate, &script);

    assert_string_equal(verdict_name(row->verdict), "inconclusive");
    assert_int_equal(row->pair_count, 135);
    assert_contains(row->reason, "its budget of pairs was spent: ");
    assert_int_equal(gate->result.verdict, VERDICT_INCONCLUSIVE);
    assert_int_equal(gate->result.exit, GATE_PASS);
}

static void ten_percent_faster_is_improved(void **state)
{
    struct scripted_gate *gate = *state;
    struct script script = { .change = -0.10 };
    const struct row *row = gate_of_one(gate, &script);

    assert_string_equal(verdict_name(row->verdict), "improved");
    assert_close(row->change, -0.10, 0.015);
    assert_int_equal(gate->result.exit, GATE_PASS);
}

static void a_slower_second_run_is_bias_and_no_regression(void **state)
{
    struct scripted_gate *gate = *state;
    struct script script = { .second_log = 0.03 };
    const struct row *row = gate_of_one(gate, &script);

    assert_string_equal(verdict_name(row->verdict), "ok");
    assert_close(row->order_bias, 0.0305, 0.012);
    assert_true(row->order_bias_low > 0);
}

static void waiting_programs_are_judged_on_wall_time(void **state)
{
    struct scripted_gate *gate = *state;
    struct script script = { .waiting = 0.5 };

    assert_int_equal(gate_of_one(gate, &script)->metric, METRIC_WALL);
    assert_false(gate->result.benches.items[0].is_cpu_bound);
}

static void busy_programs_are_judged_on_cpu_time(void **state)
{
    struct scripted_gate *gate = *state;
    struct script script = { .waiting = 0.05 };

    assert_int_equal(gate_of_one(gate, &script)->metric, METRIC_CPU);
    assert_true(gate->result.benches.items[0].is_cpu_bound);
}

static void a_crash_on_head_fails_the_gate_as_not_measured(void **state)
{
    struct scripted_gate *gate = *state;
    struct script script = { .fails_at = 5,
                             .failing_side = SIDE_HEAD,
                             .failure = { .end = PROCESS_SIGNALLED,
                                          .signal_number = 11 } };
    const struct row *row = gate_of_one(gate, &script);

    assert_string_equal(verdict_name(row->verdict), "failed");
    assert_string_equal(row->reason, "head was killed by SIGSEGV");
    assert_int_equal(gate->result.verdict, VERDICT_FAILED);
    assert_int_equal(gate->result.exit, GATE_NOT_MEASURED);
    assert_int_equal(gate->turns.count, 5);
    /* The crash's figures are no measurement: 3 good pairs after the warm-up. */
    assert_int_equal(row->pair_count, 3);
    assert_close(row->change, 0, 0.1);
}

static void a_timeout_on_base_in_the_warm_up_names_its_limit(void **state)
{
    struct scripted_gate *gate = *state;
    struct script script = { .fails_at = 1,
                             .failing_side = SIDE_BASE,
                             .failure = { .end = PROCESS_TIMED_OUT } };
    const struct row *row = gate_of_one(gate, &script);

    assert_string_equal(verdict_name(row->verdict), "failed");
    assert_string_equal(row->reason, "base took longer than 2.00 s");
    assert_string_equal(gate->result.benches.items[0].reason, row->reason);
    assert_int_equal(gate->result.exit, GATE_NOT_MEASURED);
}

static void a_program_that_is_not_there_is_a_failure_with_its_reason(void **state)
{
    struct scripted_gate *gate = *state;
    struct script script = { .fails_at = 1,
                             .failing_side = SIDE_HEAD,
                             .failure = { .end = PROCESS_NOT_STARTED,
                                          .start_errno = 2,
                                          .start_step = PROCESS_STEP_PROGRAM } };

    assert_string_equal(gate_of_one(gate, &script)->reason,
                        "head could not be started: No such file or directory");
}

/* A failed bench stops alone; the others are judged as ever. */
static void one_failure_leaves_the_other_benches_their_verdicts(void **state)
{
    struct scripted_gate *gate = *state;
    const struct experiment_options options = scripted_options();
    const struct script scripts[] = {
        { .noise_sd = 0.01 },
        { .fails_at = 3,
          .failing_side = SIDE_HEAD,
          .failure = { .end = PROCESS_EXITED, .exit_code = 3 } },
        { .noise_sd = 0.01, .change = 0.2 },
    };

    scripted_gate_run(gate, scripts, 3, &options);

    assert_int_equal(scripted_row(gate, 0)->verdict, VERDICT_OK);
    assert_string_equal(scripted_row(gate, 1)->reason, "head exited with 3");
    assert_int_equal(scripted_row(gate, 2)->verdict, VERDICT_REGRESSED);
    assert_int_equal(gate->result.verdict, VERDICT_FAILED);
}

/* 10 benches of 0.2 s a pair; the time is enough for the warm-up and first look of 4. */
static void open_short_gate(struct scripted_gate *gate, const struct script *scripts)
{
    struct experiment_options options = scripted_options();
    options.budget_ns = INT64_C(7200000000);
    scripted_gate_open(gate, scripts, 10, &options);
    assert_true(scripted_gate_measure(gate, NULL, NO_LIMIT));
}

static void benches_without_a_turn_are_inconclusive(void **state)
{
    struct scripted_gate *gate = *state;
    const struct script scripts[10] = { { 0 } };
    size_t unmeasured = 0;

    open_short_gate(gate, scripts);
    scripted_gate_judge(gate, false);

    assert_true(gate->experiment.is_budget_spent);
    for (size_t i = 0; i < 10; i++) {
        const struct row *row = scripted_row(gate, i);
        if (row->pair_count)
            continue;
        unmeasured++;
        assert_string_equal(verdict_name(row->verdict), "inconclusive");
        assert_string_equal(row->reason,
                            "not measured: the time budget was spent before its turn");
        assert_true(isnan(row->change));
        assert_close(row->margin, 0.02, 0);
    }
    assert_int_equal(unmeasured, 6);
    assert_int_equal(gate->result.exit, GATE_PASS);
}

static void inconclusive_fails_the_gate_where_the_policy_says_so(void **state)
{
    struct scripted_gate *gate = *state;
    const struct script scripts[10] = { { 0 } };

    open_short_gate(gate, scripts);
    scripted_gate_judge(gate, true);

    assert_int_equal(gate->result.verdict, VERDICT_INCONCLUSIVE);
    assert_int_equal(gate->result.exit, GATE_INCONCLUSIVE);
}

static void one_regression_among_twenty_survives_holm(void **state)
{
    struct scripted_gate *gate = *state;
    const struct experiment_options options = scripted_options();
    struct script scripts[20] = { { 0 } };
    for (size_t i = 0; i < 20; i++)
        scripts[i] = (struct script){ .noise_sd = 0.015, .drift_sd = 0.03 };
    scripts[13].change = 0.05;

    scripted_gate_run(gate, scripts, 20, &options);

    for (size_t i = 0; i < 20; i++) {
        enum verdict wanted = i == 13 ? VERDICT_REGRESSED : VERDICT_OK;
        assert_int_equal(scripted_row(gate, i)->verdict, wanted);
    }
    const struct row *row = scripted_row(gate, 13);
    assert_true(row->p_regressed <= 0.01 / 20);
    assert_close(row->p_regressed_holm, 20 * row->p_regressed, 1e-12);
    assert_int_equal(gate->result.exit, GATE_REGRESSED);
    assert_int_equal(result_count(&gate->result, VERDICT_OK), 19);
}

static void disturbed_pairs_are_counted_and_left_out(void **state)
{
    struct scripted_gate *gate = *state;
    struct script script = { .disturbed_every = 3 };
    const struct row *row = gate_of_one(gate, &script);
    size_t disturbed = 0;
    const struct pairs *pairs = &gate->result.benches.items[0].pairs;
    for (size_t i = 0; i < pairs->count; i++)
        disturbed += !pairs->items[i].is_warmup && pairs->items[i].number % 3 == 0;

    assert_int_equal(row->verdict, VERDICT_OK);
    assert_true(disturbed > 2);
    assert_int_equal(row->discarded_count, disturbed);
    assert_int_equal(row->pair_count + row->discarded_count + 1, pairs->count);
}

/* Each pair disturbed: 8 are thrown away, from then on all are kept. */
static void a_machine_that_is_always_disturbed_still_comes_to_an_end(void **state)
{
    struct scripted_gate *gate = *state;
    struct script script = { .disturbed_every = 1 };
    const struct row *row = gate_of_one(gate, &script);

    assert_int_equal(row->verdict, VERDICT_OK);
    assert_int_equal(row->discarded_count, 8);
    assert_int_equal(gate->turns.count, 1 + 8 + row->pair_count);
    assert_true(gate->experiment.trials.items[0].keeps_disturbed);
}

int main(void)
{
#define FLOW(test) \
    cmocka_unit_test_setup_teardown(test, scripted_setup, scripted_teardown)
    const struct CMUnitTest tests[] = {
        FLOW(no_change_is_ok),
        FLOW(ok_after_few_pairs_carries_no_caveat),
        FLOW(five_percent_over_a_margin_of_two_is_regressed),
        FLOW(exactly_the_margin_is_inconclusive_and_says_why),
        FLOW(ten_percent_faster_is_improved),
        FLOW(a_slower_second_run_is_bias_and_no_regression),
        FLOW(waiting_programs_are_judged_on_wall_time),
        FLOW(busy_programs_are_judged_on_cpu_time),
        FLOW(a_crash_on_head_fails_the_gate_as_not_measured),
        FLOW(a_timeout_on_base_in_the_warm_up_names_its_limit),
        FLOW(a_program_that_is_not_there_is_a_failure_with_its_reason),
        FLOW(one_failure_leaves_the_other_benches_their_verdicts),
        FLOW(benches_without_a_turn_are_inconclusive),
        FLOW(inconclusive_fails_the_gate_where_the_policy_says_so),
        FLOW(one_regression_among_twenty_survives_holm),
        FLOW(disturbed_pairs_are_counted_and_left_out),
        FLOW(a_machine_that_is_always_disturbed_still_comes_to_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
