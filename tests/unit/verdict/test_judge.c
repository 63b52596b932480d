#include "gate/base/array.h"
#include "gate/verdict/judge.h"
#include "tests/support/check.h"
#include "tests/support/scripted.h"

/* Margins of 2 % on CPU time, 5 % on wall time, 10 % on memory. */
static const struct margin three_margins[METRIC_COUNT] = {
    [METRIC_WALL] = { .is_gated = true, .share = 0.05 },
    [METRIC_CPU] = { .is_gated = true, .share = 0.02 },
    [METRIC_PEAK_RSS] = { .is_gated = true, .share = 0.10 },
};
static const struct margin nothing[METRIC_COUNT] = { { 0 } };

enum {
    MOST_BENCHES = 4
};

/* What the looks at a bench's one row came to. */
struct looks {
    double p_regressed;
    double p_ok;
    double p_improved;
};

/* A gate of benches with one pair and the given p-values each, through judge_trial. */
static void
judge_looks(struct scripted_gate *gate, const struct looks *looks, size_t count)
{
    static const struct script scripts[MOST_BENCHES] = { { 0 } };
    const struct experiment_options options = scripted_options();

    scripted_gate_open(gate, scripts, count, &options);
    for (size_t i = 0; i < count; i++) {
        struct trial *trial = &gate->experiment.trials.items[i];
        *array_push(&trial->pairs) = scripted_pair(1, 1);
        trial->counted = 1;
        trial->row_count = 1;
        trial->rows[0] = (struct trial_row){
            .metric = METRIC_CPU,
            .margin = 0.02,
            .tests = { .max_pairs = 135,
                       .p_regressed = looks[i].p_regressed,
                       .p_ok = looks[i].p_ok,
                       .p_improved = looks[i].p_improved },
        };
        judge_trial(&gate->experiment, trial, &gate->benches[i], &gate->result);
    }
}

/* Holm at 1 % over 3 rows: 0.003 x 3 and 0.004 x 2 are within it, 0.2 is not; 0.004 alone
 * would not have survived Bonferroni. */
static void holm_goes_over_all_rows(void **state)
{
    struct scripted_gate *gate = *state;
    const struct looks looks[] = { { 0.2, 1, 1 }, { 0.003, 1, 1 }, { 0.004, 1, 1 } };

    judge_looks(gate, looks, 3);
    judge_rows(&gate->experiment, &gate->result);

    assert_close(scripted_row(gate, 0)->p_regressed_holm, 0.2, 1e-12);
    assert_close(scripted_row(gate, 1)->p_regressed_holm, 0.009, 1e-12);
    assert_close(scripted_row(gate, 2)->p_regressed_holm, 0.009, 1e-12);
    assert_int_equal(scripted_row(gate, 0)->verdict, VERDICT_INCONCLUSIVE);
    assert_int_equal(scripted_row(gate, 1)->verdict, VERDICT_REGRESSED);
    assert_int_equal(scripted_row(gate, 2)->verdict, VERDICT_REGRESSED);
}

static void ok_is_not_corrected_and_improved_is(void **state)
{
    struct scripted_gate *gate = *state;
    const struct looks looks[] = {
        { 1, 0.05, 1 }, { 1, 0.001, 0.003 }, { 1, 0.001, 0.02 }, { 1, 0.051, 0.0001 }
    };

    judge_looks(gate, looks, 4);
    judge_rows(&gate->experiment, &gate->result);

    assert_int_equal(scripted_row(gate, 0)->verdict, VERDICT_OK);
    assert_int_equal(scripted_row(gate, 1)->verdict, VERDICT_IMPROVED);
    assert_close(scripted_row(gate, 1)->p_improved_holm, 0.009, 1e-12);
    assert_int_equal(scripted_row(gate, 2)->verdict, VERDICT_OK);
    assert_int_equal(scripted_row(gate, 3)->verdict, VERDICT_INCONCLUSIVE);
}

static void regressed_goes_before_ok(void **state)
{
    struct scripted_gate *gate = *state;
    const struct looks looks[] = { { 0.001, 0.001, 1 } };

    judge_looks(gate, looks, 1);
    judge_rows(&gate->experiment, &gate->result);

    assert_int_equal(scripted_row(gate, 0)->verdict, VERDICT_REGRESSED);
}

