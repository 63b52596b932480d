#include "tests/bench/replay/peers.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/stats/distribution.h"
#include "gate/stats/robust.h"

enum {
    RESAMPLES = 1000
};

const char *design_name(enum design design)
{
    static const char *const names[] = { "all of base, then all of head",
                                         "two rounds of blocks",
                                         "alternating, order turned each time",
                                         "alternating, base always first" };
    return names[design];
}

bool design_is_head(enum design design, size_t index, size_t n)
{
    switch (design) {
    case DESIGN_BLOCKS:
        return index >= n;
    case DESIGN_ROUNDS: /* base head, head base */
        return index >= n / 2 && index < n / 2 + n;
    case DESIGN_ALTERNATE:
        return (index + 1) / 2 % 2;
    case DESIGN_BASE_FIRST:
        return index % 2;
    case DESIGN_COUNT:
        break;
    }
    abort();
}

struct moments {
    double mean;
    double variance; /* of the sample, by n - 1 */
};

static struct moments moments_of(const double *values, size_t n)
{
    double mean = 0;
    double squares = 0;
    for (size_t i = 0; i < n; i++)
        mean += values[i];
    mean /= (double)n;
    for (size_t i = 0; i < n; i++)
        squares += (values[i] - mean) * (values[i] - mean);
    return (struct moments){ mean, squares / (double)(n - 1) };
}

/* A bare threshold on the ratio of the means. */
static bool mean_exceeds(const struct sides *sides, double ratio, struct draws *draws)
{
    (void)draws;
    double base = moments_of(sides->base, sides->n).mean;
    return moments_of(sides->head, sides->n).mean / base > ratio;
}

static double welch_t(struct moments base, struct moments head, size_t n)
{
    double error = sqrt((base.variance + head.variance) / (double)n);
    return error > 0 ? (head.mean - base.mean) / error : 0;
}

/* Welch's t test, two-sided at alpha, and head's mean is the larger one. */
static bool welch_rejects(const struct sides *sides, double alpha, struct draws *draws)
{
    struct moments base = moments_of(sides->base, sides->n);
    struct moments head = moments_of(sides->head, sides->n);
    double both = base.variance + head.variance;
    double squares = base.variance * base.variance + head.variance * head.variance;
    (void)draws;
    if (!(squares > 0))
        return head.mean > base.mean;
    double df = (double)(sides->n - 1) * both * both / squares;
    return student_upper(welch_t(base, head, sides->n), df) < alpha / 2;
}

/* How often a run of head is slower than one of base, ties by half; and the sum of
 * t^3 - t over the ties. */
static double rank_sum(const struct sides *sides, double *tie_sum)
{
    double slower = 0;
    double equal = 0;
    double tied = 0;
    const double *const both[] = { sides->base, sides->head };
    for (size_t i = 0; i < sides->n; i++) {
        for (size_t j = 0; j < sides->n; j++) {
            double difference = sides->head[i] - sides->base[j];
            slower += difference > 0;
            equal += !(difference > 0) && !(difference < 0);
        }
    }
    /* Each value of a group of t adds t^2 - 1, which makes t^3 - t for the group. */
    for (size_t i = 0; i < 2 * sides->n; i++) {
        double t = 0;
        for (size_t j = 0; j < 2 * sides->n; j++) {
            double difference =
                both[i / sides->n][i % sides->n] - both[j / sides->n][j % sides->n];
            t += !(difference > 0) && !(difference < 0);
        }
        tied += t * t - 1;
    }
    *tie_sum = tied;
    return slower + equal / 2;
}

/* Mann and Whitney's test, two-sided at alpha, and head is the slower one; normal with
 * continuity and tie correction. */
static bool ranks_reject(const struct sides *sides, double alpha, struct draws *draws)
{
    double ties = 0;
    double n = (double)sides->n;
    double u = rank_sum(sides, &ties);
    double variance = n * n / 12 * (2 * n + 1 - ties / (2 * n * (2 * n - 1)));
    (void)draws;
    return variance > 0 &&
           normal_upper((u - n * n / 2 - 0.5) / sqrt(variance)) < alpha / 2;
}

static double median_ratio(const struct sides *sides)
{
    return robust_median(sides->head, sides->n) / robust_median(sides->base, sides->n);
}

/* asv: the ratio of the medians beyond the factor, and the ranks differ at .002. */
static bool asv_cries(const struct sides *sides, double factor, struct draws *draws)
{
    return median_ratio(sides) > factor && ranks_reject(sides, 0.002, draws);
}

/* Fills out with n values drawn from pool with replacement, four indices a draw. */
static void
resample(const double *pool, size_t pool_size, double *out, size_t n, struct draws *draws)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < n; i++) {
        bits = i % 4 ? bits >> 16 : draws_next(draws);
        out[i] = pool[(bits & 0xffff) * pool_size >> 16];
    }
}

