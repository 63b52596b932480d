#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/experiment/trial.h"
#include "tests/support/check.h"
#include "tests/support/scripted.h"

enum {
    MAX_PAIRS = 135
};

static const struct row_errors errors = { .false_alarm = 0.03, .miss = 0.05 };

/* A trial with margins of its own: 2 % of CPU time, where a test says nothing else. */
struct fixture {
    struct margin margins[METRIC_COUNT];
    struct trial trial;
    size_t max_pairs;
};

static int setup(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    fixture->margins[METRIC_CPU] = (struct margin){ .is_gated = true, .share = 0.02 };
    fixture->trial.margins = fixture->margins;
    fixture->max_pairs = MAX_PAIRS;
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    trial_clear(&fixture->trial);
    free(fixture);
    return 0;
}

static void record(struct fixture *fixture, const struct pair *pair)
{
    trial_record(&fixture->trial, pair, 1, fixture->max_pairs);
}

static void warm_up(struct fixture *fixture)
{
    struct pair pair = scripted_pair(1, 1);
    pair.is_warmup = true;
    record(fixture, &pair);
}

/* count pairs with base at base_s and head at ratio times that. */
static void run(struct fixture *fixture, size_t count, double base_s, double ratio)
{
    for (size_t i = 0; i < count; i++) {
        struct pair pair = scripted_pair(base_s, base_s * ratio);
        record(fixture, &pair);
    }
}

static const struct trial_row *look(struct fixture *fixture)
{
    trial_look(&fixture->trial, &errors, fixture->max_pairs);
    return &fixture->trial.rows[0];
}

static void time_is_one_row_whichever_clocks_are_gated(void **state)
{
    struct margin margins[METRIC_COUNT] = { 0 };

    (void)state;
    assert_int_equal(trial_planned_rows(margins), 0);
    margins[METRIC_WALL].is_gated = true;
    assert_int_equal(trial_planned_rows(margins), 1);
    margins[METRIC_CPU].is_gated = true;
    assert_int_equal(trial_planned_rows(margins), 1);
    margins[METRIC_PEAK_RSS].is_gated = true;
    assert_int_equal(trial_planned_rows(margins), 2);
    margins[METRIC_USER].is_gated = true;
    assert_int_equal(trial_planned_rows(margins), 3);
}

static void rows_are_known_after_the_warm_up(void **state)
{
    struct fixture *fixture = *state;
    fixture->margins[METRIC_PEAK_RSS] = (struct margin){ .is_gated = true, .share = 0.1 };

    assert_int_equal(fixture->trial.row_count, 0);
    warm_up(fixture);

    assert_int_equal(fixture->trial.row_count, 2);
    assert_int_equal(fixture->trial.rows[0].metric, METRIC_CPU);
    assert_int_equal(fixture->trial.rows[1].metric, METRIC_PEAK_RSS);
    assert_close(fixture->trial.rows[1].margin, 0.1, 0);
    assert_int_equal(fixture->trial.counted, 0);
}

/* The metric by which a bench of these shares of CPU time is judged. */
static enum metric judged_by(double base_busy, double head_busy)
{
    struct margin margins[METRIC_COUNT] = {
        [METRIC_WALL] = { .is_gated = true },
        [METRIC_CPU] = { .is_gated = true },
    };
    struct trial trial = { .margins = margins };
    struct pair pair = scripted_pair(1, 1);
    pair.is_warmup = true;
    pair.sides[SIDE_BASE].user_ns = (int64_t)(base_busy * 0.5e9);
    pair.sides[SIDE_BASE].system_ns = (int64_t)(base_busy * 0.5e9);
    pair.sides[SIDE_HEAD].user_ns = (int64_t)(head_busy * 1e9);
    trial_record(&trial, &pair, 1, MAX_PAIRS);
    trial_clear(&trial);
    return trial.rows[0].metric;
}

