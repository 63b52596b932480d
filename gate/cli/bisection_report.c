/* The result put together, written down and shown. */
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/clock.h"
#include "gate/base/file.h"
#include "gate/base/log.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/tree.h"
#include "gate/cli/bisection.h"
#include "gate/cli/command.h"
#include "gate/cli/screen.h"
#include "gate/cli/version.h"
#include "gate/report/bisect_report.h"

static void fill_revision(const struct revision *revision,
                          const char *asked,
                          struct revision_info *out)
{
    *out = (struct revision_info){ .commit = xstrdup(revision->commit),
                                   .tree = xstrdup(revision->tree),
                                   .subject = xstrdup(revision->subject),
                                   .asked = xstrdup(asked ? asked : "") };
}

/* Results are small and people come back for them: one folder a search, named by time. */
static char *results_directory(const struct bisection *bisection)
{
    AUTO_FREE char *stamp = clock_stamp();
    AUTO_FREE char *name =
        str_format("bisections/done/%s-%.10s-%d", stamp, bisection->bad.commit, getpid());
    return path_join(bisection->cache_directory, name);
}

static char *reproduce_command(const struct bisection *bisection)
{
    struct str line = STR_INIT;
    str_addf(&line, "pawl bisect --good %s --bad %s --row '%s' --metric %s",
             bisection->good.commit, bisection->bad.commit, bisection->bench_id,
             metric_name(bisection->result.metric));
    str_addf(&line, " --seed %llu", (unsigned long long)bisection->seed);
    bisect_options_add_repeat(&bisection->options, &line);
    return str_detach(&line);
}

static const char *why_unmeasured(const struct bisect_result *result, const char *commit)
{
    for (size_t i = 0; i < result->probes.count; i++) {
        const struct bisect_probe *probe = &result->probes.items[i];
        if (probe->answer == PROBE_SKIPPED && str_equal(probe->commit, commit))
            return probe->reason;
    }
    return "";
}

static void add_suspect(struct bisection *bisection, size_t commit)
{
    const struct stretch_commit *of = &bisection->stretch.items[commit];
    struct bisect_result *result = &bisection->result;
    *array_push(&result->suspects) = (struct bisect_suspect){
        .commit = xstrdup(of->revision.commit),
        .subject = xstrdup(of->revision.subject),
        .is_merge = of->is_merge,
        .probability = bisection->plan.suspects.items[commit].probability,
        .reason = xstrdup(why_unmeasured(result, of->revision.commit)),
    };
}

static int likeliest_first(const void *a, const void *b)
{
    const struct bisect_suspect *one = a;
    const struct bisect_suspect *other = b;
    return (one->probability < other->probability) -
           (one->probability > other->probability);
}

static void fill_suspects(struct bisection *bisection)
{
    const struct bisect *plan = &bisection->plan;
    struct bisect_suspects *suspects = &bisection->result.suspects;
    AUTO_FREE bool *named = xcalloc(bisection->lineage.count, sizeof *named);
    if (plan->state == BISECT_FOUND)
        named[plan->suspect] = true;
    else if (plan->state == BISECT_RANGE)
        suspects_name(&plan->suspects, named);
    for (size_t i = 0; i < bisection->lineage.count; i++) {
        if (named[i])
            add_suspect(bisection, i);
    }
    if (suspects->count)
        qsort(suspects->items, suspects->count, sizeof *suspects->items, likeliest_first);
}

static enum gate_exit exit_of(enum bisect_state state)
{
    switch (state) {
    case BISECT_FOUND:
        return GATE_REGRESSED;
    case BISECT_SAME:
    case BISECT_BETTER:
        return GATE_PASS;
    case BISECT_RANGE:
    case BISECT_SCATTERED:
    case BISECT_UNCLEAR:
        return GATE_INCONCLUSIVE;
    case BISECT_UNTOLD:
    case BISECT_UNDER_WAY:
    case BISECT_STATE_COUNT:
        return GATE_NOT_MEASURED;
    }
    abort();
}

static void fill_whole(const struct bisect *plan, struct bisect_result *result)
{
    struct bisect_change whole = bisect_change_of(&plan->ends);
    bool is_measured = plan->ends.pair_count > 0;
    result->change = is_measured ? whole.change : (double)NAN;
    result->change_low = is_measured ? whole.low : (double)-INFINITY;
    result->change_high = is_measured ? whole.high : (double)INFINITY;
}

