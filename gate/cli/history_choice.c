/* Which rows of a history are asked for. */
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/cli/history.h"
#include "gate/config/bench.h"

/* What a row is judged by first, where it is judged by several. */
static const enum metric preferred[] = { METRIC_CPU, METRIC_WALL };

static void add(struct history_choice *choice, size_t row)
{
    choice->rows = xreallocarray(choice->rows, choice->count + 1, sizeof *choice->rows);
    choice->rows[choice->count++] = row;
}

static bool is_matched(const struct history_options *options,
                       const struct history_row *row,
                       bool *is_used)
{
    bool matches = !options->patterns.count;
    AUTO_FREE char *benchmark = xstrndup(row->bench_id, strcspn(row->bench_id, "["));
    for (size_t i = 0; i < options->patterns.count; i++) {
        if (!bench_matches(options->patterns.items[i], row->bench_id, benchmark))
            continue;
        is_used[i] = true;
        matches = true;
    }
    return matches;
}

static int
refuse_pattern(const struct history *history, const char *pattern, struct error *err)
{
    AUTO_STRVEC struct strvec names = { 0 };
    for (size_t i = 0; i < history->rows.count; i++) {
        const char *id = history->rows.items[i].bench_id;
        if (!names.count || !str_equal(names.items[names.count - 1], id))
            strvec_push(&names, id);
    }
    const char *nearest =
        str_nearest(pattern, (const char *const *)names.items, names.count);
    if (nearest)
        return error_set(err, ERROR_USAGE,
                         "no recorded row matches '%s', did you mean '%s'?", pattern,
                         nearest);
    AUTO_STR struct str known = STR_INIT;
    for (size_t i = 0; i < names.count && i < 20; i++)
        str_addf(&known, "%s%s", i ? ", " : "", names.items[i]);
    return error_set(err, ERROR_USAGE, "no recorded row matches '%s' (there are: %s%s)",
                     pattern, known.data, names.count > 20 ? ", ..." : "");
}

static bool is_one_bench(const struct history *history,
                         const struct history_choice *choice)
{
    for (size_t i = 1; i < choice->count; i++) {
        if (!str_equal(history->rows.items[choice->rows[i]].bench_id,
                       history->rows.items[choice->rows[0]].bench_id))
            return false;
    }
    return choice->count > 0;
}

/* Of one bench: the judged row whose metric is preferred, or the preferred of them all
 * where none is judged. */
static size_t preferred_row(const struct history *history,
                            const struct history_choice *choice)
{
    size_t best = choice->rows[0];
    size_t best_rank = SIZE_MAX;
    for (size_t i = 0; i < choice->count; i++) {
        const struct history_row *row = &history->rows.items[choice->rows[i]];
        size_t rank = 2;
        for (size_t p = 0; p < sizeof preferred / sizeof preferred[0]; p++)
            rank = row->metric == preferred[p] ? p : rank;
        rank += row->is_judged ? 0 : 10;
        if (rank < best_rank) {
            best_rank = rank;
            best = choice->rows[i];
        }
    }
    return best;
}

static void keep_judged(const struct history *history, struct history_choice *choice)
{
    size_t kept = 0;
    for (size_t i = 0; i < choice->count; i++) {
        if (history->rows.items[choice->rows[i]].is_judged)
            choice->rows[kept++] = choice->rows[i];
    }
    choice->count = kept ? kept : choice->count;
}

/* All rows that the patterns mean, of the metric that was asked for. */
static int collect(const struct history_options *options,
                   const struct history *history,
                   struct history_choice *choice,
                   struct error *err)
{
    AUTO_FREE bool *is_used = xcalloc(options->patterns.count + 1, sizeof *is_used);
    for (size_t i = 0; i < history->rows.count; i++) {
        const struct history_row *row = &history->rows.items[i];
        if (is_matched(options, row, is_used) &&
            (!options->metric_name ||
             str_equal(metric_name(row->metric), options->metric_name)))
            add(choice, i);
    }
    for (size_t i = 0; i < options->patterns.count; i++) {
        if (!is_used[i])
            return refuse_pattern(history, options->patterns.items[i], err);
    }
    if (choice->count)
        return 0;
    return error_set(err, ERROR_USAGE, "--metric: '%s' was not recorded for %s",
                     options->metric_name,
                     options->patterns.count ? options->patterns.items[0] : "any row");
}

int history_choose(const struct history_options *options,
                   const struct history *history,
                   struct history_choice *choice,
                   struct error *err)
{
    *choice = (struct history_choice){ 0 };
    if (!history->rows.count)
        return error_set(err, ERROR_BENCHMARK,
                         "no session of '%s' is of a commit in the history of '%s'%s",
                         history->class_name, options->head,
                         history->earlier ? " since then" : "");
    if (collect(options, history, choice, err) < 0)
        return -1;
    choice->is_single = options->patterns.count == 1 && is_one_bench(history, choice);
    if (choice->is_single) {
        choice->rows[0] = preferred_row(history, choice);
        choice->count = 1;
    } else if (!options->metric_name) {
        keep_judged(history, choice);
    }
    if (options->svg_path && !choice->is_single)
        return error_set(err, ERROR_USAGE, "--svg draws one row, and '%s' means %zu",
                         options->patterns.items[0], choice->count);
    return 0;
}
