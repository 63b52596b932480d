/* How often is a new session called slower than stored ones?
 *
 * usage: stored-rates-program RECORDING.csv...
 *
 * Draws sessions: made-up ones whose spread between sessions has tails of several kinds,
 * and recorded ones (medians of windows of a recording). One of them is made slower by a
 * true change and held against the others by the rule of gate/stats/prediction.h, and by
 * the same rule with n - 1 degrees of freedom, however many sessions there are. All draws
 * come from one seed. Prints lines of markdown. */
#include <math.h>
#include <stdio.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/stats/distribution.h"
#include "gate/stats/prediction.h"
#include "gate/stats/robust.h"
#include "replay/draws.h"
#include "replay/stream.h"

#define STUDIES 200000
#define REPLAYS 20000
#define MOST    20
#define SPREAD  0.03 /* between sessions, of the made-up ones */

static const double upper = 0.019802627296179713; /* ln 1.02 */

struct counts {
    double alarms;      /* of a change at the margin, at 1 % */
    double far;         /* the same at 0.05 %, the share of one of 20 rows */
    double far_without; /* the same with n - 1 degrees of freedom */
};

static void
count(const double *logs, size_t n, double value, double weight, struct counts *out)
{
    struct prediction rule = prediction_of(logs, n, value, 0);
    struct prediction without = rule;
    without.df = (double)(n - 1);
    out->alarms += weight * (prediction_p_above(&rule, upper) <= 0.01);
    out->far += weight * (prediction_p_above(&rule, upper) <= 0.0005);
    out->far_without += weight * (prediction_p_above(&without, upper) <= 0.0005);
}

static void print(const char *name, size_t n, const struct counts *counts)
{
    printf("| %s | %zu | %.2f %% | %.3f %% | %.3f %% |\n", name, n, counts->alarms * 100,
           counts->far * 100, counts->far_without * 100);
}

typedef double draw(struct draws *draws);

static double heavy(struct draws *draws) /* Student's t(3) */
{
    double squares = 0;
    for (int i = 0; i < 3; i++) {
        double normal = draws_normal(draws);
        squares += normal * normal;
    }
    return draws_normal(draws) / sqrt(squares / 3);
}

static double double_exponential(struct draws *draws)
{
    double sign = draws_uniform(draws) < 0.5 ? -1 : 1;
    return sign * log(draws_uniform(draws));
}

static double contaminated(struct draws *draws)
{
    double scale = draws_uniform(draws) < 0.1 ? 5 : 1;
    return scale * draws_normal(draws);
}

static double skewed(struct draws *draws) /* lognormal */
{
    return exp(0.8 * draws_normal(draws));
}

static void simulate(const char *name, draw *noise, size_t n)
{
    struct counts counts = { 0 };
    double logs[MOST];
    for (uint64_t i = 0; i < STUDIES; i++) {
        struct draws draws = draws_for("sessions", name, i * MOST + n);
        for (size_t k = 0; k < n; k++)
            logs[k] = SPREAD * noise(&draws);
        count(logs, n, upper + SPREAD * noise(&draws), 1.0 / STUDIES, &counts);
    }
    print(name, n, &counts);
}

/* Sessions of so many runs, one after the other. */
static void
cut(const struct series *runs, size_t length, struct series *medians, struct series *room)
{
    for (size_t i = 0; i + length <= runs->count; i += length) {
        room->count = 0;
        for (size_t k = 0; k < length; k++)
            *array_push(room) = log(runs->items[i + k]);
        *array_push(medians) = robust_median(room->items, length);
    }
}

/* Which sessions stand for the stored ones and, last, for the new one. */
static size_t
pick(const struct series *medians, bool is_next, size_t n, struct draws *draws, size_t k)
{
    static size_t first;
    if (!is_next)
        return draws_below(draws, medians->count);
    if (k == 0)
        first = draws_below(draws, medians->count - n);
    return first + k;
}

static void replay(const char *name, const struct series *medians, bool is_next, size_t n)
{
    struct counts counts = { 0 };
    double logs[MOST + 1];
    for (uint64_t i = 0; i < REPLAYS; i++) {
        struct draws draws = draws_for("windows", name, i * MOST + n);
        for (size_t k = 0; k <= n; k++)
            logs[k] = medians->items[pick(medians, is_next, n, &draws, k)];
        count(logs, n, upper + logs[n], 1.0 / REPLAYS, &counts);
    }
    print(name, n, &counts);
}

static void
replay_metric(const struct stream *stream, const struct series *runs, const char *metric)
{
    struct series medians = { 0 };
    struct series room = { 0 };
    cut(runs, 30, &medians, &room);
    AUTO_FREE char *drawn = str_format("%s, %s, drawn", stream->name, metric);
    AUTO_FREE char *next =
        str_format("%s, %s, one after the other", stream->name, metric);
    for (size_t n = 5; n <= MOST; n *= 2) {
        replay(drawn, &medians, false, n);
        replay(next, &medians, true, n);
    }
    array_clear(&medians);
    array_clear(&room);
}

static void print_power(void)
{
    printf("\n| between sessions | 5 stored | 10 | 20 | 5, of 20 rows | 20, of 20 rows "
           "|\n|--:|--:|--:|--:|--:|--:|\n");
    static const double spreads[] = { 0.005, 0.01, 0.02, 0.05 };
    static const struct {
        double n;
        double alpha;
    } cases[] = {
        { 5, 0.01 }, { 10, 0.01 }, { 20, 0.01 }, { 5, 0.0005 }, { 20, 0.0005 }
    };
    for (size_t i = 0; i < sizeof spreads / sizeof spreads[0]; i++) {
        printf("| %.1f %%", spreads[i] * 100);
        for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
            struct prediction prediction = { .se = spreads[i] * sqrt(1 + 1 / cases[c].n),
                                             .df = fmin(cases[c].n - 1,
                                                        PREDICTION_MOST_DF) };
            printf(" | %.1f %%", 100 * expm1(prediction_detectable(&prediction, upper,
                                                                   cases[c].alpha, 0.9)));
        }
        printf(" |\n");
    }
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        draw *noise;
    } worlds[] = { { "normal", draws_normal },
                   { "Student's t(3)", heavy },
                   { "double exponential", double_exponential },
                   { "normal, a tenth five times as wide", contaminated },
                   { "lognormal, a long way up", skewed } };
    printf("| sessions | stored | called at 1 %% | at 0.05 %% | the same, n - 1 degrees "
           "|\n|:--|--:|--:|--:|--:|\n");
    for (size_t w = 0; w < sizeof worlds / sizeof worlds[0]; w++)
        for (size_t n = 5; n <= MOST; n *= 2)
            simulate(worlds[w].name, worlds[w].noise, n);
    for (int i = 1; i < argc; i++) {
        AUTO_STREAM struct stream stream = { 0 };
        struct error err = { 0 };
        if (stream_load(&stream, argv[i], &err) < 0) {
            fprintf(stderr, "%s\n", err.message);
            return 1;
        }
        replay_metric(&stream, &stream.wall, "wall");
        replay_metric(&stream, &stream.cpu, "CPU");
    }
    print_power();
    return 0;
}