static void one_busy_thread_on_both_sides_is_judged_on_cpu_time(void **state)
{
    (void)state;
    assert_int_equal(judged_by(1, 1), METRIC_CPU);
    assert_int_equal(judged_by(0.91, 1.09), METRIC_CPU);
    assert_int_equal(judged_by(0.5, 1), METRIC_WALL);
    assert_int_equal(judged_by(1, 0.89), METRIC_WALL);
    assert_int_equal(judged_by(1, 1.5), METRIC_WALL);
    assert_int_equal(judged_by(0, 0), METRIC_WALL);
}

static void one_run_that_waited_for_a_cpu_does_not_make_a_program_wait(void **state)
{
    (void)state;
    struct margin margins[METRIC_COUNT] = {
        [METRIC_WALL] = { .is_gated = true },
        [METRIC_CPU] = { .is_gated = true },
    };
    struct trial trial = { .margins = margins };
    struct pair busy = scripted_pair(0.1, 0.1);
    struct pair disturbed = scripted_pair(0.1, 0.1);
    busy.is_warmup = disturbed.is_warmup = true;
    disturbed.sides[SIDE_BASE].wall_ns *= 3;
    disturbed.sides[SIDE_HEAD].wall_ns *= 2;

    trial_record(&trial, &disturbed, 3, MAX_PAIRS);
    trial_record(&trial, &busy, 3, MAX_PAIRS);
    trial_record(&trial, &disturbed, 3, MAX_PAIRS);

    assert_int_equal(trial.rows[0].metric, METRIC_CPU);
    trial_clear(&trial);
}

static void one_long_pair_is_warm_up_enough(void **state)
{
    (void)state;
    struct margin margins[METRIC_COUNT] = { [METRIC_CPU] = { .is_gated = true } };
    struct trial quick = { .margins = margins };
    struct trial slow = { .margins = margins };
    struct pair pair = scripted_pair(0.1, 0.1);
    struct pair long_pair = scripted_pair(1, 1);
    pair.is_warmup = long_pair.is_warmup = true;

    assert_true(trial_is_warming_up(&slow, 3));
    trial_record(&quick, &pair, 3, MAX_PAIRS);
    trial_record(&slow, &long_pair, 3, MAX_PAIRS);

    assert_true(trial_is_warming_up(&quick, 3));
    assert_int_equal(quick.row_count, 0);
    assert_false(trial_is_warming_up(&slow, 3));
    assert_int_equal(slow.row_count, 1);
    trial_clear(&quick);
    trial_clear(&slow);
}

static void a_clock_that_is_not_gated_leaves_the_other(void **state)
{
    struct fixture *fixture = *state;
    struct pair waiting = scripted_pair(1, 1);
    waiting.is_warmup = true;
    waiting.sides[SIDE_HEAD].user_ns = 0;

    record(fixture, &waiting);

    assert_false(fixture->trial.is_cpu_bound);
    assert_int_equal(fixture->trial.rows[0].metric, METRIC_CPU);
}

static void planned_looks_are_due_once(void **state)
{
    struct fixture *fixture = *state;
    size_t due = 0;

    warm_up(fixture);
    assert_false(trial_is_at_look(&fixture->trial, MAX_PAIRS));
    for (size_t i = 0; i < 12; i++) {
        run(fixture, 1, 0.1, 1.02);
        if (!trial_is_at_look(&fixture->trial, MAX_PAIRS))
            continue;
        due++;
        look(fixture);
        assert_false(trial_is_at_look(&fixture->trial, MAX_PAIRS));
    }
    assert_int_equal(due, 3);
    assert_int_equal(fixture->trial.last_look, 12);
}

/* 2^-8 is the p-value of 8 equal signs, (8 / 135)^0.6 what the look may spend; p-values
 * come in steps. */
#define LEAST_P_OF_8 0.02236067977
#define ONE_STEP     1.1059

static void equal_ratios_of_one_sign_have_the_least_p(void **state)
{
    struct fixture *fixture = *state;

    warm_up(fixture);
    run(fixture, 8, 0.1, 1.5);
    const struct trial_row *row = look(fixture);

    assert_close(row->tests.p_regressed, LEAST_P_OF_8, 1e-11);
    assert_close(row->tests.p_ok, 1, 0);
    assert_int_equal(row->state, ROW_DECIDED);
    assert_int_equal(fixture->trial.state, TRIAL_DECIDED);
}

