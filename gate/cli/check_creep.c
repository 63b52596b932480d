/* --anchor: head against a commit of long ago.
 *
 * Ten commits that are 1 % slower each pass a margin of 2 % one by one. Measured against
 * the anchor in pairs, as head is against base, they are 10 %. It is an experiment of its
 * own with a budget of its own, after the gate's: nothing that goes wrong with an old
 * commit takes the gate's answer away, and rows that need many pairs here take none from
 * there. Its rows are a family of their own, with the gate's error rates. */
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/cli/check.h"
#include "gate/cli/github_sides.h"
#include "gate/cli/stored.h"
#include "gate/verdict/creep.h"
#include "gate/verdict/judge.h"

#define STAGE "anchor"

/* More commits than that are not counted. */
#define MOST_COMMITS 100000

/* The anchor is part of what was agreed: base's, where base has one. */
static const char *anchor_name(const struct check *check)
{
    if (*check->options.anchor)
        return check->options.anchor;
    const struct config *base = check->configs[SIDE_BASE];
    return base && base->anchor ? base->anchor : check->configs[SIDE_HEAD]->anchor;
}

int check_find_anchor(struct check *check, struct error *err)
{
    struct check_anchor *anchor = &check->anchor;
    if (!check->options.anchor)
        return 0;
    anchor->name = anchor_name(check);
    if (!anchor->name)
        return error_set(err, ERROR_USAGE,
                         "--anchor needs a commit: name one (--anchor=v1.0), or put "
                         "\"anchor\": \"v1.0\" into pawl.json");
    if (github_resolve(check->source, anchor->name, &anchor->revision, err) < 0)
        return error_prefix(err, "the anchor: ");
    if (github_fetch_files(check->source, &anchor->revision, err) < 0)
        return -1;
    if (!check->options.config_path &&
        check_read_config(check, &anchor->revision, &anchor->config, err) < 0)
        return error_prefix(err, "the anchor's ");
    if (source_ancestry(check->source, &anchor->revision, &check->revisions[SIDE_HEAD],
                        &anchor->ancestry, err) < 0)
        return -1;
    log_step("anchor %.10s %s (%s)", anchor->revision.commit, anchor->revision.subject,
             anchor->name);
    return 0;
}

/* The comparison holds between any two commits; that it is one with the past does not. */
static char *note_of(const struct check_anchor *anchor)
{
    switch (anchor->ancestry) {
    case ANCESTRY_SAME:
        return str_format("head is %s itself: nothing can have crept", anchor->name);
    case ANCESTRY_NONE:
        return str_format("%s is not an ancestor of head: they were compared all the "
                          "same, but what differs need not have come since",
                          anchor->name);
    case ANCESTRY_CUT_OFF:
        return str_format("the clone is shallow and does not tell whether head descends "
                          "from %s (git fetch --unshallow): they were compared all the "
                          "same",
                          anchor->name);
    case ANCESTRY_ANCESTOR:
        return xstrdup("");
    }
    abort();
}

static int begin(struct check *check, struct error *err)
{
    const struct check_anchor *anchor = &check->anchor;
    struct creep *creep = check->result.creep = xcalloc(1, sizeof *creep);
    creep->anchor = (struct revision_info){
        .commit = xstrdup(anchor->revision.commit),
        .tree = xstrdup(anchor->revision.tree),
        .subject = xstrdup(anchor->revision.subject),
        .asked = xstrdup(anchor->name),
    };
    creep->note = note_of(anchor);
    creep->trouble = xstrdup("");
    if (*creep->note && anchor->ancestry != ANCESTRY_SAME)
        log_warning("%s", creep->note);
    if (anchor->ancestry != ANCESTRY_ANCESTOR)
        return 0;
    AUTO_REVISIONS struct revisions between = { 0 };
    if (source_list_between(check->source, &anchor->revision,
                            &check->revisions[SIDE_HEAD], MOST_COMMITS, &between,
                            err) < 0)
        return -1;
    creep->commit_count = between.count;
    for (size_t i = 0; i < between.count; i++)
        strvec_push(&check->anchor.between, between.items[i].commit);
    return 0;
}

