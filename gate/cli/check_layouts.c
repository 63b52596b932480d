/* Rows measured once more in other layouts of the code.
 *
 * Layouts are tried one by one: both sides built with the flags, compared, and measured
 * in a fixed number of pairs, until no row is open. Builds cost what they cost, so that
 * what was not asked for may take as long again as the gate's budget, builds and all, and
 * a layout that is begun is finished. Whatever keeps layouts from being tried (a recipe
 * that ignores the flags, a build that fails with them, the time) is said, and takes
 * nothing back. */
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/clock.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/build/layout.h"
#include "gate/cli/check.h"
#include "gate/verdict/judge.h"
#include "gate/verdict/layouts.h"

#define STAGE "layouts"

/* A program is hardly slowed by half in one layout after the other. */
#define MOST_SLOWDOWN 1.5
#define SLOW_LAYOUTS  3

/* Takes reason over. */
static void cut_short(struct check *check, char *reason)
{
    struct layout_study *study = check->result.layouts;
    free(study->cut_short);
    study->cut_short = reason;
}

static bool is_cut_short(const struct check *check)
{
    return *check->result.layouts->cut_short != '\0';
}

static struct layout_choice choice_of(const struct check *check)
{
    struct layout_choice choice = check->configs[SIDE_HEAD]->layouts;
    if (check->options.layouts &&
        layout_choice_parse(check->options.layouts, &choice) < 0)
        abort(); /* check_options_read has seen to it */
    return choice;
}

static uint64_t open_metrics(const struct check *check, const char *id)
{
    const struct layout_study *study = check->result.layouts;
    uint64_t metrics = 0;
    for (size_t i = 0; i < study->rows.count; i++) {
        const struct layout_row *row = &study->rows.items[i];
        if (layouts_wants(study, row) && str_equal(row->bench_id, id))
            metrics |= METRIC_BIT(row->metric);
    }
    return metrics;
}

/* The first line of why something can't be done, for a sentence. */
static char *first_line(const struct error *err)
{
    return xstrndup(err->message, strcspn(err->message, "\n"));
}

/* What went wrong in the layout is no news of the change: it only ends the study. Trouble
 * of other kinds is passed on. */
static int forgive(struct check *check, const struct layout *layout, struct error *err)
{
    if (err->code != ERROR_BUILD && err->code != ERROR_BENCHMARK)
        return -1;
    AUTO_FREE char *line = first_line(err);
    log_warning("with %s %s: %s", layout->compile, layout->link, err->message);
    cut_short(check, str_format("with PAWL_LAYOUT_CFLAGS='%s' PAWL_LAYOUT_LDFLAGS='%s': "
                                "%s",
                                layout->compile, layout->link, line));
    error_clear(err);
    return 0;
}

static int build_side(struct check *check,
                      enum side side,
                      const struct layout *layout,
                      struct error *err)
{
    struct check_stage *stage = &check->layouts;
    AUTO_FREE char *name = str_format("%s in another layout", side_names[side]);
    const struct check_build build = { .side = side, .name = name, .layout = layout };
    if (check_build(check, &build, &stage->built[side], err) < 0)
        return forgive(check, layout, err);
    stage->trees[side] = stage->built[side].entry.tree;
    return 0;
}

/* The usual build of base beside the first layout's: where no bench's programs differ,
 * the recipe passes the flags by. */
static int see_that_it_reaches(struct check *check, struct error *err)
{
    struct check_stage *stage = &check->layouts;
    bool reaches = false;
    for (size_t i = 0; i < stage->list.count && !reaches; i++) {
        AUTO_STRVEC struct strvec words = { 0 };
        const struct bench *bench = stage->list.items[i].bench;
        const struct layout_bench runs = { &words, &bench->benchmark->binaries };
        if (check_names_executed(check, bench, SIDE_BASE, &words, err) < 0 ||
            layout_reaches(check->gate.trees[SIDE_BASE], stage->trees[SIDE_BASE], &runs,
                           &reaches, err) < 0)
            return -1;
    }
    if (!reaches)
        cut_short(check, xstrdup("the recipe ignores PAWL_LAYOUT_CFLAGS"));
    return 0;
}

static int build_both(struct check *check,
                      size_t number,
                      const struct layout *layout,
                      struct error *err)
{
    if (build_side(check, SIDE_BASE, layout, err) < 0)
        return -1;
    if (is_cut_short(check))
        return 0;
    if (number == 0 && see_that_it_reaches(check, err) < 0)
        return -1;
    return is_cut_short(check) ? 0 : build_side(check, SIDE_HEAD, layout, err);
}

static char *flags_reason(const struct check *check)
{
    return str_format(
        "base takes %.1f times as long%s: the recipe seems to lose flags of its own where "
        "CFLAGS is set; name them in \"env\", or use PAWL_LAYOUT_CFLAGS there",
        check->layout_slowdown,
        check->slow_layouts > 1 ? ", and in the layouts before likewise" : "");
}

/* The usual build of base against the layout's, as far as each layout before was slower:
 * one after the other, so that it takes pairs to compare them. */
static int watch_speed(struct check *check, size_t number, struct error *err)
{
    double slowdown = 1;
    if (number != check->slow_layouts || number == SLOW_LAYOUTS)
        return 0;
    if (check_layout_slowdown(check, number, &slowdown, err) < 0)
        return -1;
    check->slow_layouts += slowdown > MOST_SLOWDOWN;
    check->layout_slowdown = slowdown;
    if (check->slow_layouts == SLOW_LAYOUTS)
        cut_short(check, flags_reason(check));
    return 0;
}

