/* Which benches there are to judge, by whose margins, and which need no timing. */
#include <string.h>

#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/build/identical.h"
#include "gate/cli/check.h"

static const struct bench *find_bench(const struct benches *benches, const char *id)
{
    for (size_t i = 0; i < benches->count; i++) {
        if (str_equal(benches->items[i].id, id))
            return &benches->items[i];
    }
    return NULL;
}

/* Head's benchmark of base's, by its name or by the one that it has now. */
static struct benchmark *
find_after(const struct config *base, struct config *head, const struct benchmark *theirs)
{
    for (size_t s = 0; s < head->suite_count; s++) {
        struct suite *suite = &head->suites[s];
        for (size_t b = 0; b < suite->benchmark_count; b++) {
            struct benchmark *ours = &suite->benchmarks[b];
            if (manifest_benchmark_before(base, head, ours) == theirs)
                return ours;
        }
    }
    return NULL;
}

/* Exchanged, not copied: each config goes on owning what it holds. */
static void exchange_goals(struct benchmark *a, struct benchmark *b)
{
    struct goal *goals = a->goals;
    size_t count = a->goal_count;
    a->goals = b->goals;
    a->goal_count = b->goal_count;
    b->goals = goals;
    b->goal_count = count;
}

static void exchange_growths(struct benchmark *a, struct benchmark *b)
{
    struct growth_ceiling growth = a->growth;
    a->growth = b->growth;
    b->growth = growth;
}

/* A change can't loosen its own gate: what is measured is read from head, but margins,
 * goals, growth, error rates and budget from base wherever base has them. */
static void judge_by_base(struct config *base, struct config *head)
{
    head->false_alarm = base->false_alarm;
    head->miss = base->miss;
    head->budget_ns = base->budget_ns;
    head->max_pairs = base->max_pairs;
    head->layouts = base->layouts;
    head->creep = base->creep;
    head->stale = base->stale;
    for (size_t s = 0; s < base->suite_count; s++) {
        for (size_t b = 0; b < base->suites[s].benchmark_count; b++) {
            struct benchmark *theirs = &base->suites[s].benchmarks[b];
            struct benchmark *ours = find_after(base, head, theirs);
            if (!ours)
                continue;
            for (enum metric metric = 0; metric < METRIC_COUNT; metric++)
                ours->margins[metric] = theirs->margins[metric];
            ours->creep = theirs->creep;
            exchange_goals(ours, theirs);
            exchange_growths(ours, theirs);
        }
    }
}

static struct check_bench *list_bench(struct check *check, const struct bench *bench)
{
    struct check_bench *listed = array_push(&check->gate.list);
    listed->bench = bench;
    return listed;
}

/* Base's bench of head's: of the same id, or of the one that it had. Of all of base's:
 * the patterns of the command line are for head's names. */
static const struct bench *find_before(const struct check *check,
                                       const struct bench *bench)
{
    const struct benches *base = &check->all_of_base;
    const struct bench *same = find_bench(base, bench->id);
    AUTO_FREE char *before = manifest_name_before(&check->configs[SIDE_HEAD]->manifest,
                                                  bench->id, bench->benchmark->name);
    return same || !before ? same : find_bench(base, before);
}

static bool has_after(const struct check *check, const struct bench *of_base)
{
    const struct benches *head = &check->benches[SIDE_HEAD];
    for (size_t i = 0; i < head->count; i++) {
        const struct bench *before = find_before(check, &head->items[i]);
        if (before && str_equal(before->id, of_base->id))
            return true;
    }
    return false;
}

/* A bench must not vanish unseen: head's pawl.json has to say that it was meant. */
static void settle_gone(struct check *check, const struct bench *of_base)
{
    const struct manifest *manifest = &check->configs[SIDE_HEAD]->manifest;
    struct check_bench *listed = list_bench(check, of_base);
    if (manifest_removes(manifest, of_base->id, of_base->benchmark->name))
        check_settle(listed, VERDICT_REMOVED, xstrdup("head's pawl.json says so"));
    else
        check_settle(listed, VERDICT_MISSING,
                     xstrdup("in base's pawl.json, but not in head's; where that is "
                             "meant, name it in \"removed\" or \"renamed\""));
}

static void list_both(struct check *check)
{
    const struct benches *base = &check->benches[SIDE_BASE];
    const struct benches *head = &check->benches[SIDE_HEAD];
    for (size_t i = 0; i < head->count; i++) {
        struct check_bench *listed = list_bench(check, &head->items[i]);
        if (check->configs[SIDE_BASE] && !find_before(check, &head->items[i]))
            check_settle(listed, VERDICT_NEW,
                         xstrdup("base does not have it: nothing to compare with"));
    }
    for (size_t i = 0; i < base->count; i++) {
        if (!has_after(check, &base->items[i]))
            settle_gone(check, &base->items[i]);
    }
}

