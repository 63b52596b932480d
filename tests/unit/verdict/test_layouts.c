/* What other layouts of the code make of a row. */
#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/verdict/judge.h"
#include "layouts_fixture.h"

static void assert_settled(struct result *result, enum verdict want, const char *reason)
{
    const struct judge_policy policy = { 0 };
    judge_layouts(result);
    judge_gate(&policy, result);
    assert_string_equal(verdict_name(result->rows.items[0].verdict), verdict_name(want));
    assert_string_equal(result->rows.items[0].reason, reason);
    assert_int_equal(result->benches.items[0].verdict, want);
    assert_int_equal(result->verdict, want);
}

/* Expected figures from R: wilcox.test(x, conf.int = TRUE, conf.level = .9, exact = TRUE)
 * on x <- log1p(changes), var(x), and pi / 3 * .02^2 / 6. */
static void layouts_are_the_unit_of_estimate_and_interval(void **state)
{
    struct result *result = *state;
    layouts_begin(result, &FIVE);
    const struct layout_row *over = TRY(result, .40, .01, -.35, .002, -.004);

    assert_int_equal(over->layout_count, 5);
    assert_int_equal(over->beyond_count, 1);
    assert_close(over->change, 0.002, 1e-9);
    assert_close(over->change_low, -0.35, 1e-9);
    assert_close(over->change_high, 0.40, 1e-9);
    assert_close(over->layout_sd, 0.2725506060, 1e-9);
    assert_close(over->run_sd, 0.0083554276, 1e-9);
    assert_close(over->layout_share, 0.9990610659, 1e-9);
    assert_int_equal(over->finding, LAYOUT_OPEN);
    assert_true(layouts_wants(result->layouts, over));
}

/* p-values from R: wilcox.test(x - log1p(.02), alternative = "greater"). */
static void five_layouts_that_agree_are_enough(void **state)
{
    struct result *result = *state;
    layouts_begin(result, &FIVE);
    const struct layout_row *over = TRY(result, .051, .047, .062, .055);
    assert_int_equal(over->finding, LAYOUT_OPEN);
    TRY(result, .044);

    assert_int_equal(over->finding, LAYOUT_HOLDS);
    assert_false(layouts_want_more(result->layouts));
    assert_close(over->change, 0.051, 1e-9);
    assert_close(over->layout_share, 0, 0);
    assert_close(over->p_holds, 0.03125, 1e-12);
    assert_close(over->p_fails, 1, 1e-12);
    assert_settled(result, VERDICT_REGRESSED,
                   "holds wherever the code lies: +5.1 % (+4.4 % .. +6.2 %) over 5 other "
                   "layouts of the code, worse by more than its margin in 5 of them");
}

static void one_layout_that_does_not_agree_asks_for_more(void **state)
{
    struct result *result = *state;
    layouts_begin(result, &FIVE);
    const struct layout_row *over = TRY(result, .051, .047, -.13, .055, .044);
    assert_true(layouts_want_more(result->layouts));
    TRY(result, .049, .053, .061, .05, .046);

    assert_close(over->change, 0.0494855883, 1e-9);
    assert_close(over->change_low, 0.044, 1e-9);
    assert_close(over->change_high, 0.053, 1e-9);
    assert_close(over->layout_share, 0.9805064135, 1e-9);
    assert_close(over->p_holds, 0.041992, 1e-6);
    assert_false(layouts_want_more(result->layouts));
}

static void accident_of_the_layout_is_layout_sensitive(void **state)
{
    struct result *result = *state;
    layouts_begin(result, &FIVE);
    TRY(result, .40, .01, -.35, .002, -.004, .001, .39, -.41, .003, -.002);

    assert_settled(result, VERDICT_LAYOUT_SENSITIVE,
                   "+40.0 % (+39.0 % .. +41.0 %) as built, but +0.05 % (-19.5 % .. "
                   "+18.1 %) over 10 other layouts of the code, worse by more than its "
                   "margin in 2 of them; 100 % of their spread is the layout's");
    assert_int_equal(result->exit, GATE_PASS);
}

static void layouts_that_agree_on_nothing_end_early(void **state)
{
    struct result *result = *state;
    layouts_begin(result, &FIVE);
    const struct layout_row *over = TRY(result, .001, -.002, .003, .0, -.001);

    assert_int_equal(over->finding, LAYOUT_FAILS);
    assert_false(layouts_want_more(result->layouts));
}

static void layout_sensitive_rows_fail_the_gate_where_asked(void **state)
{
    const struct judge_policy policy = { .fails_on_layout = true };
    struct result *result = *state;
    layouts_begin(result, &FIVE);
    TRY(result, .001, -.002, .003, .0, -.001);
    judge_layouts(result);
    layouts_add_row(&result->rows, METRIC_WALL, VERDICT_INCONCLUSIVE, 0);
    judge_benches(result);

    judge_gate(&policy, result);

    assert_int_equal(result->verdict, VERDICT_INCONCLUSIVE);
    assert_int_equal(result->exit, GATE_REGRESSED);
}

static void study_that_ended_before_it_told_takes_nothing_back(void **state)
{
    struct result *result = *state;
    layouts_begin(result, &FIVE);
    TRY(result, -.01, .002);
    free(result->layouts->cut_short);
    result->layouts->cut_short = xstrdup("no time");

    assert_settled(result, VERDICT_REGRESSED,
                   "2 other layouts of the code don't tell: -0.40 % (no time)");
}

