/* One side by itself. The level of a curve is always the one that fits best, so that what
 * is looked for are an exponent and a share (growth_curve.h), in a box. */
#include "gate/stats/growth.h"

#include <assert.h>
#include <math.h>

#include "gate/base/alloc.h"
#include "gate/stats/growth_curve.h"
#include "gate/stats/least_squares.h"

enum {
    EXPONENT,
    SHARE,
    PARAMETER_COUNT,
    CURVE_PARAMETERS = 3 /* with the level */
};

#define PRECISION 2e-5 /* of the ends of intervals */

struct curves {
    const struct growth_data *data;
    enum growth_side side;
    enum growth_kind kind;
};

/* The best curve of a kind within some exponents. */
struct best {
    enum growth_kind kind;
    double at[PARAMETER_COUNT];
    double sum;
};

static double rise_of(const struct curves *curves, const double *at)
{
    return growth_rise(curves->data, curves->kind, at[EXPONENT], at[SHARE]);
}

/* ln y at the smallest size. */
static double level_of(const struct curves *curves, const double *at)
{
    double rise = rise_of(curves, at);
    double sum = 0;
    double weights = 0;
    for (size_t i = 0; i < curves->data->count; i++) {
        const struct growth_point *point = &curves->data->points[i];
        double weight = 1 / pow(growth_log_sd(point), 2);
        sum += weight * (growth_log_value(point, curves->side) -
                         growth_height(curves->data, i, at[EXPONENT], rise));
        weights += weight;
    }
    return sum / weights;
}

static void find_residuals(const void *context, const double *at, double *out)
{
    const struct curves *curves = context;
    double level = level_of(curves, at);
    double rise = rise_of(curves, at);
    for (size_t i = 0; i < curves->data->count; i++) {
        const struct growth_point *point = &curves->data->points[i];
        double curve = level + growth_height(curves->data, i, at[EXPONENT], rise);
        out[i] = (growth_log_value(point, curves->side) - curve) / growth_log_sd(point);
    }
}

static void try_start(const struct least_squares *problem,
                      double exponent,
                      double share,
                      struct best *best)
{
    double at[PARAMETER_COUNT] = { exponent, fmax(share, problem->low[SHARE]) };
    double sum = least_squares_fit(problem, at);
    if (!(sum < best->sum))
        return;
    best->at[EXPONENT] = at[EXPONENT];
    best->at[SHARE] = at[SHARE];
    best->sum = sum;
}

/* The best curve with an exponent from low to high and a share of at least least_share.
 */
static struct best
find_best(const struct curves *curves, double low, double high, double least_share)
{
    static const double fractions[] = { 0, 0.05, 0.15, 0.3, 0.6, 1 };
    static const double shares[] = { 1, 0.5 };
    struct least_squares problem = { .parameter_count = PARAMETER_COUNT,
                                     .residual_count = curves->data->count,
                                     .low = { low, least_share },
                                     .high = { high, 1 },
                                     .residuals = find_residuals,
                                     .context = curves };
    struct best best = { curves->kind, { low, 1 }, (double)INFINITY };
    if (low > high)
        return best;
    size_t count = low < high ? sizeof fractions / sizeof fractions[0] : 1;
    for (size_t i = 0; i < count; i++) {
        double exponent = low + fractions[i] * (high - low);
        for (size_t j = 0; j < sizeof shares / sizeof shares[0]; j++)
            try_start(&problem, exponent, shares[j], &best);
    }
    return best;
}

static struct best best_flat(const struct growth_data *data, enum growth_side side)
{
    const struct curves curves = { data, side, GROWTH_FLAT };
    return find_best(&curves, growth_least_exponent(data), GROWTH_STEEPEST, 0);
}

static struct best best_rising(const struct growth_data *data,
                               enum growth_side side,
                               double low,
                               double high)
{
    const struct curves curves = { data, side, GROWTH_RISING };
    return find_best(&curves, fmax(low, growth_least_exponent(data)),
                     fmin(high, GROWTH_STEEPEST), 0);
}

double growth_rising_exponent(const struct growth_data *data, enum growth_side side)
{
    return best_rising(data, side, 0, GROWTH_STEEPEST).at[EXPONENT];
}

/* Two sizes say nothing about a fixed cost; the one value that is sure is that of none.
 */
static struct best best_of_all(const struct growth_data *data, enum growth_side side)
{
    const struct curves curves = { data, side, GROWTH_RISING };
    struct best flat = best_flat(data, side);
    struct best rising = find_best(&curves, growth_least_exponent(data), GROWTH_STEEPEST,
                                   data->count > 2 ? 0 : 1);
    return flat.sum <= rising.sum ? flat : rising;
}

static double exponent_of(const struct best *best)
{
    return best->kind == GROWTH_FLAT ? 0 : best->at[EXPONENT];
}

struct growth_curve growth_fit(const struct growth_data *data, enum growth_side side)
{
    assert(data->count > 1);

