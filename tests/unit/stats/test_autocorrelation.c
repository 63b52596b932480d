#include "gate/stats/autocorrelation.h"
#include "tests/support/check.h"
#include "tests/unit/stats/expected.h"
#include "tests/unit/stats/noise.h"

/* tests/data/stats/make_change_points.R */
static void is_as_r_computes_it_from_the_definition(void **state)
{
    struct expected line;

    (void)state;
    expected_open(&line, "change_points.txt");
    while (expected_next(&line, "phi"))
        expected_check(&line, 0, autocorrelation(line.sample.items, line.sample.count),
                       1e-9);
    assert_true(line.matched >= 30);
    expected_close(&line);
}

static void jumps_of_the_level_hardly_count(void **state)
{
    double values[300];

    (void)state;
    for (uint64_t i = 0; i < 300; i++)
        values[i] = noise_normal(5, i);
    double quiet = autocorrelation(values, 300);
    for (size_t i = 0; i < 300; i++)
        values[i] += i / 60 % 2 ? 50 : 0;
    assert_close(autocorrelation(values, 300), quiet, 0.1);
}

static void few_or_equal_values_have_none(void **state)
{
    double values[AUTOCORRELATION_LEAST] = { 0 };

    (void)state;
    assert_close(autocorrelation(values, AUTOCORRELATION_LEAST), 0, 0);
    for (size_t i = 0; i < AUTOCORRELATION_LEAST; i++)
        values[i] = (double)(i * i);
    assert_close(autocorrelation(values, AUTOCORRELATION_LEAST - 1), 0, 0);
    assert_close(autocorrelation(values, AUTOCORRELATION_LEAST), AUTOCORRELATION_MOST, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_as_r_computes_it_from_the_definition),
        cmocka_unit_test(jumps_of_the_level_hardly_count),
        cmocka_unit_test(few_or_equal_values_have_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
