/* What a trial keeps of the pairs that it is given. */
#include "tests/unit/experiment/trial_fixture.h"

static void time_is_one_row_whichever_clocks_are_gated(void **state)
{
    struct margin margins[METRIC_COUNT] = { 0 };
    const struct trial_plan plan = plan_of(margins);

    (void)state;
    assert_int_equal(trial_plan_rows(&plan), 0);
    margins[METRIC_WALL].is_gated = true;
    assert_int_equal(trial_plan_rows(&plan), 1);
    margins[METRIC_CPU].is_gated = true;
    assert_int_equal(trial_plan_rows(&plan), 1);
    margins[METRIC_PEAK_RSS].is_gated = true;
    assert_int_equal(trial_plan_rows(&plan), 2);
    margins[METRIC_USER].is_gated = true;
    assert_int_equal(trial_plan_rows(&plan), 3);
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
    struct trial trial = { .plan = plan_of(margins) };
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

/* The metric that judges a bench whose runs of 1 s had the CPU and waited for it for so
 * long. */
static enum metric judged_on_a_crowded_machine(double busy_s, double waited_s)
{
    struct margin margins[METRIC_COUNT] = {
        [METRIC_WALL] = { .is_gated = true },
        [METRIC_CPU] = { .is_gated = true },
    };
    struct trial trial = { .plan = plan_of(margins) };
    struct pair pair = scripted_pair(1, 1);
    pair.is_warmup = true;
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        pair.sides[side].user_ns = (int64_t)(busy_s * 1e9);
        pair.sides[side].system_ns = 0;
        pair.sides[side].run_queue_wait_ns = (int64_t)(waited_s * 1e9);
        pair.sides[side].told |= METRIC_BIT(METRIC_RUN_QUEUE_WAIT);
    }
    trial_record(&trial, &pair, 1, MAX_PAIRS);
    trial_clear(&trial);
    return trial.rows[0].metric;
}

static void waiting_for_a_cpu_is_no_waiting_by_nature(void **state)
{
    (void)state;
    assert_int_equal(judged_on_a_crowded_machine(0.3, 0.69), METRIC_CPU);
    assert_int_equal(judged_on_a_crowded_machine(0.3, 0.1), METRIC_WALL);
    assert_int_equal(judged_on_a_crowded_machine(0.2, 0.6), METRIC_WALL);
    /* Two threads that both wait. */
    assert_int_equal(judged_on_a_crowded_machine(0.4, 1.6), METRIC_WALL);
    assert_int_equal(judged_on_a_crowded_machine(1.8, 0.1), METRIC_WALL);
}

static void one_run_that_waited_for_a_cpu_does_not_make_a_program_wait(void **state)
{
    (void)state;
    struct margin margins[METRIC_COUNT] = {
        [METRIC_WALL] = { .is_gated = true },
        [METRIC_CPU] = { .is_gated = true },
    };
    struct trial trial = { .plan = plan_of(margins) };
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
    struct trial quick = { .plan = plan_of(margins) };
    struct trial slow = { .plan = plan_of(margins) };
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

/* However many were thrown away for other reasons. */
static void a_pair_that_cannot_be_read_fails_the_trial(void **state)
{
    struct fixture *fixture = *state;
    struct pair pair = scripted_pair(1, 1);
    pair.discard = DISCARD_STEAL;

    warm_up(fixture);
    for (size_t i = 0; i < 30; i++)
        record(fixture, &pair);
    pair.discard = DISCARD_UNREADABLE;
    record(fixture, &pair);

    assert_int_equal(fixture->trial.state, TRIAL_FAILED);
    assert_int_equal(fixture->trial.pairs.items[31].discard, DISCARD_UNREADABLE);
    assert_int_equal(pairs_counted(&fixture->trial.pairs), fixture->trial.counted);
}

/* 8 thrown away and none kept: from there on all are kept. */
static void too_many_disturbed_pairs_are_kept(void **state)
{
    struct fixture *fixture = *state;
    struct pair pair = scripted_pair(1, 1);
    pair.discard = DISCARD_STEAL;

    warm_up(fixture);
    for (size_t i = 0; i < 60; i++)
        record(fixture, &pair);

    assert_int_equal(fixture->trial.discarded, 8);
    assert_int_equal(fixture->trial.counted, 52);
    assert_true(fixture->trial.keeps_disturbed);
    assert_int_equal(pairs_discarded(&fixture->trial.pairs), 8);
}

/* CPU time hardly feels them. */
static void use_by_others_matters_only_to_the_clock(void **state)
{
    struct fixture *fixture = *state;
    struct pair pair = scripted_pair(1, 1);
    pair.discard = DISCARD_OTHERS;

    warm_up(fixture);
    record(fixture, &pair);
    assert_int_equal(fixture->trial.rows[0].metric, METRIC_CPU);
    assert_int_equal(fixture->trial.counted, 1);
    assert_int_equal(pairs_discarded(&fixture->trial.pairs), 0);
}

static void use_by_others_throws_away_what_the_clock_judges(void **state)
{
    struct fixture *fixture = *state;
    struct pair pair = scripted_pair(1, 1);
    fixture->margins[METRIC_WALL] = (struct margin){ .is_gated = true, .share = 0.05 };
    fixture->margins[METRIC_CPU].is_gated = false;
    pair.discard = DISCARD_OTHERS;

    warm_up(fixture);
    record(fixture, &pair);

    assert_int_equal(fixture->trial.counted, 0);
    assert_int_equal(pairs_discarded_for(&fixture->trial.pairs, DISCARD_OTHERS), 1);
    assert_int_equal(pairs_discarded_for(&fixture->trial.pairs, DISCARD_STEAL), 0);
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
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_is_one_row_whichever_clocks_are_gated),
        TRIAL(rows_are_known_after_the_warm_up),
        cmocka_unit_test(one_busy_thread_on_both_sides_is_judged_on_cpu_time),
        cmocka_unit_test(waiting_for_a_cpu_is_no_waiting_by_nature),
        cmocka_unit_test(one_run_that_waited_for_a_cpu_does_not_make_a_program_wait),
        cmocka_unit_test(one_long_pair_is_warm_up_enough),
        TRIAL(a_clock_that_is_not_gated_leaves_the_other),
        TRIAL(a_failed_run_ends_the_trial_and_is_kept),
        TRIAL(a_failure_counts_in_a_disturbed_pair_too),
        TRIAL(a_pair_that_cannot_be_read_fails_the_trial),
        TRIAL(too_many_disturbed_pairs_are_kept),
        TRIAL(use_by_others_matters_only_to_the_clock),
        TRIAL(use_by_others_throws_away_what_the_clock_judges),
        TRIAL(a_few_disturbed_pairs_are_thrown_away),
        TRIAL(pair_time_is_the_mean_over_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
