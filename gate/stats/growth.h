/* How a value grows with a size: the exponent k of y = a + b n^k, with a fixed cost
 * a >= 0, so that a long start-up does not make growth look slower than it is, and b > 0.
 *
 * What is known of a size n is the level of both sides together, (ln base + ln head) / 2,
 * and the difference ln head - ln base. They are kept apart because they are not equally
 * well known: the level drifts with the machine from size to size, the difference comes
 * from pairs and does not. Each side by itself is fitted to its own level; the two
 * exponents' difference to both figures of all sizes at once, where most of what is
 * uncertain about the levels cancels.
 *
 * Fits are weighted least squares of logarithms (so of relative errors). Intervals and
 * p-values come from the profile of the sum of squares: an exponent is refuted when the
 * best curve among all that have it fits worse than the best curve of all by more than
 * chance allows. A bootstrap over pairs was decided against: with 8 pairs a size it has
 * no tails to speak of, and at the bound a = 0, where many programs lie, its percentiles
 * are wrong; the profile is right in both places, since it never uses a slope at the
 * estimate.
 *
 * A curve that rises by less than least_rise from the smallest to the largest size does
 * not grow, and has the exponent 0: of so small a rise no exponent can be read.
 *
 * With two sizes a steep curve on a large fixed cost fits as well as a flat one on none.
 * The exponent given is the one without fixed cost; it is a lower bound, the upper end of
 * its interval is infinite, and differences between the sides can't be told. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/stats/interval.h"

/* Beyond this no exponent is looked for. */
#define GROWTH_STEEPEST 8.0

struct growth_point {
    double size;       /* n, above 0 */
    double level;      /* mean of ln base and ln head */
    double level_sd;   /* standard errors, above 0 */
    double difference; /* ln head - ln base */
    double difference_sd;
    double freedom; /* degrees of freedom that the difference's standard error comes
                     * from; INFINITY where it is known */
};

/* Points in ascending order of their sizes, none twice, at least 2. Borrowed. */
struct growth_data {
    const struct growth_point *points;
    size_t count;
    double least_rise; /* relative, above 0: 0.05 */
};

enum growth_side {
    GROWTH_BASE,
    GROWTH_HEAD
};

struct growth_curve {
    double exponent; /* 0: does not grow */
    double rise;     /* y at the largest size over y at the smallest, less 1 */
    double fixed;    /* a, in units of y */
    double factor;   /* b */
    double misfit;   /* the sum of squares */
};

/* The best curve for a side. */
struct growth_curve growth_fit(const struct growth_data *data, enum growth_side side);

/* The exponents of a side that are not refuted at the confidence (0.95), two-sided. The
 * low end is 0 where no growth at all is compatible, the high end INFINITY where none was
 * found up to GROWTH_STEEPEST. */
struct interval
growth_interval(const struct growth_data *data, enum growth_side side, double confidence);

/* P-values against "the side's exponent is at most ceiling" and "at least ceiling", which
 * is above 0; 1 where the best curve's is. */
double
growth_p_above(const struct growth_data *data, enum growth_side side, double ceiling);
double
growth_p_below(const struct growth_data *data, enum growth_side side, double ceiling);

/* Head's exponent less base's, from both fitted together. With two sizes the difference
 * is NAN, its interval unbounded, and nothing is refuted. */
struct growth_comparison {
    double difference;
    struct interval interval;
    double p_faster; /* against "the difference is at most tolerance" */
    double p_within; /* against "the difference is at least tolerance" */
};
struct growth_comparison
growth_compare(const struct growth_data *data, double tolerance, double confidence);

/* The exponent by which n^power (times ln n) grows over these sizes: power for a power,
 * and with the logarithm the slope of its logarithm on ln n, which is larger than power
 * by about 1 / ln n. */
double
growth_effective_exponent(const struct growth_data *data, double power, bool has_log);
