#include "gate/stats/distribution.h"
#include "tests/support/check.h"
#include "tests/unit/stats/expected.h"

static double normal_upper_of(const double *x)
{
    return normal_upper(x[0]);
}

static double normal_quantile_of(const double *x)
{
    return normal_quantile(x[0]);
}

static double student_upper_of(const double *x)
{
    return student_upper(x[0], x[1]);
}

static double student_quantile_of(const double *x)
{
    return student_quantile(x[0], x[1]);
}

static double binomial_lower_of(const double *x)
{
    return binomial_lower((size_t)x[0], (size_t)x[1], x[2]);
}

/* The last number of each line with this key is what R says of the others. */
static void check_function(const char *key,
                           double (*function)(const double *),
                           size_t lines,
                           double tolerance)
{
    struct expected e;

    expected_open(&e, "functions.txt");
    while (expected_next(&e, key))
        expected_check(&e, e.values.count - 1, function(e.values.items), tolerance);
    assert_true(e.matched >= lines);
    expected_close(&e);
}

static void normal_tail_is_that_of_pnorm(void **state)
{
    (void)state;
    check_function("normal_upper", normal_upper_of, 8, 1e-13);
}

static void normal_quantiles_are_those_of_qnorm(void **state)
{
    (void)state;
    check_function("normal_quantile", normal_quantile_of, 7, 1e-13);
}

static void student_tail_is_that_of_pt(void **state)
{
    (void)state;
    check_function("student_upper", student_upper_of, 42, 1e-10);
}

static void student_quantiles_are_those_of_qt(void **state)
{
    (void)state;
    check_function("student_quantile", student_quantile_of, 42, 1e-10);
}

static void binomial_tail_is_that_of_pbinom(void **state)
{
    (void)state;
    check_function("binomial_lower", binomial_lower_of, 70, 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normal_tail_is_that_of_pnorm),
        cmocka_unit_test(normal_quantiles_are_those_of_qnorm),
        cmocka_unit_test(student_tail_is_that_of_pt),
        cmocka_unit_test(student_quantiles_are_those_of_qt),
        cmocka_unit_test(binomial_tail_is_that_of_pbinom),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