static void the_same_on_both_sides_is_ok(void **state)
{
    struct fixture *fixture = *state;

    warm_up(fixture);
    run(fixture, 8, 0.1, 1);
    const struct trial_row *row = look(fixture);

    assert_close(row->tests.p_ok, LEAST_P_OF_8, 1e-11);
    assert_close(row->tests.p_regressed, 1, 0);
    assert_int_equal(fixture->trial.state, TRIAL_DECIDED);
}

static void the_same_without_a_margin_is_never_decided(void **state)
{
    struct fixture *fixture = *state;
    fixture->margins[METRIC_CPU].share = 0;

    warm_up(fixture);
    run(fixture, 8, 0.1, 1);
    const struct trial_row *row = look(fixture);

    assert_close(row->tests.p_ok, 1, 0);
    assert_close(row->tests.p_regressed, 1, 0);
    assert_int_equal(row->state, ROW_UNDECIDED);
    assert_int_equal(fixture->trial.state, TRIAL_OPEN);
}

static void an_improvement_that_is_not_shown_yet_is_promising(void **state)
{
    struct fixture *fixture = *state;
    const struct row_errors strict = { .false_alarm = 0.001, .miss = 0.05 };

    warm_up(fixture);
    run(fixture, 8, 0.1, 0.9);
    trial_look(&fixture->trial, &strict, MAX_PAIRS);
    assert_int_equal(fixture->trial.rows[0].state, ROW_PROMISING);
    assert_int_equal(fixture->trial.state, TRIAL_OPEN);

    run(fixture, 10, 0.1, 0.9);
    trial_look(&fixture->trial, &strict, MAX_PAIRS);
    assert_int_equal(fixture->trial.rows[0].state, ROW_DECIDED);
}

static void a_second_look_at_the_same_pairs_changes_nothing(void **state)
{
    struct fixture *fixture = *state;

    warm_up(fixture);
    run(fixture, 9, 0.1, 1.01);
    struct trial_row before = *look(fixture);
    const struct trial_row *after = look(fixture);

    assert_close(after->tests.p_ok, before.tests.p_ok, 0);
    assert_close(after->tests.weight, before.tests.weight, 0);
    assert_int_equal(after->state, before.state);
}

static void looking_before_any_pair_changes_nothing(void **state)
{
    struct fixture *fixture = *state;

    look(fixture);
    warm_up(fixture);
    look(fixture);

    assert_int_equal(fixture->trial.state, TRIAL_OPEN);
    assert_int_equal(fixture->trial.rows[0].state, ROW_UNDECIDED);
}

/* 5 ms on a base of 100 ms are 5 %, more than the share of 2 %. */
static void the_larger_of_share_and_floor_counts(void **state)
{
    struct fixture *fixture = *state;
    fixture->margins[METRIC_CPU].floor = 0.005;

    warm_up(fixture);
    run(fixture, 8, 0.1, 1.04);

    assert_close(look(fixture)->margin, 0.05, 1e-9);
    assert_true(fixture->trial.rows[0].tests.p_ok <= 0.05);
}

static void a_floor_below_the_share_does_not_count(void **state)
{
    struct fixture *fixture = *state;
    fixture->margins[METRIC_CPU].floor = 0.001;

    warm_up(fixture);
    run(fixture, 8, 0.1, 1);

    assert_close(look(fixture)->margin, 0.02, 0);
}

/* From no time at all to 0.5 ms: within a floor of 1 ms, whatever the ratio. */
static void a_floor_holds_where_base_is_below_the_clock(void **state)
{
    struct fixture *fixture = *state;
    struct pair pair = scripted_pair(0, 0.0005);
    fixture->margins[METRIC_CPU].floor = 0.001;

    warm_up(fixture);
    for (size_t i = 0; i < 8; i++)
        record(fixture, &pair);

    assert_close(look(fixture)->margin, 1000, 1e-9);
    assert_true(fixture->trial.rows[0].tests.p_ok <= 0.05);
}

