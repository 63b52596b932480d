/* Replays streams of runs of one unchanged program through decision rules, with known
 * changes injected, and prints how often each rule said what, as Markdown.
 *
 *     replay [OPTION...] STREAM.csv...
 *
 *     --synthetic NAME   a made-up stream too; "all" for all of them
 *     --runs N           runs a side for the comparison with other tools (30)
 *     --replays N        of each table (2000)
 *     --seed N           of all draws, those of made-up streams that come after it too
 *     --rows N           gates of so many rows only (else 1, 20 and 200)
 *     --only TABLE       designs, power, verdicts, alarms, peers (nothing changed, every
 *                        rule), gates, confirm, growth or bisect (CPU time only); else
 *                        all but the last four, which take minutes
 *     --plot DIRECTORY   writes power-STREAM-METRIC.svg and drift-STREAM-METRIC.svg there
 */
#include <stdio.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "tests/bench/replay/alarms.h"
#include "tests/bench/replay/bisects.h"
#include "tests/bench/replay/options.h"
#include "tests/bench/replay/plot.h"
#include "tests/bench/replay/plot_drift.h"
#include "tests/bench/replay/table.h"

static bool wants(const struct options *options, const char *table)
{
    if (!options->only)
        return !str_equal(table, "gates") && !str_equal(table, "confirm") &&
               !str_equal(table, "growth") && !str_equal(table, "bisect");
    return str_equal(options->only, table);
}

/* "json-parse-12ms.csv" is "json-parse-12ms" in a file's name. */
static char *
plot_path(const char *directory, const char *kind, const char *stream, const char *metric)
{
    int length =
        (int)(str_ends_with(stream, ".csv") ? strlen(stream) - 4 : strlen(stream));
    return str_format("%s/%s-%.*s-%s.svg", directory, kind, length, stream, metric);
}

static int compare_rules(const struct options *options,
                         const char *metric,
                         const char *title,
                         const struct view *view,
                         struct error *err)
{
    AUTO_POWER struct power power = { .n = options->runs,
                                      .replays = options->replays,
                                      .changes = POWER_CHANGES };
    power_fill(&power, view);
    table_power(title, &power);
    if (!options->plots)
        return 0;
    AUTO_FREE char *path = plot_path(options->plots, "power", view->stream, metric);
    return plot_power(path, title, &power, err);
}

static int compare_designs(const struct options *options,
                           const char *metric,
                           const char *title,
                           const struct view *view,
                           struct error *err)
{
    table_designs(title, view, 2 * options->runs, options->replays);
    if (!options->plots)
        return 0;
    AUTO_FREE char *path = plot_path(options->plots, "drift", view->stream, metric);
    return plot_drift(path, title, view, err);
}

static void
print_verdicts(const struct options *options, const char *title, const struct view *view)
{
    static const double margins[] = { 0.01, 0.02, 0.05 };
    static const size_t rows[] = { 20, 200 };

    for (size_t i = 0; i < sizeof margins / sizeof *margins; i++)
        table_verdicts(title, view, &(struct pawl_rule){ margins[i], 1, 135, 0 },
                       options->replays);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        table_verdicts(title, view, &(struct pawl_rule){ 0.02, rows[i], 135, 0 },
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
                         const struct view *view,
                         bool is_cpu,
                         struct error *err)
{
    const char *metric = is_cpu ? "cpu" : "wall";
    AUTO_FREE char *title =
        str_format("%s, %s time", view->stream, is_cpu ? "CPU" : "wall");

    if (wants(options, "designs") &&
        compare_designs(options, metric, title, view, err) < 0)
        return -1;
    if (wants(options, "power") && compare_rules(options, metric, title, view, err) < 0)
        return -1;
    if (wants(options, "verdicts"))
        print_verdicts(options, title, view);
    if (wants(options, "gates") && is_cpu)
        print_gates(options, title, view);
    if (wants(options, "confirm") && is_cpu)
        table_confirm(title, view, options->replays);
    if (wants(options, "growth") && is_cpu)
        table_growths(title, view, options->replays);
    if (wants(options, "bisect") && is_cpu)
        bisects_print(title, view, options->replays);
    return 0;
}

static int replay_all(const struct options *options,
                      const struct streams *streams,
                      struct error *err)
{
    for (size_t i = 0; i < streams->count; i++) {
        const struct view cpu = view_of_cpu(&streams->items[i]);
        const struct view wall = view_of_wall(&streams->items[i]);
        if (replay_metric(options, &cpu, true, err) < 0 ||
            replay_metric(options, &wall, false, err) < 0)
            return -1;
    }
    if (wants(options, "alarms"))
        alarms_of_pawl(streams->items, streams->count, options->replays);
    if (wants(options, "peers"))
        alarms_of_all(streams->items, streams->count, options->runs, options->replays);
    return 0;
}

int main(int argc, char **argv)
{
    struct error err = { 0 };
    struct options options = { .runs = 30, .replays = 2000 };
    AUTO_STREAMS struct streams streams = { 0 };

    (void)argc;
    if (options_read(argv + 1, &options, &streams, &err) < 0 ||
        replay_all(&options, &streams, &err) < 0) {
        fprintf(stderr, "replay: %s\n", err.message);
        return 2;
    }
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
