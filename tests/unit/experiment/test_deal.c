#include "gate/experiment/deal.h"
#include "tests/support/check.h"

static void check(const double *weights, const size_t *want, size_t count, size_t shares)
{
    struct deal_unit units[16] = { { 0 } };
    for (size_t i = 0; i < count; i++)
        units[i].weight = weights[i];
    deal(units, count, shares);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(units[i].share, want[i]);
}

static void the_heaviest_go_first_to_the_lightest_share(void **state)
{
    (void)state;
    /* 7 | 6 | 5 4 | ... by hand: 7 to 0, 6 to 1, 5 to 2, 4 to 2 (5 is least), 3 to 1 (6),
     * 2 to 0 (7; 9 and 9 are more) */
    check((const double[]){ 2, 7, 4, 6, 3, 5 }, (const size_t[]){ 0, 0, 2, 1, 1, 2 }, 6,
          3);
}

static void equals_go_round(void **state)
{
    (void)state;
    check((const double[]){ 1, 1, 1, 1, 1 }, (const size_t[]){ 0, 1, 2, 0, 1 }, 5, 3);
}

static void what_takes_no_time_goes_round_too(void **state)
{
    (void)state;
    check((const double[]){ 0, 0, 0, 0 }, (const size_t[]){ 0, 1, 0, 1 }, 4, 2);
}

static void more_shares_than_units_leave_some_empty(void **state)
{
    (void)state;
    check((const double[]){ 1, 2 }, (const size_t[]){ 1, 0 }, 2, 5);
    check(NULL, NULL, 0, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_heaviest_go_first_to_the_lightest_share),
        cmocka_unit_test(equals_go_round),
        cmocka_unit_test(what_takes_no_time_goes_round_too),
        cmocka_unit_test(more_shares_than_units_leave_some_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
