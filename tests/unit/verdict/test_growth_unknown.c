/* What was measured can't always tell how it grows. */
#include <math.h>

#include "gate/base/error.h"
#include "gate/verdict/growth.h"
#include "tests/support/check.h"
#include "tests/unit/verdict/growth_fixture.h"

#define LINEAR "\"growth\": \"O(n)\", \"sizes\": { \"n\": [100, 1000, 10000] }"

static const struct cost linear = { 5e-3, 100e-3 / 10000, 1 };
static const struct cost quadratic = { 5e-3, 100e-3 / 10000 / 10000, 2 };

static const struct growth_result *judged_after(struct growth_fixture *fixture,
                                                const char *members)
{
    growth_fixture_open(fixture, members);
    growth_fixture_measure_all(fixture, linear, linear);
    return growth_fixture_judge(fixture);
}

static void two_sizes_are_told_to_be_too_few(void **state)
{
    struct growth_fixture fixture;
    (void)state;

    const struct growth_result *growth = judged_after(
        &fixture, "\"growth\": \"O(n)\", \"sizes\": { \"n\": [100, 10000] }");

    assert_int_equal(growth->outcome, GROWTH_CANNOT_TELL);
    assert_string_equal(growth->reason,
                        "2 sizes: growth and a fixed cost can't be told apart");
    assert_true(isinf(growth->head.high));
    assert_true(isnan(growth->difference.exponent));
    growth_fixture_close(&fixture);
}

/* No fixed cost makes less of growth: two sizes give a lower bound. */
static void two_sizes_are_enough_to_be_above_the_ceiling(void **state)
{
    const struct cost steep = { 0, 100e-3 / 10000 / 10000, 2 };
    struct growth_fixture fixture;
    (void)state;

    growth_fixture_open(&fixture,
                        "\"growth\": \"O(n)\", \"sizes\": { \"n\": [100, 10000] }");
    growth_fixture_measure_all(&fixture, linear, steep);

    assert_int_equal(growth_fixture_judge(&fixture)->outcome, GROWTH_ABOVE);
    growth_fixture_close(&fixture);
}

static void one_size_tells_nothing(void **state)
{
    struct growth_fixture fixture;
    (void)state;

    const struct growth_result *growth =
        judged_after(&fixture, "\"growth\": \"O(n)\", \"sizes\": { \"n\": [100] }");

    assert_int_equal(growth->outcome, GROWTH_CANNOT_TELL);
    assert_string_equal(growth->reason, "1 size");
    assert_true(isnan(growth->head.exponent));
    growth_fixture_close(&fixture);
}

static void sizes_that_were_not_asked_for_are_missed(void **state)
{
    struct growth_fixture fixture;
    struct strvec patterns = { 0 };
    struct error err = { 0 };
    (void)state;

    growth_fixture_open(&fixture, LINEAR);
    strvec_push(&patterns, "sort[n=1?0?*]");
    assert_int_equal(config_select(&fixture.benches, &patterns, &err), 0);
    growth_fixture_measure_all(&fixture, linear, quadratic);
    const struct growth_result *growth = growth_fixture_judge(&fixture);

    assert_int_equal(growth->outcome, GROWTH_CANNOT_TELL);
    assert_string_equal(growth->reason, "asked for: 2 of its 3 sizes");
    strvec_clear(&patterns);
    growth_fixture_close(&fixture);
}

static void a_size_that_failed_is_missed(void **state)
{
    struct growth_fixture fixture;
    (void)state;

    growth_fixture_open(&fixture, LINEAR);
    for (size_t i = 0; i < 2; i++)
        growth_fixture_measure(&fixture, &fixture.benches.items[i], &linear, &linear);
    growth_fixture_settle(&fixture, &fixture.benches.items[2], VERDICT_FAILED);
    const struct growth_result *growth = growth_fixture_judge(&fixture);

    assert_int_equal(growth->outcome, GROWTH_CANNOT_TELL);
    assert_string_equal(growth->reason, "measured: 2 of 3 sizes");
    growth_fixture_close(&fixture);
}

static void the_same_bytes_grow_the_same(void **state)
{
    struct growth_fixture fixture;
    (void)state;

    growth_fixture_open(&fixture, LINEAR);
    for (size_t i = 0; i < 3; i++)
        growth_fixture_settle(&fixture, &fixture.benches.items[i], VERDICT_IDENTICAL);
    const struct growth_result *growth = growth_fixture_judge(&fixture);

    assert_int_equal(growth->outcome, GROWTH_IDENTICAL);
    assert_string_equal(growth->reason, "");
    growth_fixture_close(&fixture);
}

static void too_few_pairs_are_said(void **state)
{
    struct growth_fixture fixture;
    (void)state;

    growth_fixture_open(&fixture, LINEAR);
    growth_fixture_measure_all(&fixture, linear, linear);
    fixture.result.benches.items[1].pairs.count = 5;
    const struct growth_result *growth = growth_fixture_judge(&fixture);

    assert_int_equal(growth->outcome, GROWTH_CANNOT_TELL);
    assert_string_equal(growth->reason, "with pairs enough: 2 of 3 sizes");
    growth_fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_sizes_are_told_to_be_too_few),
        cmocka_unit_test(two_sizes_are_enough_to_be_above_the_ceiling),
        cmocka_unit_test(one_size_tells_nothing),
        cmocka_unit_test(sizes_that_were_not_asked_for_are_missed),
        cmocka_unit_test(a_size_that_failed_is_missed),
        cmocka_unit_test(the_same_bytes_grow_the_same),
        cmocka_unit_test(too_few_pairs_are_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
