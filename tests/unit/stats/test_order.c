#include <math.h>

#include "gate/stats/order.h"
#include "tests/support/check.h"
#include "tests/unit/stats/expected.h"

static bool is_head_first[10000];

static void deal_every_third_head_first(void)
{
    for (size_t i = 0; i < 10000; i += 3)
        is_head_first[i] = true;
}

static void mean_and_interval_are_those_of_t_test(void **state)
{
    struct expected e;

    (void)state;
    deal_every_third_head_first();
    expected_open(&e, "cases.txt");
    while (expected_next(&e, "order")) {
        struct order_bias bias = order_bias_of(e.sample.items, is_head_first,
                                               e.sample.count, e.values.items[0]);
        double width = e.values.items[3] - e.values.items[2];
        assert_close(bias.mean, e.values.items[1], 1e-10 * width);
        assert_close(bias.interval.low, e.values.items[2], 1e-10 * width);
        assert_close(bias.interval.high, e.values.items[3], 1e-10 * width);
    }
    assert_true(e.matched >= 200);
    expected_close(&e);
}

static void a_slow_second_run_is_positive_in_either_order(void **state)
{
    /* The second takes e times as long as the first, whichever side it is. */
    const double d[] = { 1, -1, -1, 1 };
    const bool head_first[] = { false, true, true, false };
    struct order_bias bias = order_bias_of(d, head_first, 4, 0.95);

    (void)state;
    assert_close(bias.mean, 1, 0);
    assert_close(bias.interval.low, 1, 0);
    assert_close(bias.interval.high, 1, 0);
}

static void fewer_than_two_pairs_leave_the_interval_unbounded(void **state)
{
    const double d[] = { 0.5 };
    const bool head_first[] = { true };

    (void)state;
    assert_close(order_bias_of(d, head_first, 0, 0.95).mean, 0, 0);
    assert_close(order_bias_of(d, head_first, 1, 0.95).mean, -0.5, 0);
    assert_true(isinf(order_bias_of(d, head_first, 1, 0.95).interval.low));
    assert_true(isinf(order_bias_of(d, head_first, 1, 0.95).interval.high));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mean_and_interval_are_those_of_t_test),
        cmocka_unit_test(a_slow_second_run_is_positive_in_either_order),
        cmocka_unit_test(fewer_than_two_pairs_leave_the_interval_unbounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