/* Takes reason over. */
static void set_trouble(struct check *check, char *reason)
{
    log_warning("nothing could be compared with %s: %s", check->anchor.name, reason);
    free(check->result.creep->trouble);
    check->result.creep->trouble = reason;
}

static bool has_trouble(const struct check *check)
{
    return *check->result.creep->trouble != '\0';
}

/* An old commit that can't be built or prepared leaves the gate its answer. */
static int forgive(struct check *check, struct error *err)
{
    if (err->code != ERROR_BUILD && err->code != ERROR_BENCHMARK)
        return -1;
    set_trouble(check, xstrndup(err->message, strcspn(err->message, "\n")));
    error_clear(err);
    return 0;
}

static bool is_on_anchor(const struct check_anchor *anchor,
                         const struct config *head,
                         const struct bench *bench)
{
    const char *id = bench->printed_name ? bench->group : bench->id;
    if (!anchor->config)
        return true;
    AUTO_FREE char *before =
        manifest_name_before(&head->manifest, id, bench->benchmark->name);
    for (size_t i = 0; i < anchor->benches.count; i++) {
        const char *theirs = anchor->benches.items[i].id;
        if (str_equal(theirs, id) || (before && str_equal(theirs, before)))
            return true;
    }
    return false;
}

static void add_bench(struct check *check, const struct bench *bench)
{
    struct check_stage *stage = &check->creep;
    struct bench_copy *copy = &stage->copies[stage->copy_count++];
    copy->benchmark = *bench->benchmark;
    copy->bench = *bench;
    copy->bench.benchmark = &copy->benchmark;
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++)
        copy->benchmark.margins[metric] =
            benchmark_creep_margin(bench->benchmark, metric);
    struct check_bench *listed = array_push(&stage->list);
    listed->bench = &copy->bench;
    if (!is_on_anchor(&check->anchor, check->configs[SIDE_HEAD], bench))
        check_settle(listed, VERDICT_NEW,
                     str_format("%s does not have it: nothing to compare with",
                                check->anchor.name));
}

/* What the gate could measure of head, or did not have to. */
static void list_benches(struct check *check)
{
    struct check_stage *stage = &check->creep;
    stage->name = STAGE;
    stage->copies = xcalloc(check->gate.list.count, sizeof *stage->copies);
    if (check->anchor.config)
        benches_of(check->anchor.config, &check->anchor.benches);
    for (size_t i = 0; i < check->gate.list.count; i++) {
        const struct check_bench *listed = &check->gate.list.items[i];
        if (listed->settled != VERDICT_MISSING && listed->settled != VERDICT_FAILED &&
            listed->settled != VERDICT_REMOVED)
            add_bench(check, listed->bench);
    }
}

static int build(struct check *check, struct error *err)
{
    struct check_stage *stage = &check->creep;
    struct built_side *built = &stage->built[SIDE_BASE];
    const struct check_build what = { .side = SIDE_BASE,
                                      .name = "the anchor",
                                      .anchor = &check->anchor };
    if (check_build(check, &what, built, err) < 0)
        return forgive(check, err);
    stage->trees[SIDE_BASE] = built->entry.tree;
    stage->trees[SIDE_HEAD] = check->gate.trees[SIDE_HEAD];
    return scratch_open(&stage->scratch, check->cache_directory, err);
}

/* An old commit need not know what is asked of it today, nor print what head prints:
 * then the two are not to be compared. That head fails is head's. */