static void a_study_of_one_layout_is_told_of_in_the_singular(void **state)
{
    struct result *result = *state;
    layouts_begin(result, &FIVE);
    TRY(result, .05);
    free(result->layouts->cut_short);
    result->layouts->cut_short = xstrdup("no time");

    assert_settled(result, VERDICT_REGRESSED,
                   "1 other layout of the code does not tell: +5.0 % (no time)");
}

static void study_without_a_layout_says_why(void **state)
{
    struct result *result = *state;
    layouts_begin(result, &FIVE);
    free(result->layouts->cut_short);
    result->layouts->cut_short = xstrdup("the recipe ignores them");
    free(result->rows.items[0].reason);
    result->rows.items[0].reason = xstrdup("fresh builds showed it again");

    assert_settled(result, VERDICT_REGRESSED,
                   "fresh builds showed it again; not tried in other layouts of the code "
                   "(the recipe ignores them)");
}

static void what_was_told_counts_although_another_row_was_cut_short(void **state)
{
    struct result *result = *state;
    layouts_begin(result, &FIVE);
    TRY(result, .001, -.002, .003, .0, -.001);
    free(result->layouts->cut_short);
    result->layouts->cut_short = xstrdup("no time");
    judge_layouts(result);

    assert_int_equal(result->rows.items[0].verdict, VERDICT_LAYOUT_SENSITIVE);
}

/* The one row of the setup with another verdict, asked about with the rest. */
static void begin_with(struct result *result, enum verdict verdict, double change)
{
    const struct layout_choice choice = { LAYOUTS_EVERY, 5 };
    struct row *row = &result->rows.items[0];
    row->verdict = result->benches.items[0].verdict = verdict;
    row->change = change;
    row->change_low = change - 0.01;
    row->change_high = change + 0.01;
    layouts_begin(result, &choice);
}

static void improvement_that_holds_stays_one(void **state)
{
    struct result *result = *state;
    begin_with(result, VERDICT_IMPROVED, -0.06);
    const struct layout_row *over = TRY(result, -.06, -.051, -.075, -.049, -.08);

    assert_close(over->change, -0.0630768441, 1e-9);
    assert_close(over->change_low, -0.08, 1e-9);
    assert_close(over->change_high, -0.049, 1e-9);
    assert_close(over->layout_share, 0.6874450420, 1e-9);
    assert_settled(result, VERDICT_IMPROVED,
                   "holds wherever the code lies: -6.3 % (-8.0 % .. -4.9 %) over 5 other "
                   "layouts of the code, better by more than its margin in 5 of them; "
                   "69 % of their spread is the layout's");
}

static void improvement_that_does_not_hold_is_layout_sensitive(void **state)
{
    struct result *result = *state;
    begin_with(result, VERDICT_IMPROVED, -0.06);
    TRY(result, -.001, .002, -.003, .0, .001);
    judge_layouts(result);

    assert_int_equal(result->rows.items[0].verdict, VERDICT_LAYOUT_SENSITIVE);
    assert_contains(result->rows.items[0].reason, "better by more than its margin in 0");
}

static void row_that_is_ok_only_as_built_is_layout_sensitive(void **state)
{
    struct result *result = *state;
    begin_with(result, VERDICT_OK, 0.001);
    TRY(result, .05, .06, .04, .05, .055);
    judge_layouts(result);

    assert_int_equal(result->rows.items[0].verdict, VERDICT_LAYOUT_SENSITIVE);
    assert_contains(result->rows.items[0].reason, "ok with +0.10 % (");
    assert_contains(result->rows.items[0].reason, "as built, but +5.0 % (");
}

static void rows_that_are_ok_or_open_say_what_the_layouts_show(void **state)
{
    struct result *result = *state;
    begin_with(result, VERDICT_INCONCLUSIVE, 0.02);
    free(result->rows.items[0].reason);
    result->rows.items[0].reason = xstrdup("too near");
    TRY(result, .02, .021, .019, .02, .0205, .021, .0195, .02, .02, .0201);
    judge_layouts(result);

    assert_int_equal(result->rows.items[0].verdict, VERDICT_INCONCLUSIVE);
    assert_contains(result->rows.items[0].reason, "too near; +2.0 % (");
}

/* Operations a second: fewer are worse. */
static void rates_are_turned_around(void **state)
{
    struct result *result = *state;
    result->rows.items[0].metric = METRIC_THROUGHPUT;
    begin_with(result, VERDICT_REGRESSED, -0.05);
    const struct layout_row *over = TRY(result, -.06, -.051, -.075, -.049, -.08);

    assert_int_equal(over->finding, LAYOUT_HOLDS);
    assert_int_equal(over->beyond_count, 5);
    assert_close(over->change_low, -0.08, 1e-9);
    assert_close(over->change_high, -0.049, 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(layouts_are_the_unit_of_estimate_and_interval),
        T(five_layouts_that_agree_are_enough),
        T(one_layout_that_does_not_agree_asks_for_more),
        T(accident_of_the_layout_is_layout_sensitive),
        T(layouts_that_agree_on_nothing_end_early),
        T(layout_sensitive_rows_fail_the_gate_where_asked),
        T(study_that_ended_before_it_told_takes_nothing_back),
        T(a_study_of_one_layout_is_told_of_in_the_singular),
        T(study_without_a_layout_says_why),
        T(what_was_told_counts_although_another_row_was_cut_short),
        T(improvement_that_holds_stays_one),
        T(improvement_that_does_not_hold_is_layout_sensitive),
        T(row_that_is_ok_only_as_built_is_layout_sensitive),
        T(rows_that_are_ok_or_open_say_what_the_layouts_show),
        T(rates_are_turned_around),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
