/* Both sides fitted together. Their levels are two more parameters, each of which is
 * found by itself: one by the levels, one by the differences. */
#include <math.h>

#include "gate/base/attributes.h"
#include "gate/stats/growth.h"
#include "gate/stats/growth_curve.h"
#include "gate/stats/least_squares.h"

enum {
    BASE_SHARE,
    HEAD_SHARE,
    BASE_EXPONENT,
    HEAD_EXPONENT,         /* not a parameter of tied couples */
    COUPLE_PARAMETERS = 6, /* with the levels */
    LEAST_SIZES = 3
};

#define PRECISION 2e-4 /* of the ends of the interval */

/* A curve for each side: of which kind, and with exponents from where to where. */
struct couple {
    const struct growth_data *data;
    enum growth_kind kinds[2];
    struct interval exponents[2];
    bool is_tied; /* head's exponent is base's and tie */
    double tie;
};

/* The best one found so far. */
struct best {
    double at[LEAST_SQUARES_PARAMETERS];
    double sum;
};

struct heights {
    double level;
    double difference;
};

static double head_exponent(const struct couple *couple, const double *at)
{
    return couple->is_tied ? at[BASE_EXPONENT] + couple->tie : at[HEAD_EXPONENT];
}

static struct heights heights_at(const struct couple *couple, size_t i, const double *at)
{
    const struct growth_data *data = couple->data;
    double exponents[] = { at[BASE_EXPONENT], head_exponent(couple, at) };
    double heights[2];
    for (size_t side = 0; side < 2; side++) {
        double rise = growth_rise(data, couple->kinds[side], exponents[side],
                                  at[BASE_SHARE + side]);
        heights[side] = growth_height(data, i, exponents[side], rise);
    }
    return (struct heights){ (heights[GROWTH_BASE] + heights[GROWTH_HEAD]) / 2,
                             heights[GROWTH_HEAD] - heights[GROWTH_BASE] };
}

/* Takes the weighted mean off every second residual from first on: the level that fits
 * best. */
static void
take_off_level(const struct growth_data *data, size_t first, double *residuals)
{
    double sum = 0;
    double weights = 0;
    for (size_t i = 0; i < data->count; i++) {
        const struct growth_point *point = &data->points[i];
        double sd = first ? point->difference_sd : point->level_sd;
        sum += residuals[2 * i + first] / sd;
        weights += 1 / (sd * sd);
    }
    for (size_t i = 0; i < data->count; i++) {
        const struct growth_point *point = &data->points[i];
        double sd = first ? point->difference_sd : point->level_sd;
        residuals[2 * i + first] -= sum / weights / sd;
    }
}

/* In turn of the level and of the difference of each size. */
static void find_residuals(const void *context, const double *at, double *out)
{
    const struct couple *couple = context;
    for (size_t i = 0; i < couple->data->count; i++) {
        const struct growth_point *point = &couple->data->points[i];
        struct heights heights = heights_at(couple, i, at);
        out[2 * i] = (point->level - heights.level) / point->level_sd;
        out[2 * i + 1] = (point->difference - heights.difference) / point->difference_sd;
    }
    take_off_level(couple->data, 0, out);
    take_off_level(couple->data, 1, out);
}

static void
try_start(const struct least_squares *problem, const double *start, struct best *best)
{
    double at[LEAST_SQUARES_PARAMETERS] = { 0 };
    for (size_t i = 0; i < problem->parameter_count; i++)
        at[i] = fmin(problem->high[i], fmax(problem->low[i], start[i]));
    double sum = least_squares_fit(problem, at);
    if (!(sum < best->sum))
        return;
    best->sum = sum;
    for (size_t i = 0; i < problem->parameter_count; i++)
        best->at[i] = at[i];
}

/* The exponents that base may have, where head's hang on them. */
static struct interval base_exponents(const struct couple *couple)
{
    struct interval base = couple->exponents[GROWTH_BASE];
    struct interval head = couple->exponents[GROWTH_HEAD];
    if (!couple->is_tied)
        return base;
    return (struct interval){ fmax(base.low, head.low - couple->tie),
                              fmin(base.high, head.high - couple->tie) };
}

static const double shares[][2] = { { 1, 1 }, { 0.5, 0.5 } };
enum {
    SHARE_COUNT = sizeof shares / sizeof shares[0]
};

/* From exponents at which base or head or both lie where each of them would by itself,
 * and fixed costs from none to most of the value. */
static void start_rising(const struct couple *couple,
                         const struct least_squares *problem,
                         const double *alone,
                         struct best *best)
{
    double apart = alone[GROWTH_HEAD] - alone[GROWTH_BASE];
    double tie = couple->is_tied ? couple->tie : apart;
    double base[] = { alone[GROWTH_BASE], alone[GROWTH_HEAD] - tie, 1, 4 };
    for (size_t i = 0; i < sizeof base / sizeof base[0]; i++) {
        for (size_t j = 0; j < (i < 2 ? SHARE_COUNT : 1); j++) {
            double start[] = { shares[j][0], shares[j][1], base[i], base[i] + tie };
            try_start(problem, start, best);
        }
    }
}