/* The row of 8 pairs whose head has so many major faults, base none, at a floor of 10. */
static struct trial_row row_of_faults(struct fixture *fixture, int64_t faults)
{
    struct pair pair = scripted_pair(1, 1);
    pair.sides[SIDE_HEAD].major_faults = faults;
    fixture->margins[METRIC_CPU].is_gated = false;
    fixture->margins[METRIC_MAJOR_FAULTS] =
        (struct margin){ .is_gated = true, .share = 0.02, .floor = 10 };

    warm_up(fixture);
    for (size_t i = 0; i < 8; i++)
        record(fixture, &pair);
    return *look(fixture);
}

static void a_few_counts_from_none_are_within_the_floor(void **state)
{
    const struct trial_row row = row_of_faults(*state, 3);

    assert_close(row.margin, 10, 1e-9);
    assert_true(row.tests.p_ok <= 0.05);
}

static void many_counts_from_none_are_beyond_the_floor(void **state)
{
    const struct trial_row row = row_of_faults(*state, 11);

    assert_true(row.tests.p_regressed <= 0.03);
}

/* A margin of 150 %: twice as slow is ok; and nothing is a hundredfold faster. */
static void a_margin_above_one_has_no_improvements(void **state)
{
    struct fixture *fixture = *state;
    fixture->margins[METRIC_CPU].share = 1.5;

    warm_up(fixture);
    run(fixture, 4, 0.1, 2);
    run(fixture, 4, 0.1, 0.5);
    const struct trial_row *row = look(fixture);

    assert_true(row->tests.p_ok <= 0.05);
    assert_close(row->tests.p_improved, 1, 0);
    assert_int_equal(row->state, ROW_DECIDED);
}

static void one_pair_may_be_all_there_is(void **state)
{
    struct fixture *fixture = *state;
    fixture->max_pairs = 1;

    warm_up(fixture);
    run(fixture, 1, 0.1, 2);
    assert_true(trial_is_at_look(&fixture->trial, 1));
    const struct trial_row *row = look(fixture);

    assert_true(row->tests.p_regressed >= 0.5);
    assert_true(row->tests.p_regressed <= 0.5 * ONE_STEP);
    assert_int_equal(fixture->trial.state, TRIAL_SPENT);
}

static void the_last_pair_spends_the_trial(void **state)
{
    struct fixture *fixture = *state;
    fixture->max_pairs = 10;

    warm_up(fixture);
    run(fixture, 5, 0.1, 1.01);
    run(fixture, 5, 0.1, 1.03);
    assert_true(trial_is_at_look(&fixture->trial, 10));
    look(fixture);

    assert_int_equal(fixture->trial.state, TRIAL_SPENT);
}

/* One row decided, the other not: the decided one is left alone, the trial goes on. */
static void a_trial_is_open_while_one_row_is(void **state)
{
    struct fixture *fixture = *state;
    fixture->margins[METRIC_PEAK_RSS] = (struct margin){ .is_gated = true };

    warm_up(fixture);
    run(fixture, 8, 0.1, 1);
    look(fixture);
    assert_int_equal(fixture->trial.rows[0].state, ROW_DECIDED);
    assert_int_equal(fixture->trial.rows[1].state, ROW_UNDECIDED);
    assert_int_equal(fixture->trial.state, TRIAL_OPEN);

    run(fixture, 4, 0.1, 1);
    look(fixture);
    assert_int_equal(fixture->trial.rows[0].tests.seen, 8);
    assert_int_equal(fixture->trial.rows[1].tests.seen, 12);
}

static void a_failed_run_ends_the_trial_and_is_kept(void **state)
{
    struct fixture *fixture = *state;
    struct pair pair = scripted_pair(1, 1);
    pair.sides[SIDE_HEAD].exit_code = 7;

    warm_up(fixture);
    run(fixture, 2, 0.1, 1);
    record(fixture, &pair);
    look(fixture);

    assert_int_equal(fixture->trial.state, TRIAL_FAILED);
    assert_int_equal(fixture->trial.failed_side, SIDE_HEAD);
    assert_int_equal(fixture->trial.failed_run.exit_code, 7);
    assert_int_equal(fixture->trial.pairs.count, 4);
    assert_int_equal(fixture->trial.counted, pairs_counted(&fixture->trial.pairs));
    assert_int_equal(fixture->trial.last_look, 0);
}

