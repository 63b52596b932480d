/* Which rows are tried in other layouts, and in how many pairs. */
#include <math.h>

#include "layouts_fixture.h"

static void only_what_a_layout_can_move_is_asked_about(void **state)
{
    static const enum metric asked[] = { METRIC_CPU, METRIC_WALL, METRIC_P99,
                                         METRIC_THROUGHPUT, METRIC_BRANCH_MISSES };
    static const enum metric others[] = { METRIC_PEAK_RSS, METRIC_INSTRUCTIONS,
                                          METRIC_IO_WAIT,  METRIC_RUN_QUEUE_WAIT,
                                          METRIC_VALUE,    METRIC_ALLOCATIONS };
    struct result *result = *state;
    for (size_t i = 1; i < sizeof asked / sizeof asked[0]; i++)
        layouts_add_row(&result->rows, asked[i], VERDICT_REGRESSED, 0.1);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        layouts_add_row(&result->rows, others[i], VERDICT_REGRESSED, 0.1);

    layouts_begin(result, &FIVE);

    assert_int_equal(result->layouts->rows.count, sizeof asked / sizeof asked[0]);
    for (size_t i = 0; i < result->layouts->rows.count; i++)
        assert_int_equal(result->layouts->rows.items[i].metric, asked[i]);
}

static size_t asked_about(enum layout_scope scope, enum verdict verdict)
{
    const struct layout_choice choice = { scope, 5 };
    struct result result = { 0 };
    layouts_add_row(&result.rows, METRIC_CPU, verdict, 0.1);
    layouts_begin(&result, &choice);
    size_t count = result.layouts ? result.layouts->rows.count : 0;
    result_clear(&result);
    return count;
}

static void every_measured_row_is_asked_about_where_wanted(void **state)
{
    (void)state;
    assert_int_equal(asked_about(LAYOUTS_OFF, VERDICT_REGRESSED), 0);
    assert_int_equal(asked_about(LAYOUTS_REGRESSED, VERDICT_REGRESSED), 1);
    assert_int_equal(asked_about(LAYOUTS_REGRESSED, VERDICT_OK), 0);
    assert_int_equal(asked_about(LAYOUTS_REGRESSED, VERDICT_IMPROVED), 0);
    assert_int_equal(asked_about(LAYOUTS_EVERY, VERDICT_REGRESSED), 1);
    assert_int_equal(asked_about(LAYOUTS_EVERY, VERDICT_OK), 1);
    assert_int_equal(asked_about(LAYOUTS_EVERY, VERDICT_IMPROVED), 1);
    assert_int_equal(asked_about(LAYOUTS_EVERY, VERDICT_INCONCLUSIVE), 1);
    assert_int_equal(asked_about(LAYOUTS_EVERY, VERDICT_FAILED), 0);
    assert_int_equal(asked_about(LAYOUTS_EVERY, VERDICT_IDENTICAL), 0);
}

/* R: ceiling(pi / 3 * (2.326 * sd / d)^2), d the distance from log(1.02) to the nearer
 * end of the interval (log(1.04)), or half of that to the estimate (log(1.05)): 7, 25,
 * 151, and 11 where the interval reaches to the margin. */
static void pairs_of_a_layout_follow_the_noise(void **state)
{
    struct result *result = *state;
    struct row *row = &result->rows.items[0];
    row->change = 0.05;
    row->change_low = 0.04;
    row->change_high = 0.06;
    layouts_begin(result, &FIVE);

    assert_int_equal(layouts_pairs(result, 135), 8);
    row->noise_sd = 0.04;
    assert_int_equal(layouts_pairs(result, 135), 25);
    row->noise_sd = 0.1;
    assert_int_equal(layouts_pairs(result, 135), 30);
    assert_int_equal(layouts_pairs(result, 9), 9);
    row->noise_sd = 0.02;
    row->change_low = 0.02;
    assert_int_equal(layouts_pairs(result, 135), 11);
    row->change = 0.02;
    assert_int_equal(layouts_pairs(result, 135), 30);
}

static void noisier_layouts_get_more_pairs(void **state)
{
    struct result *result = *state;
    struct row *row = &result->rows.items[0];
    row->change = 0.05;
    row->change_low = 0.04;
    layouts_begin(result, &FIVE);
    layouts_try(result, 0.05);
    assert_int_equal(layouts_pairs(result, 135), 8);
    result->layouts->blocks.items[0].rows.items[0].noise_sd = 0.04;

    assert_int_equal(layouts_pairs(result, 135), 25);
}

static void slowdown_is_that_of_the_middle_row(void **state)
{
    struct rows *rows = &((struct result *)*state)->rows;
    struct rows none = { 0 };
    layouts_add_row(rows, METRIC_WALL, VERDICT_NONE, 2);
    layouts_add_row(rows, METRIC_THROUGHPUT, VERDICT_NONE, -0.5);
    layouts_add_row(rows, METRIC_USER, VERDICT_NONE, 99)->is_judged = false;
    layouts_add_row(rows, METRIC_SYSTEM, VERDICT_NONE, 99)->pair_count = 0;

    /* 1.4, 3 and 1 / 0.5 times as long */
    assert_close(layouts_slowdown(rows), 2, 1e-12);
    assert_close(layouts_slowdown(&none), 1, 0);
}

static void findings_have_names(void **state)
{
    (void)state;
    assert_string_equal(layout_finding_name(LAYOUT_OPEN), "open");
    assert_string_equal(layout_finding_name(LAYOUT_HOLDS), "holds");
    assert_string_equal(layout_finding_name(LAYOUT_FAILS), "does not hold");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(only_what_a_layout_can_move_is_asked_about),
        T(every_measured_row_is_asked_about_where_wanted),
        T(pairs_of_a_layout_follow_the_noise),
        T(noisier_layouts_get_more_pairs),
        T(slowdown_is_that_of_the_middle_row),
        T(findings_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