/* A curve that doesn't rise may bend in any way: what it would be by itself, as one that
 * rises, says nothing. */
static void start_flat(const struct couple *couple,
                       const struct least_squares *problem,
                       const double *alone,
                       struct best *best)
{
    static const double bends[] = { 0.3, 1.5, 6 };
    size_t counts[2];
    for (size_t side = 0; side < 2; side++)
        counts[side] = couple->kinds[side] == GROWTH_FLAT ? 3 : 1;
    for (size_t i = 0; i < counts[GROWTH_BASE] * counts[GROWTH_HEAD]; i++) {
        double base = counts[GROWTH_BASE] > 1 ? bends[i % 3] : alone[GROWTH_BASE];
        double head =
            counts[GROWTH_HEAD] > 1 ? bends[i / counts[GROWTH_BASE]] : alone[GROWTH_HEAD];
        for (size_t j = 0; j < SHARE_COUNT; j++) {
            double start[] = { shares[j][0], shares[j][1], base, head };
            try_start(problem, start, best);
        }
    }
}

/* The best couple, in the box; alone are the exponents of each side by itself. */
static struct best find_best(const struct couple *couple, const double *alone)
{
    struct interval base = base_exponents(couple);
    struct interval head = couple->exponents[GROWTH_HEAD];
    struct best best = { .sum = (double)INFINITY };
    if (base.low > base.high || head.low > head.high)
        return best;
    struct least_squares problem = { .parameter_count = couple->is_tied ? 3 : 4,
                                     .residual_count = 2 * couple->data->count,
                                     .low = { 0, 0, base.low, head.low },
                                     .high = { 1, 1, base.high, head.high },
                                     .residuals = find_residuals,
                                     .context = couple };
    bool is_rising = couple->kinds[GROWTH_BASE] == GROWTH_RISING &&
                     couple->kinds[GROWTH_HEAD] == GROWTH_RISING;
    if (is_rising)
        start_rising(couple, &problem, alone, &best);
    else
        start_flat(couple, &problem, alone, &best);
    return best;
}

/* The best couple of all, and its residuals to hold others against. */
struct test {
    const struct growth_data *data;
    double alone[2]; /* the exponents of each side by itself */
    double difference;
    double rising;  /* that of the best couple of two that rise */
    double sums[4]; /* of the best couples of each kind, by kind_of */
    double least;
    double scale;
    struct growth_residuals residuals;
    struct growth_residuals others;
};

static struct couple
couple_of(const struct growth_data *data, enum growth_kind base, enum growth_kind head)
{
    struct interval any = { growth_least_exponent(data), GROWTH_STEEPEST };
    return (struct couple){ .data = data,
                            .kinds = { base, head },
                            .exponents = { any, any } };
}

static double difference_of(const struct couple *couple, const struct best *best)
{
    double base = best->at[BASE_EXPONENT];
    double head = head_exponent(couple, best->at);
    return (couple->kinds[GROWTH_HEAD] == GROWTH_FLAT ? 0 : head) -
           (couple->kinds[GROWTH_BASE] == GROWTH_FLAT ? 0 : base);
}

static void fill_freedoms(const struct growth_data *data, double *freedoms)
{
    for (size_t i = 0; i < data->count; i++) {
        freedoms[2 * i] = (double)INFINITY;
        freedoms[2 * i + 1] = data->points[i].freedom;
    }
}

static void test_init(struct test *test, const struct growth_data *data)
{
    *test = (struct test){ .data = data, .least = (double)INFINITY };
    growth_residuals_init(&test->residuals, 2 * data->count);
    growth_residuals_init(&test->others, 2 * data->count);
    fill_freedoms(data, test->residuals.freedoms);
    fill_freedoms(data, test->others.freedoms);
    test->alone[GROWTH_BASE] = growth_rising_exponent(data, GROWTH_BASE);
    test->alone[GROWTH_HEAD] = growth_rising_exponent(data, GROWTH_HEAD);
    for (size_t kind = 0; kind < 4; kind++) {
        struct couple couple = couple_of(data, kind & 1 ? GROWTH_RISING : GROWTH_FLAT,
                                         kind & 2 ? GROWTH_RISING : GROWTH_FLAT);
        struct best best = find_best(&couple, test->alone);
        test->sums[kind] = best.sum;
        if (kind == 3)
            test->rising = difference_of(&couple, &best);
        if (!(best.sum < test->least))
            continue;
        test->least = best.sum;
        test->difference = difference_of(&couple, &best);
        find_residuals(&couple, best.at, test->residuals.items);
    }
    test->scale = growth_scale(test->least, 2 * data->count, COUPLE_PARAMETERS);
}