static void fill_own(const struct bisect *plan, struct bisect_result *result)
{
    struct bisect_change own = bisect_change_of(&plan->own);
    result->has_own = plan->state == BISECT_FOUND && plan->has_own;
    result->is_confirmed = plan->is_confirmed;
    result->own_change = result->has_own ? own.change : (double)NAN;
    result->own_low = result->has_own ? own.low : (double)-INFINITY;
    result->own_high = result->has_own ? own.high : (double)INFINITY;
}

/* That which the first comparison chose; where nothing was measured, what it could have
 * chosen first. */
static enum metric metric_of(const struct bisection *bisection)
{
    if (bisection->plan.ends.pair_count)
        return bisection->plan.ends.metric;
    if (bisection->margins[METRIC_CPU].is_gated)
        return METRIC_CPU;
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        if (bisection->margins[metric].is_gated)
            return metric;
    }
    abort();
}

static void fill_finding(struct bisection *bisection)
{
    const struct bisect *plan = &bisection->plan;
    struct bisect_result *result = &bisection->result;
    bool names = plan->state == BISECT_FOUND || plan->state == BISECT_RANGE;
    result->state = plan->state;
    result->metric = metric_of(bisection);
    result->margin = bisection->margins[result->metric].share;
    result->probability = names ? bisect_probability(plan) : (double)NAN;
    result->exit = exit_of(plan->state);
    fill_whole(plan, result);
    fill_own(plan, result);
}

static void fill_result(struct bisection *bisection)
{
    struct bisect_result *result = &bisection->result;
    result->pawl_version = xstrdup(PAWL_VERSION);
    result->started_at = clock_utc();
    result->elapsed_ns = clock_now_ns() - bisection->started_ns;
    fill_revision(&bisection->good, bisection->options.good, &result->good);
    fill_revision(&bisection->bad, bisection->options.bad, &result->bad);
    result->bench_id = xstrdup(bisection->bench_id);
    result->by_first_parents = !bisection->options.all_parents;
    result->commit_count = bisection->stretch.count;
    if (!result->reason)
        result->reason = xstrdup("");
    fill_finding(bisection);
    fill_suspects(bisection);
    for (size_t i = 0; i < result->probes.count; i++)
        result->pair_count += result->probes.items[i].pair_count;
    machine_read("", &result->machine);
    if (!result->toolchain)
        result->toolchain = xstrdup("");
    if (!result->accounting)
        result->accounting = xstrdup("");
    if (!result->priority)
        result->priority = xstrdup("");
    result->reproduce = reproduce_command(bisection);
}

static int write_file(const char *path, const struct str *text, struct error *err)
{
    AUTO_FREE char *directory = path_directory(path);
    if (tree_make(directory, err) < 0)
        return -1;
    return file_write(path, text->data, text->length, err);
}

static int
write_files(const struct bisection *bisection, const char *directory, struct error *err)
{
    const struct bisect_options *options = &bisection->options;
    AUTO_STR struct str markdown = STR_INIT;
    AUTO_STR struct str json = STR_INIT;
    AUTO_FREE char *markdown_path = path_join(directory, "report.md");
    AUTO_FREE char *json_path = path_join(directory, "bisect.json");
    bisect_report_markdown(&bisection->result, &markdown);
    bisect_report_json(&bisection->result, &json);
    if (write_file(json_path, &json, err) < 0 ||
        write_file(markdown_path, &markdown, err) < 0)
        return -1;
    if (options->json_path && write_file(options->json_path, &json, err) < 0)
        return -1;
    return options->report_path ? write_file(options->report_path, &markdown, err) : 0;
}

int bisection_report(struct bisection *bisection, struct error *err)
{
    AUTO_STR struct str summary = STR_INIT;
    const struct report_screen screen = screen_of_stdout();
    AUTO_FREE char *directory = results_directory(bisection);
    fill_result(bisection);
    if (write_files(bisection, directory, err) < 0 ||
        tree_remove(bisection->directory, err) < 0)
        return -1;
    if (log_get_level() == LOG_QUIET) {
        bisect_report_line(&bisection->result, screen.use_color, &summary);
        return print_out(&summary, err);
    }
    bisect_report_screen(&bisection->result, &screen, bisection->explained_here,
                         &summary);
    str_addf(&summary, "report: %s/report.md\nresult: %s/bisect.json\n", directory,
             directory);
    return print_out(&summary, err);
}
