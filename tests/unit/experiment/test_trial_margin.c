/* Margins with a share and an absolute floor, and those with no lower end. */
#include "tests/unit/experiment/trial_fixture.h"

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

/* Base takes 100 ms in one half of the pairs and 10 ms in the other, as machines with two
 * kinds of cores have it; head takes 5 ms more, which is as much as the floor allows, and
 * less by turns. Against base's median the fast half would lie far beyond the margin. */
static void a_floor_holds_for_each_pair_at_its_own_base(void **state)
{
    struct fixture *fixture = *state;
    fixture->margins[METRIC_CPU].floor = 0.005;

    warm_up(fixture);
    for (size_t i = 0; i < 60; i++) {
        double base_s = i % 2 ? 0.1 : 0.01;
        double off_s = i / 2 % 2 ? 1e-5 : -1e-5;
        struct pair pair = scripted_pair(base_s, base_s + 0.005 + off_s);
        record(fixture, &pair);
        if (trial_is_at_look(&fixture->trial, MAX_PAIRS))
            look(fixture);
    }

    assert_true(fixture->trial.rows[0].tests.p_regressed > 0.2);
    assert_true(fixture->trial.rows[0].tests.p_ok > 0.2);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        TRIAL(the_larger_of_share_and_floor_counts),
        TRIAL(a_floor_below_the_share_does_not_count),
        TRIAL(a_floor_holds_where_base_is_below_the_clock),
        TRIAL(a_floor_holds_for_each_pair_at_its_own_base),
        TRIAL(a_few_counts_from_none_are_within_the_floor),
        TRIAL(many_counts_from_none_are_beyond_the_floor),
        TRIAL(a_margin_above_one_has_no_improvements),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
