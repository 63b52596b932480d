/* The two commits, and the row by which they are compared. */
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/cli/bisection.h"
#include "gate/cli/github_sides.h"
#include "gate/source/worktree.h"

/* Of rows that have no margin in the config. */
#define DEFAULT_MARGIN 0.02

/* "BENCH METRIC" is both; METRIC_COUNT where no metric is named. The caller's. */
static char *split_row(const char *row, enum metric *metric)
{
    const char *blank = strrchr(row, ' ');
    *metric = METRIC_COUNT;
    if (blank && metric_parse(blank + 1, metric))
        return xstrndup(row, (size_t)(blank - row));
    return xstrdup(row);
}

static int read_config(struct bisection *bisection, struct error *err)
{
    const char *path = bisection->options.config_path;
    struct config_file *file = &bisection->config_file;
    const char *commit = bisection->bad.commit;
    int read = path ? config_file_read_option(path, file, err)
                    : config_file_read_commit(bisection->source, commit, file, err);
    if (read == 0 && !file->config)
        return error_set(err, ERROR_CONFIG,
                         "no " CONFIG_NAME
                         " in %.10s: commit one, or name a file with --config",
                         commit);
    return read;
}

/* A row of a harness is named "bench/name". */
static bool tells(const struct bench *bench, const char *row)
{
    size_t length = strlen(bench->id);
    return bench->benchmark->format && str_starts_with(row, bench->id) &&
           row[length] == '/';
}

static const struct bench *find_harness(const struct benches *benches, const char *row)
{
    for (size_t i = 0; i < benches->count; i++) {
        if (tells(&benches->items[i], row))
            return &benches->items[i];
    }
    return NULL;
}

static int say_several(const struct benches *matching, const char *row, struct error *err)
{
    AUTO_STRVEC struct strvec ids = { 0 };
    for (size_t i = 0; i < matching->count; i++)
        strvec_push(&ids, matching->items[i].id);
    AUTO_FREE char *list = strvec_join(&ids, ", ");
    return error_set(err, ERROR_USAGE, "--row must be one bench, and '%s' is several: %s",
                     row, list);
}

/* The bench by its id, or by its name where it has but one size; NULL with err. */
static const struct benchmark *
find_bench(struct bisection *bisection, const char *row, struct error *err)
{
    AUTO_BENCHES struct benches all = { 0 };
    AUTO_BENCHES struct benches matching = { 0 };
    AUTO_STRVEC struct strvec patterns = { 0 };
    benches_of(bisection->config_file.config, &all);
    benches_of(bisection->config_file.config, &matching);
    const struct bench *harness = find_harness(&all, row);
    strvec_push(&patterns, harness ? harness->id : row);
    if (config_select(&matching, &patterns, err) < 0) {
        error_prefix(err, "--row: ");
        return NULL;
    }
    if (matching.count != 1) {
        say_several(&matching, row, err);
        return NULL;
    }
    const struct bench *found = &matching.items[0];
    if (!harness && found->benchmark->format) {
        error_set(err, ERROR_USAGE,
                  "--row must be a name that '%s' prints, as in '%s/NAME'", found->id,
                  found->id);
        return NULL;
    }
    bisection->pattern = xstrdup(found->id);
    bisection->bench_id = xstrdup(harness ? row : found->id);
    return found->benchmark;
}

static struct margin margin_of(const struct bisection *bisection,
                               const struct benchmark *benchmark,
                               enum metric metric)
{
    struct margin margin = benchmark->margins[metric];
    if (bisection->options.margin)
        margin = (struct margin){ .share = bisection->options.margin_share };
    else if (!margin.is_gated)
        margin = (struct margin){ .share = DEFAULT_MARGIN };
    margin.is_gated = true;
    return margin;
}

/* The metric that was asked for, or time, as the first comparison finds it. */
static void set_margins(struct bisection *bisection,
                        const struct benchmark *benchmark,
                        enum metric metric)
{
    if (metric < METRIC_COUNT) {
        bisection->margins[metric] = margin_of(bisection, benchmark, metric);
        return;
    }
    bool has_cpu = benchmark->margins[METRIC_CPU].is_gated;
    bool has_wall = benchmark->margins[METRIC_WALL].is_gated;
    if (has_cpu || !has_wall)
        bisection->margins[METRIC_CPU] = margin_of(bisection, benchmark, METRIC_CPU);
    if (has_wall || !has_cpu)
        bisection->margins[METRIC_WALL] = margin_of(bisection, benchmark, METRIC_WALL);
}

static int
find_row(struct bisection *bisection, const struct last_row *last, struct error *err)
{
    const struct bisect_options *options = &bisection->options;
    enum metric metric = last->metric;
    AUTO_FREE char *row =
        options->row ? split_row(options->row, &metric) : xstrdup(last->bench_id);
    if (options->row && metric == METRIC_COUNT && last->bench_id)
        metric = last->metric;
    if (options->metric && !metric_parse(options->metric, &metric))
        abort(); /* bisect_options_read has seen to it */
    const struct benchmark *benchmark = find_bench(bisection, row, err);
    if (!benchmark)
        return -1;
    set_margins(bisection, benchmark, metric);
    return 0;
}

static int
find_ends(struct bisection *bisection, const struct last_row *last, struct error *err)
{
    const struct bisect_options *options = &bisection->options;
    const char *good = options->good ? options->good : last->good;
    const char *bad = options->bad ? options->bad : last->bad;
    if (source_resolve(bisection->source, good, &bisection->good, err) < 0 ||
        source_resolve(bisection->source, bad, &bisection->bad, err) < 0)
        return -1;
    log_step("good %.10s %s", bisection->good.commit, bisection->good.subject);
    log_step("bad  %.10s %s", bisection->bad.commit, bisection->bad.subject);
    return 0;
}

static bool needs_last(const struct bisect_options *options)
{
    return !options->good || !options->bad || !options->row || options->result_path;
}

int bisection_find(struct bisection *bisection, struct error *err)
{
    AUTO(last_row_clear) struct last_row last = { .metric = METRIC_COUNT };
    if (github_refuse_forks(false, err) < 0)
        return -1;
    bisection->cache_directory = path_cache_dir(err);
    if (!bisection->cache_directory)
        return -1;
    bisection->source =
        source_open(bisection->options.directory, bisection->cache_directory, err);
    if (!bisection->source || source_sweep(bisection->cache_directory, err) < 0)
        return -1;
    if (needs_last(&bisection->options) && bisection_last_row(bisection, &last, err) < 0)
        return -1;
    if (find_ends(bisection, &last, err) < 0 || read_config(bisection, err) < 0)
        return -1;
    return find_row(bisection, &last, err);
}