static void list_changed_paths(const struct changes *changes, struct strvec *out)
{
    for (size_t i = 0; i < changes->count; i++) {
        const struct change *change = &changes->items[i];
        if (change->old_path)
            strvec_push(out, change->old_path);
        if (change->new_path &&
            !(change->old_path && str_equal(change->old_path, change->new_path)))
            strvec_push(out, change->new_path);
    }
}

/* Settles the bench where both sides run the same bytes. Goals are absolute: they are
 * checked on every run, change or no change. */
static int settle_if_identical(const struct check *check,
                               const struct check_stage *stage,
                               const struct identical *identical,
                               struct check_bench *listed,
                               struct error *err)
{
    const struct bench *bench = listed->bench;
    AUTO_STRVEC struct strvec words = { 0 };
    AUTO_STR struct str why = STR_INIT;
    const struct side_place place = { .tree = stage->trees[SIDE_HEAD],
                                      .scratch = stage->scratch.head };
    struct side_scope scope = side_scope_of_bench(bench, &place, &check->environment);
    if (side_command_names(&scope, bench->benchmark, &words, err) < 0)
        return -1;
    bool is_identical =
        identical_bench(identical, &words, &bench->benchmark->binaries, &why);
    log_detail("%s: %s", bench->id, why.data);
    if (is_identical && (stage->name || !bench->benchmark->goal_count))
        check_settle(listed, VERDICT_IDENTICAL, str_detach(&why));
    return 0;
}

int check_skip_identical_of(struct check *check,
                            struct check_stage *stage,
                            const struct changes *changes,
                            struct error *err)
{
    if (!check->options.skips_identical)
        return 0;
    AUTO_STRVEC struct strvec changed_paths = { 0 };
    AUTO_IDENTICAL struct identical identical = { 0 };
    size_t count = 0;
    list_changed_paths(changes, &changed_paths);
    if (identical_compare(stage->trees[SIDE_BASE], stage->trees[SIDE_HEAD],
                          &changed_paths, &identical, err) < 0)
        return -1;
    for (size_t i = 0; i < stage->list.count; i++) {
        struct check_bench *listed = &stage->list.items[i];
        if (listed->settled == VERDICT_NONE &&
            settle_if_identical(check, stage, &identical, listed, err) < 0)
            return -1;
        count += listed->settled == VERDICT_IDENTICAL;
    }
    if (count)
        log_step("the same bytes on both sides, not timed: %zu of %zu benches", count,
                 stage->list.count);
    return 0;
}

int check_skip_identical(struct check *check, struct error *err)
{
    return check_skip_identical_of(check, &check->gate, &check->changes, err);
}

/* The harness that would print what the pattern means; NULL where none would. */
static const struct bench *harness_of(const struct benches *benches, const char *pattern)
{
    for (size_t i = 0; i < benches->count; i++) {
        const struct bench *bench = &benches->items[i];
        size_t length = strlen(bench->id);
        if (bench->benchmark->format && str_starts_with(pattern, bench->id) &&
            pattern[length] == '/')
            return bench;
    }
    return NULL;
}

/* What the command line asks for: benches, of harnesses for the names that they print. */
static void list_patterns(const struct check *check, struct strvec *patterns)
{
    const struct strvec *given = &check->options.patterns;
    for (size_t i = 0; i < given->count; i++) {
        const struct bench *harness =
            check->options.takes_names
                ? harness_of(&check->benches[SIDE_HEAD], given->items[i])
                : NULL;
        strvec_push(patterns, harness ? harness->id : given->items[i]);
    }
}

static int expand_configs(struct check *check, struct error *err)
{
    AUTO_STRVEC struct strvec listed = { 0 };
    const struct strvec *patterns = &listed;
    benches_of(check->configs[SIDE_HEAD], &check->benches[SIDE_HEAD]);
    list_patterns(check, &listed);
    if (config_select(&check->benches[SIDE_HEAD], patterns, err) < 0)
        return -1;
    if (!check->configs[SIDE_BASE])
        return 0;
    benches_of(check->configs[SIDE_BASE], &check->all_of_base);
    benches_of(check->configs[SIDE_BASE], &check->benches[SIDE_BASE]);
    struct error unmatched = { 0 };
    if (config_select(&check->benches[SIDE_BASE], patterns, &unmatched) < 0)
        benches_clear(&check->benches[SIDE_BASE]); /* asked for new ones only */
    return 0;
}

int check_list_benches(struct check *check, struct error *err)
{
    const struct config *base = check->configs[SIDE_BASE];
    if (base &&
        manifest_check(base, check->configs[SIDE_HEAD], &check->warnings, err) < 0)
        return -1;
    if (base)
        judge_by_base(check->configs[SIDE_BASE], check->configs[SIDE_HEAD]);
    if (expand_configs(check, err) < 0)
        return -1;
    list_both(check);
    return 0;
}
