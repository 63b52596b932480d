/* Against the certified values of NIST's reference datasets (StRD, nonlinear regression):
 * 11 digits of Misra1a and MGH09; and against R's nls(algorithm = "port") within bounds.
 */
#include <math.h>

#include "gate/stats/least_squares.h"
#include "tests/support/check.h"

static const double misra1a[][2] = {
    { 77.6, 10.07 },  { 114.9, 14.73 }, { 141.1, 17.94 }, { 190.8, 23.93 },
    { 239.9, 29.61 }, { 289.0, 35.18 }, { 332.8, 40.02 }, { 378.4, 44.82 },
    { 434.8, 50.76 }, { 477.3, 55.05 }, { 536.8, 61.01 }, { 593.1, 66.40 },
    { 689.1, 75.47 }, { 760.0, 81.78 },
};
static const double mgh09[][2] = {
    { 4, 0.1957 },      { 2, 0.1947 },      { 1, 0.1735 },      { 0.5, 0.16 },
    { 0.25, 0.0844 },   { 0.167, 0.0627 },  { 0.125, 0.0456 },  { 0.1, 0.0342 },
    { 0.0833, 0.0323 }, { 0.0714, 0.0235 }, { 0.0625, 0.0246 },
};

static void misra1a_residuals(const void *context, const double *b, double *out)
{
    (void)context;
    for (size_t i = 0; i < sizeof misra1a / sizeof misra1a[0]; i++)
        out[i] = misra1a[i][1] - b[0] * (1 - exp(-b[1] * misra1a[i][0]));
}

static void mgh09_residuals(const void *context, const double *b, double *out)
{
    (void)context;
    for (size_t i = 0; i < sizeof mgh09 / sizeof mgh09[0]; i++) {
        double x = mgh09[i][0];
        out[i] = mgh09[i][1] - b[0] * (x * x + x * b[1]) / (x * x + x * b[2] + b[3]);
    }
}

static void assert_relative(double got, double want, double tolerance)
{
    assert_close(got / want, 1, tolerance);
}

static void misra1a_is_solved_from_the_far_start(void **state)
{
    const struct least_squares problem = { .parameter_count = 2,
                                           .residual_count = 14,
                                           .low = { 0, 0 },
                                           .high = { 1000, 1 },
                                           .residuals = misra1a_residuals };
    double b[] = { 500, 0.0001 };
    (void)state;

    double sum = least_squares_fit(&problem, b);

    assert_relative(b[0], 2.3894212918e+02, 1e-6);
    assert_relative(b[1], 5.5015643181e-04, 1e-6);
    assert_relative(sum, 1.2455138894e-01, 1e-9);
}

static void four_parameters_of_mgh09_are_found(void **state)
{
    const struct least_squares problem = { .parameter_count = 4,
                                           .residual_count = 11,
                                           .high = { 1, 1, 1, 1 },
                                           .residuals = mgh09_residuals };
    double b[] = { 0.25, 0.39, 0.415, 0.39 };
    (void)state;

    double sum = least_squares_fit(&problem, b);

    assert_relative(b[0], 1.9280693458e-01, 1e-4);
    assert_relative(b[1], 1.9128232873e-01, 1e-3);
    assert_relative(b[2], 1.2305650693e-01, 1e-3);
    assert_relative(b[3], 1.3606233068e-01, 1e-3);
    assert_relative(sum, 3.0750560385e-04, 1e-7);
}

/* R 4.2: nls(..., algorithm = "port", upper = c(1, .15, 1, 1)). */
static void a_bound_in_the_way_is_where_the_parameter_ends(void **state)
{
    const struct least_squares problem = { .parameter_count = 4,
                                           .residual_count = 11,
                                           .high = { 1, 0.15, 1, 1 },
                                           .residuals = mgh09_residuals };
    double b[] = { 0.25, 0.1, 0.15, 0.15 };
    (void)state;

    double sum = least_squares_fit(&problem, b);

    assert_close(b[1], 0.15, 0);
    assert_relative(b[0], 0.194682779411, 1e-4);
    assert_relative(b[2], 0.114468396235, 1e-3);
    assert_relative(b[3], 0.117245226952, 1e-3);
    assert_relative(sum, 0.000311240267925, 1e-7);
}

/* The certified value of the one is given, that of the other must come out. */
static void a_parameter_without_room_stays(void **state)
{
    const struct least_squares problem = { .parameter_count = 2,
                                           .residual_count = 14,
                                           .low = { 238.94212918, 0 },
                                           .high = { 238.94212918, 1 },
                                           .residuals = misra1a_residuals };
    double b[] = { 238.94212918, 0.1 };
    (void)state;

    double sum = least_squares_fit(&problem, b);

    assert_close(b[0], 238.94212918, 0);
    assert_relative(b[1], 5.5015643181e-04, 1e-6);
    assert_relative(sum, 1.2455138894e-01, 1e-9);
}

static void from_a_bound_the_way_leads_back_inside(void **state)
{
    const struct least_squares problem = { .parameter_count = 2,
                                           .residual_count = 14,
                                           .low = { 100, 0.0001 },
                                           .high = { 1000, 1 },
                                           .residuals = misra1a_residuals };
    double b[] = { 100, 0.0001 };
    (void)state;

    least_squares_fit(&problem, b);

    assert_relative(b[0], 2.3894212918e+02, 1e-6);
}

/* A residual that nothing moves leaves nothing to solve. */
static void deaf_residuals(const void *context, const double *b, double *out)
{
    (void)context;
    (void)b;
    out[0] = 3;
}

static void parameters_without_effect_stay_where_they_are(void **state)
{
    const struct least_squares problem = { .parameter_count = 2,
                                           .residual_count = 1,
                                           .high = { 1, 1 },
                                           .residuals = deaf_residuals };
    double b[] = { 0.5, 0.25 };
    (void)state;

    assert_close(least_squares_fit(&problem, b), 9, 0);
    assert_close(b[0], 0.5, 0);
    assert_close(b[1], 0.25, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(misra1a_is_solved_from_the_far_start),
        cmocka_unit_test(four_parameters_of_mgh09_are_found),
        cmocka_unit_test(a_bound_in_the_way_is_where_the_parameter_ends),
        cmocka_unit_test(a_parameter_without_room_stays),
        cmocka_unit_test(from_a_bound_the_way_leads_back_inside),
        cmocka_unit_test(parameters_without_effect_stay_where_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