/* The row stopped at 1 %, its own share; settled benches must not take it away again. */
static void benches_without_a_trial_take_no_part_in_the_correction(void **state)
{
    static const enum verdict settled[] = { VERDICT_IDENTICAL, VERDICT_NEW,
                                            VERDICT_MISSING, VERDICT_FAILED };
    struct scripted_gate *gate = *state;
    const struct looks looks[] = { { 0.0099, 1, 1 } };
    struct benchmark benchmark = { 0 };
    char id[] = "elsewhere";

    judge_looks(gate, looks, 1);
    const struct bench bench = { .suite = &gate->suite,
                                 .benchmark = &benchmark,
                                 .id = id };
    benchmark.margins[METRIC_CPU].is_gated = true;
    for (size_t i = 0; i < sizeof settled / sizeof settled[0]; i++)
        judge_unmeasured(&bench, settled[i], "because", &gate->result);
    judge_rows(&gate->experiment, &gate->result);

    assert_close(scripted_row(gate, 0)->p_regressed_holm, 0.0099, 1e-12);
    assert_int_equal(scripted_row(gate, 0)->verdict, VERDICT_REGRESSED);
}

static void a_stated_reason_goes_before_the_end_of_the_run(void **state)
{
    struct scripted_gate *gate = *state;
    const struct script script = { .margins = three_margins, .noise_sd = 0.01 };
    const struct experiment_options options = scripted_options();
    scripted_gate_open(gate, &script, 1, &options);
    scripted_gate_measure(gate, NULL, 5);

    experiment_explain(&gate->experiment, 0, "nothing has failed");
    assert_null(gate->experiment.trials.items[0].failure);
    experiment_fail(&gate->experiment, 0, "teardown of the suite failed");
    experiment_explain(&gate->experiment, 0, "a later one");
    judge_trial(&gate->experiment, &gate->experiment.trials.items[0], &gate->benches[0],
                &gate->result);

    assert_int_equal(scripted_row(gate, 0)->verdict, VERDICT_FAILED);
    assert_string_equal(scripted_row(gate, 0)->reason, "teardown of the suite failed");
}

static void unmeasured_benches_count_with_their_rows(void **state)
{
    struct scripted_gate *gate = *state;
    const struct script script = { .margins = three_margins };
    const struct experiment_options options = scripted_options();
    scripted_gate_open(gate, &script, 1, &options);

    judge_unmeasured(&gate->benches[0], VERDICT_MISSING, "gone", &gate->result);

    const struct rows *rows = &gate->result.rows;
    assert_int_equal(rows->count, 2);
    assert_int_equal(rows->items[0].metric, METRIC_CPU);
    assert_close(rows->items[0].margin, 0.02, 0);
    assert_int_equal(rows->items[1].metric, METRIC_PEAK_RSS);
    assert_close(rows->items[1].margin, 0.10, 0);
    assert_true(rows->items[0].is_judged);
    assert_string_equal(rows->items[1].reason, "gone");
    assert_int_equal(result_count(&gate->result, VERDICT_MISSING), 2);
    assert_string_equal(gate->result.benches.items[0].reason, "gone");
}

/* By wall time alone, though CPU time and memory have margins too. */
static void names_of_a_harness_count_with_what_they_tell(void **state)
{
    struct scripted_gate *gate = *state;
    const struct script script = { .margins = three_margins };
    const struct experiment_options options = scripted_options();
    scripted_gate_open(gate, &script, 1, &options);
    struct bench name = gate->benches[0];
    name.printed_name = "parse";
    name.metrics = METRIC_BIT(METRIC_WALL);

    judge_unmeasured(&name, VERDICT_MISSING, "gone", &gate->result);

    assert_int_equal(gate->result.rows.count, 1);
    assert_int_equal(gate->result.rows.items[0].metric, METRIC_WALL);
}