static void settle_incomparable(struct check *check)
{
    struct check_stage *stage = &check->creep;
    for (size_t i = 0; i < stage->list.count; i++) {
        struct check_bench *listed = &stage->list.items[i];
        const char *name = check->anchor.name;
        if (listed->settled == VERDICT_MISSING)
            check_settle(listed, VERDICT_NEW,
                         str_format("printed by %s, and by head no more", name));
        else if (listed->settled == VERDICT_FAILED && listed->fault == FAULT_BASE)
            check_settle(listed, VERDICT_NEW,
                         str_format("%s can't run it: %s", name, listed->reason));
        else if (listed->settled == VERDICT_FAILED && listed->fault == FAULT_OUTPUT)
            check_settle(
                listed, VERDICT_NEW,
                str_format("not the same work as in %s: %s", name, listed->reason));
    }
}

static int compare_work(struct check *check, struct error *err)
{
    AUTO_CHANGES struct changes changes = { 0 };
    struct check_stage *stage = &check->creep;
    if (source_list_changes(check->source, check->anchor.revision.tree,
                            check->revisions[SIDE_HEAD].tree, &changes, err) < 0 ||
        check_skip_identical_of(check, stage, &changes, err) < 0)
        return -1;
    if (check_same_work(check, stage, err) < 0)
        return forgive(check, err);
    settle_incomparable(check);
    return 0;
}

static size_t count_settled(const struct check_stage *stage, enum verdict verdict)
{
    size_t count = 0;
    for (size_t i = 0; i < stage->list.count; i++)
        count += stage->list.items[i].settled == verdict;
    return count;
}

static void judge(struct check *check, const struct experiment *experiment)
{
    struct creep *creep = check->result.creep;
    struct second_opinion *opinion = check_second_opinion(&check->creep, experiment, 0);
    creep->benches = opinion->benches;
    creep->rows = opinion->rows;
    opinion->benches = (struct bench_results){ 0 };
    opinion->rows = (struct rows){ 0 };
    second_opinion_free(opinion);
    judge_creep(creep);
}

/* All of the error rates are its own, for growth is not asked about here. */
static struct experiment_options options_of(const struct check *check)
{
    struct experiment_options options = check_experiment_options(check);
    options.false_alarm = check->configs[SIDE_HEAD]->false_alarm;
    options.seed = random_at(check->seed, random_stream_of(STAGE), 0);
    options.budget_ns += check->result.measuring_ns;
    return options;
}

static int measure(struct check *check, struct error *err)
{
    AUTO_CHECK_TRIALS struct check_trials trials = { 0 };
    AUTO(experiment_clear) struct experiment experiment;
    struct experiment_options options = options_of(check);
    experiment_init(&experiment, &options);
    check_add_trials(&check->creep, &experiment, &trials);
    if (trials.count) {
        AUTO_FREE char *doing = str_format("since %s:", check->anchor.name);
        check_announce(check, doing, &experiment);
        if (check_open_counter(check, &experiment, err) < 0 ||
            check_run_pairs(check, &experiment, &trials, STAGE, err) < 0)
            return -1;
    }
    if (check_tear_down(check, &check->creep, &experiment, 0, err) < 0)
        return -1;
    judge(check, &experiment);
    stored_add_steps(check, &check->anchor.between);
    return 0;
}

int check_creep(struct check *check, struct error *err)
{
    if (!check->anchor.name)
        return 0;
    if (begin(check, err) < 0)
        return -1;
    if (check->anchor.ancestry == ANCESTRY_SAME)
        return 0;
    if (result_discrediting(&check->result)) {
        set_trouble(check, xstrdup("the control shows that nothing that is measured here "
                                   "is to be trusted now"));
        return 0;
    }
    list_benches(check);
    if (build(check, err) < 0)
        return -1;
    if (!has_trouble(check) && compare_work(check, err) < 0)
        return -1;
    const struct check_stage *stage = &check->creep;
    if (!has_trouble(check) && stage->list.count &&
        count_settled(stage, VERDICT_NEW) == stage->list.count)
        set_trouble(check, str_format("no benchmark can be compared with it: %s",
                                      stage->list.items[0].reason));
    return has_trouble(check) ? 0 : measure(check, err);
}
