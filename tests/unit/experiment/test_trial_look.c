/* What a trial says of its rows when it looks at them. */
#include "tests/unit/experiment/trial_fixture.h"

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

/* 2^-8 is the p-value of 8 equal signs, .18 what the look may spend; p-values
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        TRIAL(planned_looks_are_due_once),
        TRIAL(equal_ratios_of_one_sign_have_the_least_p),
        TRIAL(the_same_on_both_sides_is_ok),
        TRIAL(the_same_without_a_margin_is_never_decided),
        TRIAL(an_improvement_that_is_not_shown_yet_is_promising),
        TRIAL(a_second_look_at_the_same_pairs_changes_nothing),
        TRIAL(looking_before_any_pair_changes_nothing),
        TRIAL(one_pair_may_be_all_there_is),
        TRIAL(the_last_pair_spends_the_trial),
        TRIAL(a_trial_is_open_while_one_row_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
