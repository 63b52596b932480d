#include "gate/stats/distribution.h"

#include <assert.h>
#include <float.h>
#include <math.h>

/* Quantiles are found by bisection of the distribution function: some hundred evaluations
 * that need no table of coefficients and are exactly as good as the function itself.
 * None of them stands in a loop over pairs. */

enum {
    BISECTION_STEPS = 200,
    FRACTION_STEPS = 20000
};

double normal_upper(double z)
{
    return 0.5 * erfc(z / sqrt(2));
}

double normal_quantile(double p)
{
    assert(p > 0 && p < 1);

    /* P(Z < -39) is below the smallest double. */
    double low = -39;
    double high = 39;
    for (int i = 0; i < BISECTION_STEPS; i++) {
        double middle = low + (high - low) / 2;
        if (normal_upper(-middle) < p)
            low = middle;
        else
            high = middle;
    }
    return high;
}

/* Keeps the continued fraction's divisors off zero. */
static double away_from_zero(double value)
{
    return fabs(value) < DBL_MIN * 1e10 ? DBL_MIN * 1e10 : value;
}

/* The continued fraction of the incomplete beta function (Abramowitz and Stegun 26.5.8),
 * evaluated from the front by Lentz's method; converges fast for x < (a + 1)/(a + b + 2).
 */
static double beta_fraction(double x, double a, double b)
{
    double c = 1;
    double d = 1 / away_from_zero(1 - (a + b) * x / (a + 1));
    double value = d;
    for (int i = 1; i < FRACTION_STEPS; i++) {
        double even = i * (b - i) * x / ((a + 2 * i - 1) * (a + 2 * i));
        d = 1 / away_from_zero(1 + even * d);
        c = away_from_zero(1 + even / c);
        value *= c * d;

        double odd = -(a + i) * (a + b + i) * x / ((a + 2 * i) * (a + 2 * i + 1));
        d = 1 / away_from_zero(1 + odd * d);
        c = away_from_zero(1 + odd / c);
        value *= c * d;
        if (fabs(c * d - 1) < DBL_EPSILON)
            break;
    }
    return value;
}

/* ln Gamma; the plain lgamma writes a global. */
static double log_gamma(double x)
{
    int sign = 0;
    return lgamma_r(x, &sign);
}

/* I_x(a, b), where y = 1 - x is given too, so that neither is lost by rounding. */
static double beta_regularized(double x, double y, double a, double b)
{
    if (x <= 0)
        return 0;
    if (y <= 0)
        return 1;

    double log_front =
        log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * log(x) + b * log(y);
    if (x < (a + 1) / (a + b + 2))
        return exp(log_front) * beta_fraction(x, a, b) / a;
    return 1 - exp(log_front) * beta_fraction(y, b, a) / b;
}

double student_upper(double t, double df)
{
    assert(df > 0);

    double square = t * t;
    double tail =
        0.5 * beta_regularized(df / (df + square), square / (df + square), df / 2, 0.5);
    return t < 0 ? 1 - tail : tail;
}

double student_quantile(double p, double df)
{
    assert(p > 0 && p < 1);

    if (p < 0.5)
        return -student_quantile(1 - p, df);
    double high = 1;
    while (student_upper(high, df) > 1 - p)
        high *= 2;
    double low = 0;
    for (int i = 0; i < BISECTION_STEPS; i++) {
        double middle = low + (high - low) / 2;
        if (student_upper(middle, df) > 1 - p)
            low = middle;
        else
            high = middle;
    }
    return low;
}

double binomial_lower(size_t k, size_t n, double p)
{
    assert(p > 0 && p < 1);

    if (k >= n)
        return 1;
    return beta_regularized(1 - p, p, (double)(n - k), (double)k + 1);
}
