/* Harnesses: which names they print on each side, and that each is what it was. */
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/cli/check.h"

#define MOST_NAME_CHARACTERS 200

/* What the two runs of a harness printed. */
struct both_runs {
    const struct harness_run *sides[SIDE_COUNT];
};

/* Which of base's names go by another one in head; and what head says of those gone. */
static const struct manifest *manifest_of(const struct check *check)
{
    return &check->configs[SIDE_HEAD]->manifest;
}

static bool is_printed(const struct both_runs *runs, enum side side, const char *name)
{
    return harness_metrics(runs->sides[side], name).told != 0;
}

/* The first sentence of what is wrong with a name on either side; NULL: nothing. */
static char *why_unmeasured(const struct both_runs *runs, const struct bench *bench)
{
    struct readings readings;
    char *why = NULL;
    for (enum side side = 0; side < SIDE_COUNT && !why; side++)
        why = harness_fill(runs->sides[side], side, side_printed_name(bench, side),
                           bench->metrics, &readings);
    return why;
}

/* What both sides are to tell of a name: what base tells, and no more; of what is only
 * shown, what both have. Where one side has not the name, what the other tells. */
static struct harness_metrics
metrics_of(const struct both_runs *runs, const char *name, const char *before)
{
    struct harness_metrics base = harness_metrics(runs->sides[SIDE_BASE], before);
    struct harness_metrics head = harness_metrics(runs->sides[SIDE_HEAD], name);
    if (!base.told)
        return head;
    if (head.told)
        base.told &= ~base.shown | head.told;
    base.shown &= base.told;
    return base;
}

static bool is_gated(const struct benchmark *benchmark, uint64_t metrics)
{
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        if (metrics & METRIC_BIT(metric) && benchmark->margins[metric].is_gated)
            return true;
    }
    return false;
}

/* One name is judged by one figure of its time. What only says the same again is judged
 * where nothing else is: where the config has a margin for that figure alone. */
static void choose_judged(struct benchmark *benchmark, struct harness_metrics metrics)
{
    if (!is_gated(benchmark, metrics.told & ~metrics.shown))
        return;
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        if (metrics.shown & METRIC_BIT(metric))
            benchmark->margins[metric].is_gated = false;
    }
}

/* The name as journals, results and reports can hold it. */
static char *make_id(const struct bench *harness, const char *name)
{
    struct str id = STR_INIT;
    str_addf(&id, "%s/", harness->id);
    text_add_clean(&id, name, MOST_NAME_CHARACTERS);
    return str_detach(&id);
}

static struct bench_copy *make_name(struct check_stage *stage,
                                    const struct bench *harness,
                                    const char *name,
                                    struct harness_metrics metrics)
{
    struct bench_copy *copy = xcalloc(1, sizeof *copy);
    array_push(&stage->names)->copy = copy;
    copy->benchmark = *harness->benchmark;
    choose_judged(&copy->benchmark, metrics);
    copy->id = make_id(harness, name);
    copy->printed_name = xstrdup(name);
    copy->bench = *harness;
    copy->bench.benchmark = &copy->benchmark;
    copy->bench.id = copy->id;
    copy->bench.printed_name = copy->printed_name;
    copy->bench.group = harness->id;
    copy->bench.metrics = metrics.told;
    return copy;
}

static void settle_gone(const struct manifest *manifest, struct check_bench *listed)
{
    const struct bench *bench = listed->bench;
    if (manifest_removes(manifest, bench->id, bench->benchmark->name))
        check_settle(listed, VERDICT_REMOVED, xstrdup("head's pawl.json says so"));
    else
        check_settle(listed, VERDICT_MISSING,
                     xstrdup("printed by base, but not by head; where that is meant, "
                             "name it in \"removed\" or \"renamed\""));
}

