/* Replays streams of runs of one unchanged program through decision rules, with known
 * changes injected, and prints how often each rule said what, as Markdown.
 *
 *     replay [OPTION...] STREAM.csv...
 *
 *     --synthetic NAME   a made-up stream too; "all" for all of them
 *     --runs N           runs a side for the comparison with other tools (30)
 *     --replays N        of each table (2000)
 *     --seed N           of all draws, those of made-up streams that come after it too
 *     --only TABLE       power, verdicts, gates (CPU time only) or alarms; else all but
 *                        gates, which take minutes
 *     --rows N           gates of so many rows only (else 1, 20 and 200)
 *     --plot DIRECTORY   writes power-STREAM-METRIC.svg there
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "tests/bench/replay/alarms.h"
#include "tests/bench/replay/draws.h"
#include "tests/bench/replay/plot.h"
#include "tests/bench/replay/synthetic.h"
#include "tests/bench/replay/table.h"

struct streams {
    struct stream *items;
    size_t count;
    size_t capacity;
};

struct options {
    size_t runs;
    size_t replays;
    size_t rows;      /* 0: gates of 1, 20 and 200 */
    const char *only; /* NULL: all but gates */
    const char *plots;
};

#define AUTO_STREAMS AUTO(streams_clear)

static void streams_clear(struct streams *streams)
{
    for (size_t i = 0; i < streams->count; i++)
        stream_clear(&streams->items[i]);
    array_clear(streams);
}

static bool wants(const struct options *options, const char *table)
{
    if (!options->only)
        return !str_equal(table, "gates");
    return str_equal(options->only, table);
}

/* "json-parse-12ms.csv" is "json-parse-12ms" in a file's name. */
static char *plot_path(const char *directory, const char *stream, const char *metric)
{
    int length =
        (int)(str_ends_with(stream, ".csv") ? strlen(stream) - 4 : strlen(stream));
    return str_format("%s/power-%.*s-%s.svg", directory, length, stream, metric);
}

static int compare_rules(const struct options *options,
                         const char *stream,
                         const char *metric,
                         const struct view *view,
                         struct error *err)
{
    AUTO_POWER struct power power = { .n = options->runs,
                                      .replays = options->replays,
                                      .changes = POWER_CHANGES };
    AUTO_FREE char *title =
        str_format("%s, %s time", stream, str_equal(metric, "cpu") ? "CPU" : "wall");
    power_fill(&power, view);
    table_power(title, &power);
    if (!options->plots)
        return 0;
    AUTO_FREE char *path = plot_path(options->plots, stream, metric);
    return plot_power(path, title, &power, err);
}

static void
print_verdicts(const struct options *options, const char *title, const struct view *view)
{
    static const double margins[] = { 0.01, 0.02, 0.05 };
    static const size_t rows[] = { 20, 200 };

    for (size_t i = 0; i < sizeof margins / sizeof *margins; i++)
        table_verdicts(title, view, &(struct pawl_rule){ margins[i], 1, 135 },
                       options->replays);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        table_verdicts(title, view, &(struct pawl_rule){ 0.02, rows[i], 135 },
                       options->replays);
}

static void
print_gates(const struct options *options, const char *title, const struct view *view)
{
    static const size_t rows[] = { 1, 20, 200 };

    if (options->rows)
        table_gates(title, view, &options->rows, 1, options->replays);
    else
        table_gates(title, view, rows, sizeof rows / sizeof *rows, options->replays);
}

static int replay_metric(const struct options *options,
                         const struct stream *stream,
                         const char *metric,
                         struct error *err)
{
    bool is_cpu = str_equal(metric, "cpu");
    const struct view view = { is_cpu ? &stream->cpu : &stream->wall,
                               stream->second_costs };
    AUTO_FREE char *title =
        str_format("%s, %s time", stream->name, is_cpu ? "CPU" : "wall");

    if (wants(options, "power") &&
        compare_rules(options, stream->name, metric, &view, err) < 0)
        return -1;
    if (wants(options, "verdicts"))
        print_verdicts(options, title, &view);
    if (wants(options, "gates") && is_cpu)
        print_gates(options, title, &view);
    return 0;
}

