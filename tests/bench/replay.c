/* Replays a recorded stream of runs of one unchanged program through the decision rules,
 * with changes injected, and prints how often each verdict came and after how many pairs.
 *
 *     replay STREAM.csv [MARGIN_PCT [ROWS [MAX_PAIRS]]]
 *
 * STREAM.csv has a header and the columns wall_ns,cpu_us, one run a line in the order
 * they ran. A replay takes a window of consecutive runs, deals each two to base and head
 * by a coin, multiplies head's by one plus the change, and looks at the pairs as a gate
 * of ROWS rows would until the row is decided or MAX_PAIRS are spent. */
#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/stats/holm.h"
#include "gate/stats/sequential.h"

enum {
    REPLAYS = 600
};
enum {
    STREAM_WINDOW = 1,
    STREAM_COIN
};

static const uint64_t seed = 20240229;
static const double false_alarm = 0.01;
static const double miss = 0.05;

struct series {
    double *items; /* logs of the runs */
    size_t count;
    size_t capacity;
};

struct recording {
    struct series wall;
    struct series cpu;
};

static void recording_clear(struct recording *recording)
{
    array_clear(&recording->wall);
    array_clear(&recording->cpu);
}

struct settings {
    double margin;
    size_t rows;
    size_t max_pairs;
};

struct tally {
    size_t regressed;
    size_t ok;
    size_t inconclusive;
    size_t pairs;
};

/* Reads a number above 0 that is followed by end, or by the end of the text, and moves
 * *text past both; -1 where there is none. */
static int read_number(const char **text, char end, double *out)
{
    char *rest = NULL;

    if (**text < '0' || **text > '9') /* strtod would skip white space, lines too */
        return -1;
    double value = strtod(*text, &rest);
    if ((*rest && *rest != end) || !(value > 0) || !isfinite(value))
        return -1;
    *text = *rest ? rest + 1 : rest;
    *out = value;
    return 0;
}

static int
parse_recording(const char *text, struct recording *recording, struct error *err)
{
    static const char header[] = "wall_ns,cpu_us\n";
    if (!str_starts_with(text, header))
        return error_set(err, ERROR_USAGE, "the first line must be 'wall_ns,cpu_us'");

    text += sizeof header - 1;
    for (size_t line = 2; *text; line++) {
        const char *start = text;
        double wall_ns = 0;
        double cpu_us = 0;
        if (read_number(&text, ',', &wall_ns) < 0 ||
            read_number(&text, '\n', &cpu_us) < 0)
            return error_set(err, ERROR_USAGE,
                             "line %zu must be two numbers above 0, not '%.*s'", line,
                             (int)strcspn(start, "\n"), start);
        *array_push(&recording->wall) = log(wall_ns);
        *array_push(&recording->cpu) = log(cpu_us);
    }
    return 0;
}

static int
read_recording(const char *path, struct recording *recording, struct error *err)
{
    AUTO_STR struct str text = STR_INIT;
    if (file_read(path, &text, err) < 0)
        return -1;
    if (parse_recording(text.data, recording, err) < 0)
        return error_prefix(err, "in '%s': ", path);
    return 0;
}

/* The coin says which of the two runs is head's; both sides' logs differ by d. */
static double deal_pair(const double *runs, uint64_t replay, size_t pair, double change)
{
    double first = runs[2 * pair];
    double second = runs[2 * pair + 1];
    uint64_t coin_stream = STREAM_COIN + replay;
    double d =
        random_below_at(seed, coin_stream, pair, 2) ? first - second : second - first;
    return d + log1p(change);
}

static void replay_once(const struct series *series,
                        const struct settings *settings,
                        uint64_t replay,
                        double change,
                        struct tally *tally)
{
    assert(series->items && series->count >= 2 * settings->max_pairs);

    size_t windows = series->count - 2 * settings->max_pairs + 1;
    size_t start = (size_t)random_below_at(seed, STREAM_WINDOW, replay, windows);
    AUTO_FREE double *d = xcalloc(settings->max_pairs, sizeof *d);
    for (size_t i = 0; i < settings->max_pairs; i++)
        d[i] = deal_pair(series->items + start, replay, i, change);