static void test_clear(struct test *test)
{
    growth_residuals_clear(&test->residuals);
    growth_residuals_clear(&test->others);
}

/* Couples that a hypothesis leaves. */
struct candidates {
    struct couple items[4];
    size_t count;
};

/* Two that rise: the best of them where it is within, else they lie at the bound. */
static void add_two_rising(const struct test *test,
                           struct candidates *candidates,
                           bool is_within,
                           double bound)
{
    struct couple *couple = &candidates->items[candidates->count++];
    *couple = couple_of(test->data, GROWTH_RISING, GROWTH_RISING);
    couple->is_tied = !is_within;
    couple->tie = bound;
}

/* One that rises and one that doesn't differ by the exponent of the first. */
static void add_one_rising(const struct test *test,
                           struct candidates *candidates,
                           enum growth_side riser,
                           struct interval exponents)
{
    struct couple *couple = &candidates->items[candidates->count++];
    *couple = couple_of(test->data, GROWTH_FLAT, GROWTH_FLAT);
    couple->kinds[riser] = GROWTH_RISING;
    struct interval *any = &couple->exponents[riser];
    any->low = fmax(any->low, exponents.low);
    any->high = fmin(any->high, exponents.high);
}

static void add_none_rising(const struct test *test, struct candidates *candidates)
{
    candidates->items[candidates->count++] =
        couple_of(test->data, GROWTH_FLAT, GROWTH_FLAT);
}

static size_t kind_of(const struct couple *couple)
{
    return (couple->kinds[GROWTH_BASE] == GROWTH_RISING ? 1U : 0U) +
           (couple->kinds[GROWTH_HEAD] == GROWTH_RISING ? 2U : 0U);
}

/* The p-value against all of them is that of the best. None is better than the best of
 * its kind without bounds. */
static double p_of(struct test *test, const struct candidates *candidates)
{
    double least = (double)INFINITY;
    for (size_t i = 0; i < candidates->count; i++) {
        if (test->sums[kind_of(&candidates->items[i])] >= least)
            continue;
        struct best best = find_best(&candidates->items[i], test->alone);
        if (!(best.sum < least))
            continue;
        least = best.sum;
        find_residuals(&candidates->items[i], best.at, test->others.items);
    }
    if (isinf(least))
        return 0;
    return growth_p_value(&test->others, &test->residuals, test->scale);
}

/* Against "the difference is at most bound". */
static double p_faster(struct test *test, double bound)
{
    struct candidates candidates = { .count = 0 };
    if (test->difference <= bound)
        return 1;
    add_two_rising(test, &candidates, test->rising <= bound, bound);
    add_one_rising(test, &candidates, GROWTH_BASE,
                   (struct interval){ -bound, GROWTH_STEEPEST });
    add_one_rising(test, &candidates, GROWTH_HEAD, (struct interval){ 0, bound });
    if (bound >= 0)
        add_none_rising(test, &candidates);
    return p_of(test, &candidates);
}

/* Against "the difference is at least bound". */
static double p_within(struct test *test, double bound)
{
    struct candidates candidates = { .count = 0 };
    if (test->difference >= bound)
        return 1;
    add_two_rising(test, &candidates, test->rising >= bound, bound);
    add_one_rising(test, &candidates, GROWTH_HEAD,
                   (struct interval){ bound, GROWTH_STEEPEST });
    add_one_rising(test, &candidates, GROWTH_BASE, (struct interval){ 0, -bound });
    if (bound <= 0)
        add_none_rising(test, &candidates);
    return p_of(test, &candidates);
}

typedef double p_value(struct test *test, double bound);

/* How far from the estimate towards refuted the p-value stays at alpha or above; infinite
 * where it does all the way. */
static double find_end(struct test *test, p_value *p, double alpha, double refuted)
{
    double known = test->difference;
    if (p(test, refuted) >= alpha)
        return refuted * (double)INFINITY;
    while (fabs(known - refuted) > PRECISION) {
        double middle = (known + refuted) / 2;
        if (p(test, middle) < alpha)
            refuted = middle;
        else
            known = middle;
    }
    return known;
}

struct growth_comparison
growth_compare(const struct growth_data *data, double tolerance, double confidence)
{
    if (data->count < LEAST_SIZES)
        return (struct growth_comparison){
            (double)NAN, { (double)-INFINITY, (double)INFINITY }, 1, 1
        };
    AUTO(test_clear) struct test test;
    test_init(&test, data);
    double alpha = (1 - confidence) / 2;
    return (struct growth_comparison){
        .difference = test.difference,
        .interval = { find_end(&test, p_faster, alpha, -GROWTH_STEEPEST),
                      find_end(&test, p_within, alpha, GROWTH_STEEPEST) },
        .p_faster = p_faster(&test, tolerance),
        .p_within = p_within(&test, tolerance),
    };
}
