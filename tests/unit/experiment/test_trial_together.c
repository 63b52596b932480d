/* Which trials run both sides at the same time. */
#include <math.h>

#include "tests/unit/experiment/trial_fixture.h"

static const double long_s = 1.5;

/* Warms up with a pair of so many seconds a side that writes nothing. */
static void warm_up_for(struct fixture *fixture, double seconds)
{
    struct pair pair = scripted_pair(seconds, seconds);
    pair.is_warmup = true;
    for (enum side side = 0; side < SIDE_COUNT; side++)
        pair.sides[side].told |= METRIC_BIT(METRIC_DISK_WRITTEN_BYTES);
    record(fixture, &pair);
}

static void long_and_busy_runs_share_their_time(void **state)
{
    struct fixture *fixture = *state;

    warm_up_for(fixture, long_s);

    assert_true(fixture->trial.is_together);
    assert_int_equal(fixture->trial.rows[0].metric, METRIC_CPU);
}

static void short_runs_do_not(void **state)
{
    struct fixture *fixture = *state;
    warm_up_for(fixture, 0.9);
    assert_false(fixture->trial.is_together);
}

static void waiting_runs_do_not(void **state)
{
    struct fixture *fixture = *state;
    struct pair pair = scripted_pair(long_s, long_s);
    pair.is_warmup = true;
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        pair.sides[side].told |= METRIC_BIT(METRIC_DISK_WRITTEN_BYTES);
        pair.sides[side].wall_ns *= 2;
    }

    record(fixture, &pair);

    assert_false(fixture->trial.is_together);
}

static void runs_that_write_do_not(void **state)
{
    struct fixture *fixture = *state;
    struct pair pair = scripted_pair(long_s, long_s);
    pair.is_warmup = true;

    /* Whether they write is not told here. */
    record(fixture, &pair);
    assert_false(fixture->trial.is_together);

    trial_clear(&fixture->trial);
    fixture->trial = (struct trial){ .plan = fixture->trial.plan };
    for (enum side side = 0; side < SIDE_COUNT; side++)
        pair.sides[side].told |= METRIC_BIT(METRIC_DISK_WRITTEN_BYTES);
    pair.sides[SIDE_HEAD].disk_written_bytes = 4096;
    record(fixture, &pair);
    assert_false(fixture->trial.is_together);

    trial_clear(&fixture->trial);
    fixture->trial = (struct trial){ .plan = fixture->trial.plan };
    pair.sides[SIDE_HEAD].disk_written_bytes = 0;
    pair.wrote_files = true;
    record(fixture, &pair);
    assert_false(fixture->trial.is_together);
}

static void what_needs_the_clock_does_not(void **state)
{
    struct fixture *fixture = *state;
    fixture->margins[METRIC_P99] = (struct margin){ .is_gated = true, .share = 0.1 };
    warm_up_for(fixture, long_s);
    assert_false(fixture->trial.is_together);
}

static void plans_go_before_the_warm_up(void **state)
{
    struct fixture *fixture = *state;

    fixture->trial.plan.pairing = PAIRING_APART;
    warm_up_for(fixture, long_s);
    assert_false(fixture->trial.is_together);

    trial_clear(&fixture->trial);
    fixture->trial = (struct trial){ .plan = fixture->trial.plan };
    fixture->trial.plan.pairing = PAIRING_TOGETHER;
    warm_up_for(fixture, 0.01);
    assert_true(fixture->trial.is_together);
}

static struct pair pair_together(void)
{
    struct pair pair = scripted_pair(long_s, long_s);
    pair.is_together = true;
    return pair;
}

static void failure_together_throws_the_pair_away(void **state)
{
    struct fixture *fixture = *state;
    struct pair pair = pair_together();

    warm_up_for(fixture, long_s);
    pair.sides[SIDE_HEAD].exit_code = 1;
    record(fixture, &pair);

    assert_int_equal(fixture->trial.state, TRIAL_OPEN);
    assert_false(fixture->trial.is_together);
    assert_true(fixture->trial.has_collided);
    assert_int_equal(pairs_discarded_for(&fixture->trial.pairs, DISCARD_COLLISION), 1);
    assert_int_equal(fixture->trial.counted, 0);
    assert_int_equal(fixture->trial.discarded, 1);
}

static void failure_together_as_asked_is_a_failure(void **state)
{
    struct fixture *fixture = *state;
    struct pair pair = pair_together();
    fixture->trial.plan.pairing = PAIRING_TOGETHER;

    warm_up_for(fixture, long_s);
    pair.sides[SIDE_HEAD].exit_code = 1;
    record(fixture, &pair);

    assert_int_equal(fixture->trial.state, TRIAL_FAILED);
}

static void clock_tells_nothing_of_runs_together(void **state)
{
    const struct pair pair = pair_together();

    (void)state;
    assert_true(isnan(pair_value(&pair, SIDE_BASE, METRIC_WALL)) != 0);
    assert_close(pair_value(&pair, SIDE_BASE, METRIC_CPU), long_s, 1e-9);
    assert_true(pair_value(&pair, SIDE_BASE, METRIC_PEAK_RSS) >= 0);
}

static void pair_together_takes_as_long_as_its_longer_run(void **state)
{
    struct fixture *fixture = *state;
    struct pair pair = scripted_pair(2, 3);
    pair.is_together = true;

    record(fixture, &pair);

    assert_int_equal(fixture->trial.pair_ns, INT64_C(3000000000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TRIAL(long_and_busy_runs_share_their_time),
        TRIAL(short_runs_do_not),
        TRIAL(waiting_runs_do_not),
        TRIAL(runs_that_write_do_not),
        TRIAL(what_needs_the_clock_does_not),
        TRIAL(plans_go_before_the_warm_up),
        TRIAL(failure_together_throws_the_pair_away),
        TRIAL(failure_together_as_asked_is_a_failure),
        TRIAL(clock_tells_nothing_of_runs_together),
        TRIAL(pair_together_takes_as_long_as_its_longer_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