    struct sequential row = { 0 };
    double threshold = holm_bonferroni_threshold(false_alarm, settings->rows);
    enum sequential_state state = SEQUENTIAL_UNDECIDED;
    sequential_init(&row, settings->max_pairs);
    while (state == SEQUENTIAL_UNDECIDED && row.seen < settings->max_pairs) {
        sequential_look(&row, d, sequential_next_look(row.seen, settings->max_pairs),
                        log1p(settings->margin), log1p(-settings->margin));
        state = sequential_decide(&row, threshold, miss);
    }
    tally->regressed += state == SEQUENTIAL_REGRESSED;
    tally->ok += state == SEQUENTIAL_OK;
    tally->inconclusive += state == SEQUENTIAL_UNDECIDED;
    tally->pairs += row.seen;
}

static void print_table(const char *metric,
                        const struct series *series,
                        const struct settings *settings)
{
    static const double changes[] = { 0, 0.01, 0.02, 0.03, 0.05, 0.1 };

    printf("\n%s, margin %g %%, %zu row%s, at most %zu pairs, %d replays\n\n", metric,
           100 * settings->margin, settings->rows, settings->rows == 1 ? "" : "s",
           settings->max_pairs, REPLAYS);
    printf("| true change | regressed | ok | inconclusive | mean pairs |\n");
    printf("|---|---|---|---|---|\n");
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct tally tally = { 0 };
        for (uint64_t replay = 0; replay < REPLAYS; replay++)
            replay_once(series, settings, replay, changes[i], &tally);
        printf("| %g %% | %.3f | %.3f | %.3f | %.0f |\n", 100 * changes[i],
               (double)tally.regressed / REPLAYS, (double)tally.ok / REPLAYS,
               (double)tally.inconclusive / REPLAYS, (double)tally.pairs / REPLAYS);
    }
}

static int read_setting(char **argv, int index, const char *what, double *out)
{
    const char *text = argv[index];

    if (read_number(&text, '\0', out) == 0)
        return 0;
    fprintf(stderr, "replay: %s must be a number above 0, not '%s'\n", what, argv[index]);
    return -1;
}

static int read_settings(int argc, char **argv, struct settings *settings)
{
    double margin_pct = 2;
    double rows = 1;
    double max_pairs = 135;

    if (argc > 2 && read_setting(argv, 2, "the margin in percent", &margin_pct) < 0)
        return -1;
    if (argc > 3 && read_setting(argv, 3, "the number of rows", &rows) < 0)
        return -1;
    if (argc > 4 && read_setting(argv, 4, "the number of pairs", &max_pairs) < 0)
        return -1;
    if (margin_pct >= 100 || rows < 1 || rows > 1e6 || max_pairs < 1 || max_pairs > 1e6) {
        fprintf(stderr,
                "replay: the margin must be below 100, rows and pairs 1 to 1e6\n");
        return -1;
    }
    *settings = (struct settings){ margin_pct / 100, (size_t)rows, (size_t)max_pairs };
    return 0;
}

int main(int argc, char **argv)
{
    struct settings settings = { 0 };
    struct error err = { 0 };

    if (argc < 2 || argc > 5) {
        fprintf(stderr, "usage: replay STREAM.csv [MARGIN_PCT [ROWS [MAX_PAIRS]]]\n");
        return 2;
    }
    if (read_settings(argc, argv, &settings) < 0)
        return 2;
    AUTO(recording_clear) struct recording recording = { 0 };
    if (read_recording(argv[1], &recording, &err) < 0) {
        fprintf(stderr, "replay: %s\n", err.message);
        return 2;
    }
    if (recording.cpu.count < 2 * settings.max_pairs) {
        fprintf(stderr, "replay: '%s' must have at least %zu runs, not %zu\n", argv[1],
                2 * settings.max_pairs, recording.cpu.count);
        return 2;
    }
    print_table("CPU time", &recording.cpu, &settings);
    print_table("Wall time", &recording.wall, &settings);
    return 0;
}
