/* Two commits side by side, as a check of one row would have them. */
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/cli/bisection.h"
#include "gate/source/blob.h"

void comparison_close(struct comparison *comparison)
{
    if (!comparison->is_open)
        return;
    check_clear(&comparison->check);
    for (enum side side = 0; side < SIDE_COUNT; side++)
        config_free(comparison->recipes[side]);
    free(comparison->why);
    *comparison = (struct comparison){ 0 };
}

int bisection_base(struct bisection *bisection,
                   const struct bisect_order *order,
                   struct revision *base,
                   struct error *err)
{
    const struct revision *commit = &bisection->stretch.items[order->commit].revision;
    *base = bisection->good;
    if (order->kind != BISECT_CULPRIT)
        return 0;
    return source_parent(bisection->source, commit, base, err);
}

static void set_options(const struct bisection *bisection, struct check_options *options)
{
    const struct bisect_options *asked = &bisection->options;
    check_options_set_defaults(options);
    options->directory = asked->directory;
    options->budget_ns = asked->budget_ns;
    options->max_pairs = asked->max_pairs;
    options->skips_identical = asked->skips_identical;
    options->may_pin = asked->may_pin;
    options->may_raise = asked->may_raise;
    options->uses_build_cache = asked->uses_build_cache;
    strvec_push(&options->patterns, bisection->pattern);
}

/* One definition of the work for all commits, judged by nothing but the row. */
static struct config *make_config(const struct bisection *bisection, struct error *err)
{
    struct config *config =
        config_parse(bisection->config_file.text, bisection->config_file.name, err);
    for (size_t s = 0; config && s < config->suite_count; s++) {
        struct suite *suite = &config->suites[s];
        for (size_t b = 0; b < suite->benchmark_count; b++)
            for (enum metric metric = 0; metric < METRIC_COUNT; metric++)
                suite->benchmarks[b].margins[metric] = bisection->margins[metric];
    }
    return config;
}

/* A commit is built by the recipe that it came with. */
static int find_recipe(struct bisection *bisection, enum side side, struct error *err)
{
    struct comparison *comparison = &bisection->comparison;
    struct check *check = &comparison->check;
    check->recipes[side] = &bisection->config_file.config->build;
    if (bisection->options.config_path)
        return 0;
    if (check_read_config(check, &check->revisions[side], &comparison->recipes[side],
                          err) < 0)
        return -1;
    if (comparison->recipes[side])
        check->recipes[side] = &comparison->recipes[side]->build;
    return 0;
}

static int find_sides(struct bisection *bisection,
                      const struct bisect_order *order,
                      struct error *err)
{
    struct check *check = &bisection->comparison.check;
    set_options(bisection, &check->options);
    check->revisions[SIDE_HEAD] = bisection->stretch.items[order->commit].revision;
    if (bisection_base(bisection, order, &check->revisions[SIDE_BASE], err) < 0)
        return -1;
    check->base_rule = xstrdup("");
    check->cache_directory = xstrdup(bisection->cache_directory);
    check->source =
        source_open(bisection->options.directory, check->cache_directory, err);
    if (!check->source)
        return -1;
    check->configs[SIDE_HEAD] = make_config(bisection, err);
    if (!check->configs[SIDE_HEAD])
        return -1;
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        if (find_recipe(bisection, side, err) < 0)
            return -1;
    }
    return check_list_benches(check, err);
}

/* All but the row's are not asked for; a harness has listed what it prints. */
static void find_listed(struct bisection *bisection)
{
    struct comparison *comparison = &bisection->comparison;
    struct check_benches *list = &comparison->check.gate.list;
    bool is_found = false;
    for (size_t i = 0; i < list->count; i++) {
        struct check_bench *listed = &list->items[i];
        if (str_equal(listed->bench->id, bisection->bench_id)) {
            is_found = true;
            comparison->listed = i;
        } else if (listed->settled == VERDICT_NONE)
            check_settle(listed, VERDICT_NEW, xstrdup("not asked for"));
    }
    const struct check_bench *listed = is_found ? &list->items[comparison->listed] : NULL;
    comparison->is_identical = listed && listed->settled == VERDICT_IDENTICAL;
    if (!listed)
        comparison->why = str_format("'%s' is not printed", bisection->bench_id);
    else if (listed->settled != VERDICT_NONE && !comparison->is_identical)
        comparison->why = xstrdup(listed->reason);
}

/* A harness has its names only after its first run; where it is not run, since both sides
 * run the same bytes, it stands for all of them. */
static void see_identical(struct bisection *bisection)
{
    struct comparison *comparison = &bisection->comparison;
    const struct check_benches *list = &comparison->check.gate.list;
    comparison->is_identical =
        list->count == 1 && list->items[0].settled == VERDICT_IDENTICAL;
}

static int
compare(struct bisection *bisection, const struct bisect_order *order, struct error *err)
{
    struct comparison *comparison = &bisection->comparison;
    struct check *check = &comparison->check;
    if (find_sides(bisection, order, err) < 0 || check_build_sides(check, err) < 0 ||
        check_skip_identical(check, err) < 0)
        return -1;
    see_identical(bisection);
    if (comparison->is_identical)
        return 0;
    if (check_same_work(check, &check->gate, err) < 0)
        return -1;
    find_listed(bisection);
    return 0;
}

/* What a commit can't do is a reason to pass it over; what a person has to mend is not.
 */
static bool is_of_the_commit(const struct error *err)
{
    return err->code == ERROR_BUILD || err->code == ERROR_BENCHMARK ||
           err->code == ERROR_CONFIG;
}

/* Without what the failed command printed. */
static char *without_output(const char *text)
{
    const char *output = strstr(text, "; the end of its output");
    size_t line = strcspn(text, "\n");
    bool is_shorter = output && (size_t)(output - text) < line;
    return xstrndup(text, is_shorter ? (size_t)(output - text) : line);
}

int bisection_open_comparison(struct bisection *bisection,
                              const struct bisect_order *order,
                              struct error *err)
{
    struct comparison *comparison = &bisection->comparison;
    struct error trouble = { 0 };
    check_init(&comparison->check);
    comparison->is_open = true;
    bisection->kind = order->kind;
    bisection->commit = order->commit;
    if (compare(bisection, order, &trouble) == 0)
        return 0;
    if (!is_of_the_commit(&trouble)) {
        *err = trouble;
        return -1;
    }
    log_detail("%s", trouble.message);
    comparison->why = without_output(trouble.message);
    return 0;
}