static void settle_name(const struct manifest *manifest,
                        const struct both_runs *runs,
                        struct check_bench *listed)
{
    if (!is_printed(runs, SIDE_HEAD, side_printed_name(listed->bench, SIDE_HEAD)))
        settle_gone(manifest, listed);
    else if (!is_printed(runs, SIDE_BASE, side_printed_name(listed->bench, SIDE_BASE)))
        check_settle(listed, VERDICT_NEW,
                     xstrdup("base does not print it: nothing to compare with"));
    else {
        char *why = why_unmeasured(runs, listed->bench);
        if (why)
            check_settle(listed, VERDICT_FAILED, why);
    }
}

static bool has_id(const struct check_benches *list, const char *id)
{
    for (size_t i = 0; i < list->count; i++) {
        if (str_equal(list->items[i].bench->id, id))
            return true;
    }
    return false;
}

/* What base prints in the place of a name that only head prints; NULL: nothing. The
 * caller's. */
static char *find_before(const struct manifest *manifest,
                         const struct both_runs *runs,
                         const struct bench *harness,
                         const char *name)
{
    AUTO_FREE char *id = make_id(harness, name);
    AUTO_FREE char *before = manifest_name_before(manifest, id, harness->benchmark->name);
    AUTO_FREE char *start = str_format("%s/", harness->id);
    if (is_printed(runs, SIDE_BASE, name) || !before || !str_starts_with(before, start) ||
        !is_printed(runs, SIDE_BASE, before + strlen(start)))
        return NULL;
    return xstrdup(before + strlen(start));
}

/* A name that was in the place of one of those listed. */
static bool was_renamed(const struct check_benches *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++) {
        const char *before = names->items[i].bench->name_before;
        if (before && str_equal(before, name))
            return true;
    }
    return false;
}

static int refuse_second(const struct bench *harness,
                         const char *name,
                         const char *id,
                         struct error *err)
{
    return error_set(err, ERROR_BENCHMARK,
                     "'%s' prints the name '%s', and there is a bench '%s' already: two "
                     "can't have one name",
                     harness->id, name, id);
}

/* What the names of one harness are listed from. */
struct naming {
    const struct manifest *manifest;
    struct check_stage *stage;
    const struct both_runs *runs;
    const struct bench *harness;
};

static int add_name(const struct naming *naming,
                    const char *name,
                    struct check_benches *names,
                    struct error *err)
{
    struct check_stage *stage = naming->stage;
    char *before = find_before(naming->manifest, naming->runs, naming->harness, name);
    struct harness_metrics metrics =
        metrics_of(naming->runs, name, before ? before : name);
    struct bench_copy *copy = make_name(stage, naming->harness, name, metrics);
    copy->bench.name_before = copy->name_before = before;
    if (has_id(&stage->list, copy->id) || has_id(names, copy->id))
        return refuse_second(naming->harness, name, copy->id, err);
    struct check_bench *listed = array_push(names);
    listed->bench = &copy->bench;
    settle_name(naming->manifest, naming->runs, listed);
    return 0;
}

/* Head's names in their order, then those that head lacks. */
static int
list_names(const struct naming *naming, struct check_benches *names, struct error *err)
{
    AUTO_STRVEC struct strvec printed = { 0 };
    harness_names(naming->runs->sides[SIDE_HEAD], &printed);
    harness_names(naming->runs->sides[SIDE_BASE], &printed);
    for (size_t i = 0; i < printed.count; i++) {
        if (!was_renamed(names, printed.items[i]) &&
            add_name(naming, printed.items[i], names, err) < 0)
            return -1;
    }
    return 0;
}

/* Puts the names in the place of their harness. */
static void
replace(struct check_benches *list, size_t index, const struct check_benches *names)
{
    struct check_benches replaced = { 0 };
    free(list->items[index].reason);
    for (size_t i = 0; i < list->count; i++) {
        if (i != index)
            *array_push(&replaced) = list->items[i];
        for (size_t k = 0; i == index && k < names->count; k++)
            *array_push(&replaced) = names->items[k];
    }
    array_clear(list);
    *list = replaced;
}

