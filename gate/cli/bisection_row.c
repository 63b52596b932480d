/* What is searched for, from the last result where the command line does not say. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/json.h"
#include "gate/base/log.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/cli/bisection.h"
#include "gate/report/report.h"

/* Results of other repositories may stand in between. */
#define MOST_RESULTS 50

void last_row_clear(struct last_row *row)
{
    free(row->good);
    free(row->bad);
    free(row->bench_id);
    *row = (struct last_row){ 0 };
}

static int read_result(const char *path, struct result *out, struct error *err)
{
    AUTO_JSON json_t *json = json_read_file(path, ERROR_USAGE, err);
    if (!json)
        return -1;
    if (report_json_read(json, out, err) < 0)
        return error_prefix(err, "in '%s': ", path);
    return 0;
}

/* Directories of results are named by time; the newest comes first. */
static int newest_first(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*b)->d_name, (*a)->d_name);
}

static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void list_results(const char *cache_directory, struct strvec *paths)
{
    AUTO_FREE char *directory = path_join(cache_directory, "results");
    struct dirent **entries = NULL;
    int count = scandir(directory, &entries, is_shown, newest_first);
    for (int i = 0; i < count; i++) {
        if (i < MOST_RESULTS)
            strvec_pushf(paths, "%s/%s/result.json", directory, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
}

static bool is_of_this_repository(struct source *source, const struct result *result)
{
    struct revision ignored_revision;
    struct error ignored = { 0 };
    return result->head.commit && result->base.commit &&
           source_resolve(source, result->head.commit, &ignored_revision, &ignored) ==
               0 &&
           source_resolve(source, result->base.commit, &ignored_revision, &ignored) == 0;
}

/* *is_found stays false where there is none. */
static void find_newest(struct bisection *bisection, struct result *out, bool *is_found)
{
    AUTO_STRVEC struct strvec paths = { 0 };
    list_results(bisection->cache_directory, &paths);
    for (size_t i = 0; i < paths.count && !*is_found; i++) {
        struct error ignored = { 0 };
        if (!file_exists(paths.items[i]) ||
            read_result(paths.items[i], out, &ignored) < 0)
            continue;
        *is_found = is_of_this_repository(bisection->source, out);
        if (*is_found)
            log_detail("the last result: %s", paths.items[i]);
        else
            result_clear(out);
    }
}

static double badness(const struct row *row)
{
    bool is_larger_better = metric_info(row->metric)->larger_is_better;
    return is_larger_better ? -row->change : row->change;
}

static bool is_asked_for(const struct bisect_options *options, const struct row *row)
{
    return (!options->row || str_equal(options->row, row->bench_id)) &&
           (!options->metric || str_equal(options->metric, metric_name(row->metric)));
}

/* The regressed one with the largest change. */
static const struct row *worst_row(const struct bisect_options *options,
                                   const struct result *result)
{
    const struct row *worst = NULL;
    for (size_t i = 0; i < result->rows.count; i++) {
        const struct row *row = &result->rows.items[i];
        if (!row->is_judged || row->verdict != VERDICT_REGRESSED ||
            !is_asked_for(options, row))
            continue;
        if (!worst || badness(row) > badness(worst))
            worst = row;
    }
    return worst;
}

static int find_result(struct bisection *bisection, struct result *out, struct error *err)
{
    const char *path = bisection->options.result_path;
    bool is_found = false;
    if (path)
        return read_result(path, out, err);
    find_newest(bisection, out, &is_found);
    if (!is_found)
        return error_set(err, ERROR_USAGE,
                         "there is no result of this repository in the cache: name "
                         "--good, --bad and --row, or a file with --result");
    return 0;
}

int bisection_last_row(struct bisection *bisection,
                       struct last_row *row,
                       struct error *err)
{
    AUTO(result_clear) struct result result = { 0 };
    if (find_result(bisection, &result, err) < 0)
        return -1;
    const struct row *worst = worst_row(&bisection->options, &result);
    if (!worst && !bisection->options.row)
        return error_set(err, ERROR_USAGE,
                         "no row regressed from %.10s to %.10s, the last result: name "
                         "one with --row",
                         result.base.commit, result.head.commit);
    if (result.head.is_dirty && !bisection->options.bad)
        return error_set(err, ERROR_USAGE,
                         "the last result is of uncommitted changes: name the commit to "
                         "search up to with --bad");
    row->good = xstrdup(result.base.commit);
    row->bad = xstrdup(result.head.commit);
    row->bench_id = worst ? xstrdup(worst->bench_id) : NULL;
    row->metric = worst ? worst->metric : METRIC_COUNT;
    return 0;
}
