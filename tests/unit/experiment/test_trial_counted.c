/* Trials that count: what repeats is compared outright, the rest is judged by pairs. */
#include "gate/experiment/trial.h"
#include "tests/support/check.h"

static const struct row_errors usual = { .false_alarm = 0.01, .miss = 0.05 };

static const struct margin instructions_only[METRIC_COUNT] = {
    [METRIC_INSTRUCTIONS] = { .is_gated = true, .share = 0.002 },
    [METRIC_CPU] = { .is_gated = true, .share = 0.02 },
};

static int setup(void **state)
{
    static struct trial trial;
    trial = (struct trial){ .plan = { .id = "a",
                                      .margins = instructions_only,
                                      .metrics = METRIC_BIT(METRIC_INSTRUCTIONS),
                                      .counting = COUNTING_CALLGRIND } };
    *state = &trial;
    return 0;
}

static int teardown(void **state)
{
    trial_clear(*state);
    return 0;
}

static void
count_for(struct trial *trial, double base, double head, const struct row_errors *errors)
{
    struct pair pair = { .number = trial->pairs.count };
    readings_set(&pair.readings[SIDE_BASE], METRIC_INSTRUCTIONS, base);
    readings_set(&pair.readings[SIDE_HEAD], METRIC_INSTRUCTIONS, head);
    trial_record(trial, &pair, 2, 135);
    if (trial_is_at_look(trial, 135))
        trial_look(trial, errors, 135);
}

static void count(struct trial *trial, double base, double head)
{
    count_for(trial, base, head, &usual);
}

static void counts_need_no_warm_up(void **state)
{
    struct trial *trial = *state;

    count(trial, 1e6, 1e6);

    assert_int_equal(trial->counted, 1);
    assert_int_equal(trial->row_count, 1);
    assert_int_equal(trial->rows[0].metric, METRIC_INSTRUCTIONS);
    assert_int_equal(trial->state, TRIAL_OPEN);
}

static void counts_that_repeat_are_compared_outright(void **state)
{
    struct trial *trial = *state;

    for (int i = 0; i < 4; i++)
        count(trial, 1000000 + i, 1002100);

    const struct trial_row *row = &trial->rows[0];
    assert_int_equal(trial->state, TRIAL_DECIDED);
    assert_true(row->is_exact);
    assert_close(row->tests.p_regressed, 1.0 / 256, 0);
    assert_close(row->tests.p_ok, 1, 0);
}

/* Two runs a side may be all of base in the one state and all of head in the other by
 * chance: one time in 16. */
static void a_change_waits_until_chance_is_ruled_out(void **state)
{
    struct trial *trial = *state;

    for (int i = 0; i < 3; i++)
        count(trial, 1000000, 1010000);

    assert_int_equal(trial->state, TRIAL_OPEN);
    assert_false(trial->rows[0].is_exact);
    assert_close(trial->rows[0].tests.p_regressed, 1, 0);
}

/* 10 rows share the 1 %: 4^-5 is just below a thousandth. */
static void rows_that_share_the_error_rate_wait_longer(void **state)
{
    const struct row_errors shared = { .false_alarm = 0.001, .miss = 0.05 };
    struct trial *trial = *state;

    for (int i = 0; i < 4; i++)
        count_for(trial, 1000000, 1010000, &shared);
    assert_int_equal(trial->state, TRIAL_OPEN);
    count_for(trial, 1000000, 1010000, &shared);

    assert_int_equal(trial->state, TRIAL_DECIDED);
    assert_true(trial->rows[0].tests.p_regressed <= shared.false_alarm);
}

static void a_program_of_two_states_is_judged_by_pairs(void **state)
{
    struct trial *trial = *state;

    count(trial, 1000000, 1010000);
    count(trial, 1000000, 1010000);
    for (int i = 0; i < 40; i++)
        count(trial, i % 3 ? 1000000 : 1010000, i % 2 ? 1010000 : 1000000);

    assert_false(trial->rows[0].is_exact);
    assert_true(trial->rows[0].tests.p_regressed > 0.05);
}

static void a_change_within_the_margin_is_ok(void **state)
{
    struct trial *trial = *state;

    count(trial, 1000000, 1001900);
    count(trial, 1000000, 1001900);

    assert_int_equal(trial->state, TRIAL_DECIDED);
    assert_close(trial->rows[0].tests.p_regressed, 1, 0);
    assert_close(trial->rows[0].tests.p_ok, 0, 0);
    assert_close(trial->rows[0].tests.p_improved, 1, 0);
}

static void fewer_are_an_improvement(void **state)
{
    struct trial *trial = *state;

    for (int i = 0; i < 4; i++)
        count(trial, 1000000, 990000);

    assert_int_equal(trial->state, TRIAL_DECIDED);
    assert_close(trial->rows[0].tests.p_improved, 1.0 / 256, 0);
    assert_close(trial->rows[0].tests.p_ok, 0, 0);
}

static void counts_that_differ_are_judged_by_pairs(void **state)
{
    struct trial *trial = *state;

    for (int i = 0; i < 10; i++) {
        count(trial, 1000000 + 2000 * i, 1100000 + 1900 * i);
        if (i == 1) {
            assert_int_equal(trial->state, TRIAL_OPEN);
            assert_int_equal(trial->last_look, 2);
            assert_int_equal(trial->rows[0].tests.seen, 0);
        }
    }

    assert_false(trial->rows[0].is_exact);
    assert_int_equal(trial->state, TRIAL_DECIDED);
    assert_true(trial->rows[0].tests.p_regressed <= usual.false_alarm);
}

static void one_side_that_does_not_repeat_is_enough_for_pairs(void **state)
{
    struct trial *trial = *state;

    count(trial, 1000000, 1000000);
    count(trial, 1000000, 1000200);

    assert_int_equal(trial->state, TRIAL_OPEN);
    assert_false(trial->rows[0].is_exact);
}

static void a_metric_that_no_run_tells_is_known_to_be_untold(void **state)
{
    struct trial *trial = *state;

    for (int i = 0; i < 2; i++) {
        struct pair silent = { .number = trial->pairs.count };
        trial_record(trial, &silent, 2, 135);
    }
    trial_look(trial, &usual, 135);

    assert_true(trial->rows[0].is_untold);
    assert_int_equal(trial->state, TRIAL_DECIDED);
    assert_close(trial->rows[0].tests.p_ok, 1, 0);
}

#define TRIAL(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TRIAL(counts_need_no_warm_up),
        TRIAL(counts_that_repeat_are_compared_outright),
        TRIAL(a_change_waits_until_chance_is_ruled_out),
        TRIAL(rows_that_share_the_error_rate_wait_longer),
        TRIAL(a_program_of_two_states_is_judged_by_pairs),
        TRIAL(a_change_within_the_margin_is_ok),
        TRIAL(fewer_are_an_improvement),
        TRIAL(counts_that_differ_are_judged_by_pairs),
        TRIAL(one_side_that_does_not_repeat_is_enough_for_pairs),
        TRIAL(a_metric_that_no_run_tells_is_known_to_be_untold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
