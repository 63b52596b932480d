#include "tests/bench/changes/histories.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/stats/robust.h"
#include "tests/bench/replay/draws.h"
#include "tests/bench/replay/stream.h"

#define SD 0.05 /* of what is drawn */

const struct history_source history_sources[] = {
    { .name = "normal" },
    { .name = "heavy tails (t with 3)", .heavy = 1 },
    { .name = "recorded JSON parser", .recording = "json-parse-12ms.csv" },
    { .name = "a tenth on a busy machine", .slow = 0.1 },
    { .name = "recorded case-suite", .recording = "case-load-4ms.csv" },
    { .name = "heavy tails, phi .3", .heavy = 1, .phi = 0.3 },
    { .name = "normal, phi .6", .phi = 0.6 },
    { .name = "JSON parser, back to back",
      .recording = "json-parse-12ms.csv",
      .is_in_order = 1 },
    { .name = "case-suite, back to back",
      .recording = "case-load-4ms.csv",
      .is_in_order = 1 },
};
const size_t history_source_count = sizeof history_sources / sizeof history_sources[0];

void history_noise_clear(struct history_noise *noise)
{
    free(noise->times);
}

int history_noise_open(struct history_noise *noise,
                       const struct history_source *source,
                       const char *directory,
                       struct error *err)
{
    *noise = (struct history_noise){ .source = source };
    if (!source->recording)
        return 0;
    AUTO_STREAM struct stream stream = { 0 };
    AUTO_FREE char *path = str_format("%s/%s", directory, source->recording);
    if (stream_load(&stream, path, err) < 0)
        return -1;
    noise->count = stream.wall.count;
    noise->times = xcalloc(noise->count, sizeof *noise->times);
    for (size_t i = 0; i < noise->count; i++)
        noise->times[i] = log(stream.wall.items[i]);
    return 0;
}

static double draw_one(const struct history_source *source, struct draws *draws)
{
    double normal = draws_normal(draws);
    if (!(source->heavy > 0))
        return normal;
    double squares = 0;
    for (int i = 0; i < 3; i++)
        squares += pow(draws_normal(draws), 2);
    return normal / sqrt(squares / 3) / sqrt(3); /* the variance of t with 3 is 3 */
}

static void
draw_made_up(const struct history_source *source, struct draws *draws, double *values)
{
    double last = 0;
    for (size_t i = 0; i < HISTORY_SESSIONS; i++) {
        double fresh = draw_one(source, draws);
        last = i ? source->phi * last + sqrt(1 - pow(source->phi, 2)) * fresh : fresh;
        bool is_slow = draws_uniform(draws) < source->slow;
        values[i] = SD * last + (is_slow ? 0.1 + 0.3 * draws_uniform(draws) : 0);
    }
}

static void
draw_recorded(const struct history_noise *noise, struct draws *draws, double *values)
{
    bool is_in_order = noise->source->is_in_order;
    size_t length = is_in_order ? (size_t)HISTORY_SESSIONS * HISTORY_RUNS : HISTORY_RUNS;
    size_t first = 0;
    for (size_t i = 0; i < HISTORY_SESSIONS; i++) {
        if (!is_in_order || i == 0)
            first = draws_below(draws, noise->count - length + 1);
        size_t from = first + (is_in_order ? i * HISTORY_RUNS : 0);
        values[i] = robust_median(noise->times + from, HISTORY_RUNS);
    }
}

void history_draw(const struct history_noise *noise,
                  uint64_t number,
                  const struct history_change *change,
                  double *values)
{
    struct draws draws = draws_for("history", noise->source->name, number);
    if (noise->source->recording)
        draw_recorded(noise, &draws, values);
    else
        draw_made_up(noise->source, &draws, values);
    for (size_t i = change->from; i < change->to; i++)
        values[i] += change->size;
}

struct history_spread history_spread_of(const struct history_noise *noise)
{
    const struct history_change none = { 0 };
    double values[HISTORY_SESSIONS];
    struct history_spread spread = { 0, 0 };
    for (uint64_t number = 0; number < 100; number++) {
        history_draw(noise, number, &none, values);
        double mean = 0;
        double squares = 0;
        for (size_t i = 0; i < HISTORY_SESSIONS; i++)
            mean += values[i] / HISTORY_SESSIONS;
        for (size_t i = 0; i < HISTORY_SESSIONS; i++)
            squares += pow(values[i] - mean, 2);
        spread.plain += sqrt(squares / (HISTORY_SESSIONS - 1)) / 100;
        spread.robust += robust_mad_sd(values, HISTORY_SESSIONS) / 100;
    }
    return spread;
}