/* Judged by CPU time and memory; wall time is shown beside them. */
static void measured_benches_show_all_clocks_and_memory(void **state)
{
    struct scripted_gate *gate = *state;
    const struct script script = { .margins = three_margins, .memory_change = 0.5 };
    const struct experiment_options options = scripted_options();

    scripted_gate_run(gate, &script, 1, &options);

    const struct rows *rows = &gate->result.rows;
    assert_int_equal(rows->count, 3);
    assert_int_equal(rows->items[0].verdict, VERDICT_OK);
    assert_int_equal(rows->items[1].metric, METRIC_PEAK_RSS);
    assert_int_equal(rows->items[1].verdict, VERDICT_REGRESSED);
    assert_close(rows->items[1].change, 0.5, 1e-6);
    assert_int_equal(rows->items[2].metric, METRIC_WALL);
    assert_int_equal(rows->items[2].verdict, VERDICT_NONE);
    assert_false(rows->items[2].is_judged);
    assert_int_equal(gate->result.benches.items[0].verdict, VERDICT_REGRESSED);
}

static void a_bench_without_gated_metrics_is_shown(void **state)
{
    struct scripted_gate *gate = *state;
    const struct script script = { .margins = nothing, .change = 1 };
    const struct experiment_options options = scripted_options();

    scripted_gate_run(gate, &script, 1, &options);

    assert_int_equal(gate->result.rows.count, 3);
    assert_close(gate->result.rows.items[0].change, 1, 1e-6);
    assert_int_equal(gate->result.verdict, VERDICT_OK);
    assert_int_equal(gate->result.exit, GATE_PASS);
}

static void a_crash_without_gated_metrics_is_no_pass(void **state)
{
    struct scripted_gate *gate = *state;
    const struct script script = { .margins = nothing,
                                   .fails_at = 4,
                                   .failing_side = SIDE_HEAD,
                                   .failure = { .end = PROCESS_SIGNALLED,
                                                .signal_number = 6 } };
    const struct experiment_options options = scripted_options();

    scripted_gate_run(gate, &script, 1, &options);

    assert_string_equal(gate->result.benches.items[0].reason,
                        "head was killed by SIGABRT");
    assert_int_equal(gate->result.exit, GATE_NOT_MEASURED);
}

static void no_turn_without_gated_metrics_is_inconclusive(void **state)
{
    struct scripted_gate *gate = *state;
    const struct script script = { .margins = nothing };
    struct experiment_options options = scripted_options();
    options.budget_ns = 0;

    scripted_gate_run(gate, &script, 1, &options);

    assert_int_equal(gate->result.verdict, VERDICT_INCONCLUSIVE);
    assert_contains(gate->result.benches.items[0].reason, "not measured");
}

static void pairs_are_copied_into_the_result(void **state)
{
    struct scripted_gate *gate = *state;
    const struct script script = { 0 };
    const struct experiment_options options = scripted_options();

    scripted_gate_run(gate, &script, 1, &options);
    const struct bench_result *bench = &gate->result.benches.items[0];

    assert_int_equal(bench->pairs.count, 9);
    assert_true(bench->pairs.items[0].is_warmup);
    assert_ptr_not_equal(bench->pairs.items,
                         gate->experiment.trials.items[0].pairs.items);
    assert_string_equal(bench->suite, "scripts");
    assert_string_equal(bench->command, "run-b0");
}

static void an_empty_gate_is_judged_without_ado(void **state)
{
    struct scripted_gate *gate = *state;
    const struct experiment_options options = scripted_options();

    scripted_gate_run(gate, NULL, 0, &options);

    assert_int_equal(gate->result.verdict, VERDICT_NONE);
    assert_int_equal(gate->result.exit, GATE_NOT_MEASURED);
}

int main(void)
{
#define JUDGE(test) \
    cmocka_unit_test_setup_teardown(test, scripted_setup, scripted_teardown)
    const struct CMUnitTest tests[] = {
        JUDGE(holm_goes_over_all_rows),
        JUDGE(ok_is_not_corrected_and_improved_is),
        JUDGE(regressed_goes_before_ok),
        JUDGE(benches_without_a_trial_take_no_part_in_the_correction),
        JUDGE(a_stated_reason_goes_before_the_end_of_the_run),
        JUDGE(unmeasured_benches_count_with_their_rows),
        JUDGE(names_of_a_harness_count_with_what_they_tell),
        JUDGE(measured_benches_show_all_clocks_and_memory),
        JUDGE(a_bench_without_gated_metrics_is_shown),
        JUDGE(a_crash_without_gated_metrics_is_no_pass),
        JUDGE(no_turn_without_gated_metrics_is_inconclusive),
        JUDGE(pairs_are_copied_into_the_result),
        JUDGE(an_empty_gate_is_judged_without_ado),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
