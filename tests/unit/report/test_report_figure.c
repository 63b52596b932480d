#include <math.h>

#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/figure.h"
#include "tests/support/check.h"

static void check_figure(double low, double change, double high, const char *wanted)
{
    struct row row = { .metric = METRIC_CPU,
                       .margin = 0.02,
                       .change = change,
                       .change_low = low,
                       .change_high = high };
    struct str out = STR_INIT;
    figure_add(&out, &row);
    assert_string_equal(out.data, wanted);
    assert_int_equal(text_width(out.data), FIGURE_WIDTH);
    str_clear(&out);
}

static void intervals_stand_where_they_belong(void **state)
{
    (void)state;
    check_figure(0, 0, 0, "······│···#···│······");
    check_figure(-0.01, 0, 0.01, "······│·[=#=]·│······");
    check_figure(0.03, 0.035, 0.04, "······│···┊···│·[#]··");
    check_figure(-0.04, -0.03, -0.02, "··[=#=]···┊···│······");
}

static void what_does_not_fit_goes_on_at_the_edge(void **state)
{
    (void)state;
    check_figure(0.03, 0.06, 0.09, "······│···┊···│·[===>");
    check_figure(0.5, 0.6, 0.7, "······│···┊···│·····>");
    check_figure(-0.9, -0.5, -0.4, "<·····│···┊···│······");
    check_figure(-1, 0, 1, "<=========#=========>");
    check_figure(-(double)INFINITY, 0, (double)INFINITY, "<=========#=========>");
    check_figure(-1e300, 0, 1e300, "<=========#=========>");
}

static void unknown_bounds_reach_the_edges(void **state)
{
    (void)state;
    check_figure((double)NAN, 0, (double)NAN, "<=========#=========>");
}

static void rows_without_margin_are_drawn_against_one_percent(void **state)
{
    struct row row = { .metric = METRIC_CPU, .change_low = 0.01, .change = 0.01 };
    struct str out = STR_INIT;
    (void)state;
    row.change_high = 0.01;

    figure_add(&out, &row);

    assert_string_equal(out.data, "······│···┊···#······");
    str_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_stand_where_they_belong),
        cmocka_unit_test(what_does_not_fit_goes_on_at_the_edge),
        cmocka_unit_test(unknown_bounds_reach_the_edges),
        cmocka_unit_test(rows_without_margin_are_drawn_against_one_percent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
