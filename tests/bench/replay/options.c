#include "tests/bench/replay/options.h"

#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "tests/bench/replay/draws.h"
#include "tests/bench/replay/synthetic.h"

void streams_clear(struct streams *streams)
{
    for (size_t i = 0; i < streams->count; i++)
        stream_clear(&streams->items[i]);
    array_clear(streams);
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
    static const char *const tables[] = { "designs", "power",  "verdicts",
                                          "alarms",  "peers",  "gates",
                                          "confirm", "growth", "bisect" };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        if (str_equal(text, tables[i])) {
            *out = text;
            return 0;
        }
    }
    return error_set(err, ERROR_USAGE,
                     "--only must be designs, power, verdicts, alarms, peers, gates, "
                     "confirm, growth or bisect, not '%s'",
                     text);
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

int options_read(char **words,
                 struct options *options,
                 struct streams *streams,
                 struct error *err)
{
    for (char **word = words; *word; word++) {
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
                         "[--seed N] [--rows N] [--only TABLE] [--plot DIRECTORY] "
                         "STREAM.csv...");
    return check_lengths(options, streams, err);
}