static bool is_anything_judged(const struct check_benches *names)
{
    for (size_t i = 0; i < names->count; i++) {
        const struct bench *bench = names->items[i].bench;
        if (is_gated(bench->benchmark, bench->metrics))
            return true;
    }
    return false;
}

/* What the reader of the format found odd, and a gate that judges nothing. */
static void warn(struct check *check,
                 const struct both_runs *runs,
                 const char *id,
                 const struct check_benches *names)
{
    const struct strvec *oddities = &runs->sides[SIDE_HEAD]->recording.warnings;
    for (size_t i = 0; i < oddities->count; i++)
        strvec_pushf(&check->warnings, "%s: %s", id, oddities->items[i]);
    if (!is_anything_judged(names))
        strvec_pushf(&check->warnings,
                     "%s: nothing of what it prints has a margin, so nothing is judged",
                     id);
}

static int expand(struct check *check,
                  struct check_stage *stage,
                  const struct both_runs *runs,
                  size_t index,
                  size_t *next,
                  struct error *err)
{
    struct check_benches names = { 0 };
    const struct bench *harness = stage->list.items[index].bench;
    const struct naming naming = { manifest_of(check), stage, runs, harness };
    int listed = list_names(&naming, &names, err);
    if (listed == 0) {
        warn(check, runs, harness->id, &names);
        replace(&stage->list, index, &names);
        *next = index + names.count;
    }
    array_clear(&names);
    return listed;
}

/* The end of the names of one harness, of which index is the first. */
static size_t end_of_group(const struct check_stage *stage, size_t index)
{
    const char *group = stage->list.items[index].bench->group;
    size_t end = index + 1;
    while (group && end < stage->list.count &&
           str_equal(stage->list.items[end].bench->group, group))
        end++;
    return end;
}

static void settle_all(struct check_stage *stage,
                       size_t begin,
                       size_t end,
                       enum fault fault,
                       const char *why)
{
    for (size_t i = begin; i < end; i++) {
        struct check_bench *listed = &stage->list.items[i];
        if (listed->settled != VERDICT_NONE)
            continue;
        listed->fault = fault;
        check_settle(listed, VERDICT_FAILED, xstrdup(why));
    }
}

/* Runs both sides. *failure is the caller's, and why there is nothing to go by, by the
 * fault of which side. */
static int run_both(struct side_runner *runner,
                    const struct check_stage *stage,
                    const struct bench *bench,
                    char **failure,
                    enum fault *fault,
                    struct error *err)
{
    const struct side_bench where = check_side_bench(stage, bench);
    AUTO_FREE char *printed = path_join(stage->scratch.directory, "printed.out");
    for (enum side side = check_first_side(stage); side < SIDE_COUNT && !*failure;
         side++) {
        struct first_run run = { .stdout_path = printed };
        if (check_run_once(runner, &where, side, &run, err) < 0)
            return -1;
        *failure = run.failure;
        if (!*failure)
            *failure = xstrdup(runner->outputs[side].run.failure);
        *fault = side == SIDE_BASE ? FAULT_BASE : FAULT_HEAD;
    }
    return 0;
}

int check_names(struct check *check,
                struct side_runner *runner,
                struct check_stage *stage,
                size_t index,
                size_t *next,
                struct error *err)
{
    const struct bench *bench = stage->list.items[index].bench;
    AUTO_FREE char *failure = NULL;
    *next = end_of_group(stage, index);
    enum fault fault = FAULT_NONE;
    if (run_both(runner, stage, bench, &failure, &fault, err) < 0)
        return -1;
    if (failure) {
        settle_all(stage, index, *next, fault, failure);
        return 0;
    }
    const struct both_runs runs = { { &runner->outputs[check_first_side(stage)].run,
                                      &runner->outputs[SIDE_HEAD].run } };
    if (!bench->printed_name)
        return expand(check, stage, &runs, index, next, err);
    for (size_t i = index; i < *next; i++) {
        if (stage->list.items[i].settled == VERDICT_NONE)
            settle_name(manifest_of(check), &runs, &stage->list.items[i]);
    }
    return 0;
}