static int replay_all(const struct options *options,
                      const struct streams *streams,
                      struct error *err)
{
    for (size_t i = 0; i < streams->count; i++) {
        if (replay_metric(options, &streams->items[i], "cpu", err) < 0 ||
            replay_metric(options, &streams->items[i], "wall", err) < 0)
            return -1;
    }
    if (wants(options, "alarms")) {
        alarms_of_pawl(streams->items, streams->count, options->replays);
        alarms_of_all(streams->items, streams->count, options->runs, options->replays);
    }
    return 0;
}

static int add_synthetic(struct streams *streams, const char *name, struct error *err)
{
    if (!str_equal(name, "all"))
        return synthetic_make(array_push(streams), name, err);
    for (size_t i = 0; i < synthetic_count(); i++) {
        if (synthetic_make(array_push(streams), synthetic_name(i), err) < 0)
            return -1;
    }
    return 0;
}

static int read_count(
    const char *option, const char *text, long least, size_t *out, struct error *err)
{
    char *rest = NULL;
    long value = strtol(text, &rest, 10);
    if (*rest || rest == text || value < least || value > 1000000)
        return error_set(err, ERROR_USAGE, "%s must be %ld to 1000000, not '%s'", option,
                         least, text);
    *out = (size_t)value;
    return 0;
}

static int read_seed(const char *text, struct error *err)
{
    char *rest = NULL;
    unsigned long long value = strtoull(text, &rest, 10);
    if (*rest || *text < '0' || *text > '9')
        return error_set(err, ERROR_USAGE, "--seed must be a whole number, not '%s'",
                         text);
    draws_reseed(value);
    return 0;
}

static int read_table(const char *text, const char **out, struct error *err)
{
    static const char *const tables[] = { "power", "verdicts", "gates", "alarms" };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        if (str_equal(text, tables[i])) {
            *out = text;
            return 0;
        }
    }
    return error_set(err, ERROR_USAGE,
                     "--only must be power, verdicts, gates or alarms, not '%s'", text);
}

static int read_option(const char *name,
                       const char *value,
                       struct options *options,
                       struct streams *streams,
                       struct error *err)
{
    if (!value)
        return error_set(err, ERROR_USAGE, "'%s' needs a value", name);
    if (str_equal(name, "--synthetic"))
        return add_synthetic(streams, value, err);
    if (str_equal(name, "--runs"))
        return read_count(name, value, 4, &options->runs, err);
    if (str_equal(name, "--replays"))
        return read_count(name, value, 4, &options->replays, err);
    if (str_equal(name, "--rows"))
        return read_count(name, value, 1, &options->rows, err);
    if (str_equal(name, "--seed"))
        return read_seed(value, err);
    if (str_equal(name, "--only"))
        return read_table(value, &options->only, err);
    if (!str_equal(name, "--plot"))
        return error_set(err, ERROR_USAGE, "unknown option '%s'", name);
    options->plots = value;
    return 0;
}

static int read_arguments(char **argv,
                          struct options *options,
                          struct streams *streams,
                          struct error *err)
{
    for (char **word = argv + 1; *word; word++) {
        if (!str_starts_with(*word, "--")) {
            if (stream_load(array_push(streams), *word, err) < 0)
                return -1;
            continue;
        }
        if (read_option(word[0], word[1], options, streams, err) < 0)
            return -1;
        word++;
    }
    if (!streams->count)
        return error_set(err, ERROR_USAGE,
                         "usage: replay [--synthetic NAME] [--runs N] [--replays N] "
                         "[--only TABLE] [--plot DIRECTORY] STREAM.csv...");
    return 0;
}

/* Every rule must have its window. */
static int check_lengths(const struct options *options,
                         const struct streams *streams,
                         struct error *err)
{
    size_t pairs = options->runs > 135 ? options->runs : 135;
    for (size_t i = 0; i < streams->count; i++) {
        const struct stream *stream = &streams->items[i];
        if (stream->cpu.count < 2 * pairs)
            return error_set(err, ERROR_USAGE,
                             "'%s' must have at least %zu runs, not %zu", stream->name,
                             2 * pairs, stream->cpu.count);
    }
    return 0;
}

int main(int argc, char **argv)
{
    struct error err = { 0 };
    struct options options = { .runs = 30, .replays = 2000 };
    AUTO_STREAMS struct streams streams = { 0 };

    (void)argc;
    if (read_arguments(argv, &options, &streams, &err) < 0 ||
        check_lengths(&options, &streams, &err) < 0 ||
        replay_all(&options, &streams, &err) < 0) {
        fprintf(stderr, "replay: %s\n", err.message);
        return 2;
    }
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