    const struct growth_point *points = data->points;
    struct best best = best_of_all(data, side);
    struct curves curves = { data, side, best.kind };
    double exponent = best.at[EXPONENT];
    double rise = rise_of(&curves, best.at);
    double smallest = exp(level_of(&curves, best.at));
    double most = expm1(exponent * log(points[data->count - 1].size / points[0].size));
    return (struct growth_curve){
        .exponent = exponent_of(&best),
        .rise = rise,
        .fixed = smallest * fmax(0, 1 - rise / most),
        .factor = smallest * rise / most / pow(points[0].size, exponent),
        .misfit = best.sum,
    };
}

/* A side's best curve, and its residuals to hold others against. */
struct test {
    const struct growth_data *data;
    enum growth_side side;
    struct best best;
    struct best flat; /* the best that doesn't rise */
    struct growth_residuals residuals;
    struct growth_residuals others;
    double scale;
};

static void fill_residuals(const struct test *test,
                           const struct best *best,
                           struct growth_residuals *out)
{
    const struct curves curves = { test->data, test->side, best->kind };
    find_residuals(&curves, best->at, out->items);
}

static void
test_init(struct test *test, const struct growth_data *data, enum growth_side side)
{
    *test = (struct test){ .data = data, .side = side };
    test->best = best_of_all(data, side);
    test->flat = best_flat(data, side);
    test->scale = growth_scale(test->best.sum, data->count, CURVE_PARAMETERS);
    growth_residuals_init(&test->residuals, data->count);
    growth_residuals_init(&test->others, data->count);
    for (size_t i = 0; i < data->count; i++) {
        double freedom = growth_log_freedom(&data->points[i]);
        test->residuals.freedoms[i] = test->others.freedoms[i] = freedom;
    }
    fill_residuals(test, &test->best, &test->residuals);
}

static void test_clear(struct test *test)
{
    growth_residuals_clear(&test->residuals);
    growth_residuals_clear(&test->others);
}

static double p_of(struct test *test, const struct best *other)
{
    if (isinf(other->sum))
        return 0;
    fill_residuals(test, other, &test->others);
    return growth_p_value(&test->others, &test->residuals, test->scale);
}

/* Against exponents of at most ceiling, and of at least that. */
static double p_above(struct test *test, double ceiling)
{
    if (exponent_of(&test->best) <= ceiling)
        return 1;
    struct best rising = best_rising(test->data, test->side, 0, ceiling);
    return p_of(test, rising.sum < test->flat.sum ? &rising : &test->flat);
}

static double p_below(struct test *test, double ceiling)
{
    if (exponent_of(&test->best) >= ceiling)
        return 1;
    struct best rising = best_rising(test->data, test->side, ceiling, GROWTH_STEEPEST);
    return p_of(test, &rising);
}

/* Against a curve with this exponent, or, below that of the best, with none. The best of
 * those on the other side of it lies at the bound. */
static double p_at(struct test *test, double exponent)
{
    struct best best = best_rising(test->data, test->side, exponent, exponent);
    bool may_be_flat = exponent < exponent_of(&test->best) && test->flat.sum < best.sum;
    return p_of(test, may_be_flat ? &test->flat : &best);
}

/* The last exponent on the way from known to refuted that is not refuted. */
static double find_end(struct test *test, double alpha, double known, double refuted)
{
    while (fabs(known - refuted) > PRECISION) {
        double middle = (known + refuted) / 2;
        if (p_at(test, middle) < alpha)
            refuted = middle;
        else
            known = middle;
    }
    return known;
}

struct interval
growth_interval(const struct growth_data *data, enum growth_side side, double confidence)
{
    AUTO(test_clear) struct test test;
    test_init(&test, data, side);
    double alpha = (1 - confidence) / 2;
    double least = growth_least_exponent(data);
    double known = fmax(exponent_of(&test.best), least);
    struct interval interval = { .low = 0, .high = (double)INFINITY };
    if (p_of(&test, &test.flat) < alpha)
        interval.low = find_end(&test, alpha, known, least);
    if (p_below(&test, least) < alpha)
        interval.high = 0;
    else if (p_at(&test, GROWTH_STEEPEST) < alpha)
        interval.high = find_end(&test, alpha, known, GROWTH_STEEPEST);
    return interval;
}

double
growth_p_above(const struct growth_data *data, enum growth_side side, double ceiling)
{
    AUTO(test_clear) struct test test;
    test_init(&test, data, side);
    return p_above(&test, ceiling);
}

double
growth_p_below(const struct growth_data *data, enum growth_side side, double ceiling)
{
    AUTO(test_clear) struct test test;
    test_init(&test, data, side);
    return p_below(&test, ceiling);
}

double
growth_effective_exponent(const struct growth_data *data, double power, bool has_log)
{
    double mean_x = 0;
    double mean_y = 0;
    for (size_t i = 0; i < data->count; i++) {
        mean_x += log(data->points[i].size) / (double)data->count;
        mean_y += log(log1p(data->points[i].size)) / (double)data->count;
    }
    double above = 0;
    double below = 0;
    for (size_t i = 0; i < data->count; i++) {
        double x = log(data->points[i].size) - mean_x;
        above += x * (log(log1p(data->points[i].size)) - mean_y);
        below += x * x;
    }
    return has_log ? power + above / below : power;
}