/* The two-sided p-value of Welch's t among t values of samples drawn from both sides
 * thrown together. */
static double bootstrap_p(const struct sides *sides, double *work, struct draws *draws)
{
    size_t n = sides->n;
    double *pool = work;
    double *a = work + 2 * n;
    double *b = a + n;
    double t = welch_t(moments_of(sides->base, n), moments_of(sides->head, n), n);
    size_t below = 0;
    memcpy(pool, sides->base, n * sizeof *pool);
    memcpy(pool + n, sides->head, n * sizeof *pool);
    for (size_t i = 0; i < RESAMPLES; i++) {
        resample(pool, 2 * n, a, n, draws);
        resample(pool, 2 * n, b, n, draws);
        below += welch_t(moments_of(a, n), moments_of(b, n), n) < t;
    }
    size_t above = RESAMPLES - below;
    return 2.0 * (double)(below < above ? below : above) / RESAMPLES;
}

/* The lower end of the 95 % percentile interval of the change of the mean. */
static double bootstrap_low(const struct sides *sides, double *work, struct draws *draws)
{
    size_t n = sides->n;
    AUTO_FREE double *changes = xcalloc(RESAMPLES, sizeof *changes);
    for (size_t i = 0; i < RESAMPLES; i++) {
        resample(sides->base, n, work, n, draws);
        double base = moments_of(work, n).mean;
        resample(sides->head, n, work, n, draws);
        changes[i] = moments_of(work, n).mean / base - 1;
    }
    return robust_quantile(changes, RESAMPLES, 0.025);
}

/* criterion: p below .05, and the whole interval of the change above the noise threshold.
 */
static bool criterion_cries(const struct sides *sides, double noise, struct draws *draws)
{
    AUTO_FREE double *work = xcalloc(4 * sides->n, sizeof *work);
    if (moments_of(sides->head, sides->n).mean <= moments_of(sides->base, sides->n).mean)
        return false;
    return bootstrap_p(sides, work, draws) < 0.05 &&
           bootstrap_low(sides, work, draws) > noise;
}

/* Mean difference within the pairs over its standard error. */
static double paired_z(const struct sides *sides, double *relative)
{
    AUTO_FREE double *differences = xcalloc(sides->n, sizeof *differences);
    for (size_t i = 0; i < sides->n; i++)
        differences[i] = sides->head[i] - sides->base[i];
    struct moments moments = moments_of(differences, sides->n);
    *relative = moments.mean / moments_of(sides->base, sides->n).mean;
    double error = sqrt(moments.variance / (double)sides->n);
    return error > 0 ? moments.mean / error : 0;
}

/* tango: z at least 2.6, and the change above a threshold. */
static bool tango_cries(const struct sides *sides, double threshold, struct draws *draws)
{
    double relative = 0;
    (void)draws;
    return paired_z(sides, &relative) >= 2.6 && relative > threshold;
}

/* perfgate paired: the mean difference by more than so many standard errors. */
static bool perfgate_cries(const struct sides *sides, double errors, struct draws *draws)
{
    double relative = 0;
    (void)draws;
    return paired_z(sides, &relative) > errors;
}

static const struct peer peers[] = {
    { "github-action-benchmark, 200 %", DESIGN_BLOCKS, mean_exceeds, 2.0 },
    { "github-action-benchmark, 110 %", DESIGN_BLOCKS, mean_exceeds, 1.1 },
    { "pytest-benchmark, mean:5%", DESIGN_BLOCKS, mean_exceeds, 1.05 },
    { "hyperfine + Welch, p < .05", DESIGN_BLOCKS, welch_rejects, 0.05 },
    { "benchstat, Mann-Whitney p < .05", DESIGN_BLOCKS, ranks_reject, 0.05 },
    { "benchstat, runs alternated by hand", DESIGN_ALTERNATE, ranks_reject, 0.05 },
    { "the same, p < .02", DESIGN_ALTERNATE, ranks_reject, 0.02 },
    { "criterion, bootstrap p < .05, 1 %", DESIGN_BLOCKS, criterion_cries, 0.01 },
    { "asv, ratio 1.1 and p < .002", DESIGN_ROUNDS, asv_cries, 1.1 },
    { "tango, z 2.6 and 1.0 %", DESIGN_ALTERNATE, tango_cries, 0.01 },
    { "tango, z 2.6 and 0.5 %", DESIGN_ALTERNATE, tango_cries, 0.005 },
    { "perfgate paired, 1.96 SE", DESIGN_BASE_FIRST, perfgate_cries, 1.96 },
};

size_t peers_count(void)
{
    return sizeof peers / sizeof *peers;
}

const struct peer *peers_at(size_t index)
{
    return &peers[index];
}
