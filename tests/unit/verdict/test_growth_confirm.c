/* Growth that got too steep is measured again with fresh builds. */
#include "gate/base/alloc.h"
#include "gate/verdict/growth.h"
#include "tests/support/check.h"
#include "tests/unit/verdict/growth_fixture.h"

#define LINEAR "\"growth\": \"O(n)\", \"sizes\": { \"n\": [100, 1000, 10000] }"

static const struct growth_errors errors = { .false_alarm = 0.001, .miss = 0.05 };
static const struct cost linear = { 5e-3, 100e-3 / 10000, 1 };
static const struct cost quadratic = { 5e-3, 100e-3 / 10000 / 10000, 2 };

/* The first measurement found n to have become n^2; the second finds another head. Takes
 * what the fixture's result holds as the second. */
static void measure_twice(struct growth_fixture *fixture, struct cost second)
{
    struct growth_fixture again;
    growth_fixture_open(fixture, LINEAR);
    growth_fixture_measure_all(fixture, linear, quadratic);
    growth_fixture_judge(fixture);

    growth_fixture_open(&again, LINEAR);
    growth_fixture_measure_all(&again, linear, second);
    fixture->result.confirm = xcalloc(1, sizeof *fixture->result.confirm);
    fixture->result.confirm->benches = again.result.benches;
    fixture->result.confirm->rows = again.result.rows;
    again.result = (struct result){ 0 };
    growth_fixture_close(&again);
    growth_confirm(&fixture->benches, &errors, &fixture->result);
}

static void what_both_show_fails_the_gate(void **state)
{
    struct growth_fixture fixture;
    (void)state;

    measure_twice(&fixture, quadratic);
    const struct growth_result *growth = &fixture.result.growths.items[0];

    assert_int_equal(growth->outcome, GROWTH_FASTER);
    assert_true(growth_is_worse(growth));
    assert_contains(growth->reason, "fresh builds showed it again: the exponent was 2.0");
    assert_int_equal(fixture.result.confirm->growths.count, 1);
    assert_int_equal(fixture.result.confirm->growths.items[0].outcome, GROWTH_FASTER);
    growth_fixture_close(&fixture);
}

static void what_fresh_builds_do_not_show_cannot_be_told(void **state)
{
    struct growth_fixture fixture;
    (void)state;

    measure_twice(&fixture, linear);
    const struct growth_result *growth = &fixture.result.growths.items[0];

    assert_int_equal(growth->outcome, GROWTH_CANNOT_TELL);
    assert_false(growth_is_worse(growth));
    assert_contains(growth->reason,
                    "too steep at first, but fresh builds did not confirm it: the "
                    "exponent was 1.0");
    growth_fixture_close(&fixture);
}

/* They were measured again for the growth's sake, and are not rows to be confirmed. */
static void rows_that_were_ok_at_first_are_not_judged_again(void **state)
{
    struct growth_fixture fixture;
    (void)state;

    measure_twice(&fixture, quadratic);

    for (size_t i = 0; i < fixture.result.confirm->rows.count; i++)
        assert_false(fixture.result.confirm->rows.items[i].is_judged);
    growth_fixture_close(&fixture);
}

static void only_the_sizes_of_worse_growth_are_needed(void **state)
{
    struct growth_fixture fixture;
    (void)state;

    growth_fixture_open(&fixture, "\"growth\": \"O(n)\", \"sizes\": { \"n\": [100, 1000, "
                                  "10000], \"mode\": [\"a\", \"b\"] }");
    for (size_t i = 0; i < fixture.benches.count; i++)
        growth_fixture_measure(&fixture, &fixture.benches.items[i], &linear,
                               i < 3 ? &linear : &quadratic);
    growth_fixture_judge(&fixture);

    const uint64_t time = METRIC_BIT(METRIC_CPU) | METRIC_BIT(METRIC_WALL);
    for (size_t i = 0; i < fixture.benches.count; i++)
        assert_int_equal(growth_metrics_again(&fixture.result, &fixture.benches,
                                              fixture.benches.items[i].id),
                         i < 3 ? 0 : time);
    growth_fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_both_show_fails_the_gate),
        cmocka_unit_test(what_fresh_builds_do_not_show_cannot_be_told),
        cmocka_unit_test(rows_that_were_ok_at_first_are_not_judged_again),
        cmocka_unit_test(only_the_sizes_of_worse_growth_are_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
