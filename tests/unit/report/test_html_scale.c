#include <math.h>

#include "gate/report/html_scale.h"
#include "tests/support/check.h"

static struct row row_of(enum metric metric, double low, double change, double high)
{
    return (struct row){ .metric = metric,
                         .is_judged = true,
                         .margin = 0.02,
                         .pair_count = 10,
                         .change_low = low,
                         .change = change,
                         .change_high = high };
}

static void changes_are_counted_in_margins(void **state)
{
    const struct row row = row_of(METRIC_CPU, -0.01, 0.02, 0.06);
    struct html_span span = html_span_of(&row);
    (void)state;

    assert_close(span.low, -0.5, 1e-12);
    assert_close(span.change, 1, 1e-12);
    assert_close(span.high, 3, 1e-12);
}

static void worse_is_up_where_larger_is_better(void **state)
{
    const struct row row = row_of(METRIC_THROUGHPUT, -0.06, -0.02, 0.01);
    struct html_span span = html_span_of(&row);
    (void)state;

    assert_close(span.low, -0.5, 1e-12);
    assert_close(span.change, 1, 1e-12);
    assert_close(span.high, 3, 1e-12);
}

static void without_a_margin_one_percent_stands_in(void **state)
{
    struct row row = row_of(METRIC_CPU, 0, 0.05, 0.1);
    (void)state;
    row.margin = 0;

    assert_close(html_span_of(&row).change, 5, 1e-12);
}

/* Python: 0.5 + 0.5 * math.asinh(x) / math.asinh(30); the last one is at the end */
static void steps_get_wider_with_distance(void **state)
{
    (void)state;
    assert_close(html_scale_at(0, 30), 0.5, 1e-9);
    assert_close(html_scale_at(1, 30), 0.6076257514, 1e-9);
    assert_close(html_scale_at(-1, 30), 0.3923742486, 1e-9);
    assert_close(html_scale_at(10, 30), 0.8661171639, 1e-9);
    assert_close(html_scale_at(30, 30), 1, 1e-9);
    assert_close(html_scale_at(99, 30), 1, 1e-9);
}

static void the_axis_holds_the_farthest_judged_row(void **state)
{
    struct row items[] = { row_of(METRIC_CPU, 0, 0.01, 0.02),
                           row_of(METRIC_CPU, 0, -0.25, 0.02),
                           row_of(METRIC_CPU, 0, 99, 100) };
    const struct rows rows = { .items = items, .count = 3 };
    (void)state;
    items[2].is_judged = false;
    assert_close(html_scale_limit(&rows), 30, 1e-12);

    items[2].is_judged = true;
    assert_close(html_scale_limit(&rows), 300, 1e-12);

    items[2].change = (double)NAN;
    items[1].change = 0;
    assert_close(html_scale_limit(&rows), 3, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_are_counted_in_margins),
        cmocka_unit_test(worse_is_up_where_larger_is_better),
        cmocka_unit_test(without_a_margin_one_percent_stands_in),
        cmocka_unit_test(steps_get_wider_with_distance),
        cmocka_unit_test(the_axis_holds_the_farthest_judged_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