static void a_failure_counts_in_a_disturbed_pair_too(void **state)
{
    struct fixture *fixture = *state;
    struct pair pair = scripted_pair(1, 1);
    pair.discard = DISCARD_STEAL;
    pair.sides[SIDE_BASE].end = PROCESS_SIGNALLED;

    warm_up(fixture);
    record(fixture, &pair);

    assert_int_equal(fixture->trial.state, TRIAL_FAILED);
    assert_int_equal(fixture->trial.failed_side, SIDE_BASE);
}

/* 20 thrown away and none kept: from there on all are kept. */
static void too_many_disturbed_pairs_are_kept(void **state)
{
    struct fixture *fixture = *state;
    struct pair pair = scripted_pair(1, 1);
    pair.discard = DISCARD_STEAL;

    warm_up(fixture);
    for (size_t i = 0; i < 60; i++)
        record(fixture, &pair);

    assert_int_equal(fixture->trial.discarded, 20);
    assert_int_equal(fixture->trial.counted, 40);
    assert_true(fixture->trial.keeps_disturbed);
    assert_int_equal(pairs_discarded(&fixture->trial.pairs), 20);
}

static void a_few_disturbed_pairs_are_thrown_away(void **state)
{
    struct fixture *fixture = *state;
    struct pair pair = scripted_pair(1, 1);
    pair.discard = DISCARD_SUSPEND;

    warm_up(fixture);
    run(fixture, 30, 0.1, 1);
    for (size_t i = 0; i < 30; i++)
        record(fixture, &pair);

    assert_int_equal(fixture->trial.discarded, 30);
    assert_int_equal(fixture->trial.counted, 30);
    assert_false(fixture->trial.keeps_disturbed);
}

/* 2 s of warm-up and three pairs of 3 s. */
static void pair_time_is_the_mean_over_all(void **state)
{
    struct fixture *fixture = *state;

    warm_up(fixture);
    run(fixture, 3, 1.0, 2.0);

    assert_close((double)fixture->trial.pair_ns, 2.75e9, 4);
}

int main(void)
{
#define TRIAL(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_is_one_row_whichever_clocks_are_gated),
        TRIAL(rows_are_known_after_the_warm_up),
        cmocka_unit_test(one_busy_thread_on_both_sides_is_judged_on_cpu_time),
        cmocka_unit_test(one_long_pair_is_warm_up_enough),
        cmocka_unit_test(one_run_that_waited_for_a_cpu_does_not_make_a_program_wait),
        TRIAL(a_clock_that_is_not_gated_leaves_the_other),
        TRIAL(planned_looks_are_due_once),
        TRIAL(equal_ratios_of_one_sign_have_the_least_p),
        TRIAL(the_same_on_both_sides_is_ok),
        TRIAL(the_same_without_a_margin_is_never_decided),
        TRIAL(an_improvement_that_is_not_shown_yet_is_promising),
        TRIAL(a_second_look_at_the_same_pairs_changes_nothing),
        TRIAL(looking_before_any_pair_changes_nothing),
        TRIAL(the_larger_of_share_and_floor_counts),
        TRIAL(a_floor_below_the_share_does_not_count),
        TRIAL(a_floor_holds_where_base_is_below_the_clock),
        TRIAL(a_few_counts_from_none_are_within_the_floor),
        TRIAL(many_counts_from_none_are_beyond_the_floor),
        TRIAL(a_margin_above_one_has_no_improvements),
        TRIAL(one_pair_may_be_all_there_is),
        TRIAL(the_last_pair_spends_the_trial),
        TRIAL(a_trial_is_open_while_one_row_is),
        TRIAL(a_failed_run_ends_the_trial_and_is_kept),
        TRIAL(a_failure_counts_in_a_disturbed_pair_too),
        TRIAL(too_many_disturbed_pairs_are_kept),
        TRIAL(a_few_disturbed_pairs_are_thrown_away),
        TRIAL(pair_time_is_the_mean_over_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