static int
compare_work(struct check *check, const struct layout *layout, struct error *err)
{
    struct check_stage *stage = &check->layouts;
    if (scratch_open(&stage->scratch, check->cache_directory, err) < 0)
        return -1;
    if (check_same_work(check, stage, err) < 0)
        return forgive(check, layout, err);
    for (size_t i = 0; i < stage->list.count && !is_cut_short(check); i++) {
        const struct check_bench *listed = &stage->list.items[i];
        if (listed->settled != VERDICT_NONE)
            cut_short(check,
                      str_format("with PAWL_LAYOUT_CFLAGS='%s' '%s' failed: %s",
                                 layout->compile, listed->bench->id, listed->reason));
    }
    return 0;
}

/* A run that fails under the clock ends the study as one before it does. */
static void keep(struct check *check,
                 const struct layout *layout,
                 const struct experiment *experiment)
{
    struct result here = { 0 };
    check_take_stage(&check->layouts, experiment, 0, &here);
    for (size_t i = 0; i < here.rows.count && !is_cut_short(check); i++)
        if (here.rows.items[i].verdict == VERDICT_FAILED)
            cut_short(check, str_format("with PAWL_LAYOUT_CFLAGS='%s' '%s' failed: %s",
                                        layout->compile, here.rows.items[i].bench_id,
                                        here.rows.items[i].reason));
    if (is_cut_short(check)) {
        result_clear(&here);
        return;
    }
    *layouts_add(&check->result) = (struct layout_block){
        .compile_flags = xstrdup(layout->compile),
        .link_flags = xstrdup(layout->link),
        .benches = here.benches,
        .rows = here.rows,
    };
    layouts_update(&check->result);
}

static int measure(struct check *check,
                   size_t number,
                   const struct layout *layout,
                   struct error *err)
{
    AUTO_CHECK_TRIALS struct check_trials trials = { 0 };
    AUTO(experiment_clear) struct experiment experiment;
    AUTO_FREE char *name = str_format("layout %zu", number + 1);
    struct experiment_options of_gate = check_experiment_options(check);
    struct experiment_options options = layouts_options(&check->result, &of_gate, number);
    experiment_init(&experiment, &options);
    check_add_trials(&check->layouts, &experiment, &trials);
    if (check_run_pairs(check, &experiment, &trials, name, err) < 0 ||
        check_tear_down(check, &check->layouts, &experiment, 0, err) < 0)
        return -1;
    keep(check, layout, &experiment);
    return 0;
}

static int try_layout(struct check *check, size_t number, struct error *err)
{
    AUTO_LAYOUT struct layout layout = { 0 };
    layout_draw(check->seed, number, &layout);
    log_step("layout %zu: %s %s", number + 1, layout.compile, layout.link);
    check_stage_clear(&check->layouts);
    check->layouts.name = STAGE;
    check_list_again(check, &check->layouts, open_metrics);
    if (build_both(check, number, &layout, err) < 0)
        return -1;
    if (!is_cut_short(check) && compare_work(check, &layout, err) < 0)
        return -1;
    if (!is_cut_short(check) && watch_speed(check, number, err) < 0)
        return -1;
    return is_cut_short(check) ? 0 : measure(check, number, &layout, err);
}

static char *time_reason(size_t layouts, int64_t need_ns, int64_t limit_ns)
{
    struct str reason = STR_INIT;
    str_addf(&reason, "%zu layouts would take about ", layouts);
    units_add_duration(&reason, (double)need_ns * 1e-9);
    str_add(&reason, ", builds and all, and may take the budget of ");
    units_add_duration(&reason, (double)limit_ns * 1e-9);
    return str_detach(&reason);
}

/* Ends the study where the layouts that it still needs would take too long: often since
 * they are slow, all of them, for another reason than where the code lies. */
static void
watch_time(struct check *check, const struct layout_choice *choice, int64_t passed_ns)
{
    const struct layout_study *study = check->result.layouts;
    size_t done = study->blocks.count;
    bool is_asked_for = choice->scope == LAYOUTS_EVERY;
    size_t aim = done < study->first_count ? study->first_count : done + 1;
    int64_t need_ns = passed_ns / (int64_t)done * (int64_t)aim;
    if ((is_asked_for && done < study->first_count) ||
        need_ns <= check->result.budget_ns || !layouts_want_more(study))
        return;
    cut_short(check, check->slow_layouts == done
                         ? flags_reason(check)
                         : time_reason(aim, need_ns, check->result.budget_ns));
}

static int
try_layouts(struct check *check, const struct layout_choice *choice, struct error *err)
{
    const struct layout_study *study = check->result.layouts;
    int64_t started_ns = clock_now_ns();
    size_t number = 0;
    for (; number < study->most_count && layouts_want_more(study); number++) {
        if (try_layout(check, number, err) < 0)
            return -1;
        if (!is_cut_short(check))
            watch_time(check, choice, clock_now_ns() - started_ns);
        if (is_cut_short(check))
            return 0;
    }
    if (layouts_want_more(study))
        cut_short(check, xstrdup("not every layout told the row's figures"));
    return 0;
}

int check_layouts(struct check *check, struct error *err)
{
    struct layout_choice choice = choice_of(check);
    if (choice.scope == LAYOUTS_OFF || !check_builds_anything(check) ||
        result_discrediting(&check->result))
        return 0;
    layouts_begin(&check->result, &choice);
    if (!check->result.layouts)
        return 0;
    if (try_layouts(check, &choice, err) < 0)
        return -1;
    if (is_cut_short(check))
        strvec_pushf(&check->warnings, "layouts could not be tried%s: %s",
                     check->result.layouts->blocks.count ? " to the end" : "",
                     check->result.layouts->cut_short);
    judge_layouts(&check->result);
    return 0;
}
