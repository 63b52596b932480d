/* Why rows got worse, or better: both sides once under callgrind, built with debug
 * information, and under strace where the time is spent waiting.
 *
 * It comes after all measuring and changes no verdict. What it may take is as long again
 * as the gate's budget; callgrind's part of that is known beforehand, roughly, from the
 * times of the pairs. */
#include "gate/cli/check_explain.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/clock.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/base/tree.h"
#include "gate/base/units.h"
#include "gate/explain/off_cpu.h"
#include "gate/explain/witness.h"

#define STAGE "explain"

void explaining_clear(struct explaining *explaining)
{
    free(explaining->why_no_profile);
    strvec_clear(&explaining->known[SIDE_BASE]);
    strvec_clear(&explaining->known[SIDE_HEAD]);
}

void explain_leave_out(struct explaining *explaining, const char *format, ...)
{
    char *sentence = NULL;
    va_list args;
    va_start(args, format);
    if (vasprintf(&sentence, format, args) < 0)
        abort();
    va_end(args);
    log_warning("%s", sentence);
    strvec_push_owned(&explaining->check->result.explanations->left_out, sentence);
}

static int
list_file(void *context, const char *name, const struct stat *info, struct error *err)
{
    (void)err;
    if (S_ISREG(info->st_mode))
        strvec_push(context, name);
    return 0;
}

static int list_files(struct explaining *explaining, struct error *err)
{
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        struct strvec *known = &explaining->known[side];
        if (tree_walk(explaining->check->explain.trees[side], list_file, known, err) < 0)
            return -1;
        if (known->count)
            strvec_sort(known);
    }
    return 0;
}

static bool is_other_size(const struct check *check, const char *bench_id)
{
    const struct explanations *explanations = check->result.explanations;
    for (size_t i = 0; i < explanations->benches.count; i++) {
        const struct bench *other =
            explain_other_size(check, explanations->benches.items[i].bench_id);
        if (other && str_equal(other->id, bench_id))
            return true;
    }
    return false;
}

static uint64_t metrics_of_chosen(const struct check *check, const char *bench_id)
{
    return explanations_find(check->result.explanations, bench_id) ||
                   is_other_size(check, bench_id)
               ? METRIC_BIT(METRIC_WALL)
               : 0;
}

static void add_exponent(struct str *text, const char *parameter, double exponent)
{
    if (isfinite(exponent))
        str_addf(text, "%s^%.2f", parameter, exponent);
    else
        str_add(text, "unknown");
}

/* A size may be within its margin and stand here all the same. */
static void tell_growth(const struct growth_result *growth, struct strvec *why)
{
    AUTO_STR struct str text = STR_INIT;
    str_addf(&text, "the growth of its %s got worse (", metric_name(growth->metric));
    add_exponent(&text, growth->parameter, growth->base.exponent);
    str_add(&text, " -> ");
    add_exponent(&text, growth->parameter, growth->head.exponent);
    str_add(&text, "), and this is the largest size");
    strvec_push(why, text.data);
}

static void begin(struct explaining *explaining)
{
    struct explanations *explanations = explaining->check->result.explanations;
    for (size_t i = 0; i < explaining->chosen->count; i++) {
        const struct chosen *chosen = &explaining->chosen->items[i];
        *array_push(&explanations->benches) =
            (struct explanation){ .bench_id = xstrdup(chosen->bench->id),
                                  .metric = chosen->row->metric,
                                  .is_improvement = chosen->is_improvement,
                                  .source = xstrdup(""),
                                  .flame = xstrdup("") };
        if (chosen->growth)
            tell_growth(chosen->growth, &explanations->benches.items[i].why);
    }
}

static int open_callgrind(struct explaining *explaining, struct error *err)
{
    struct check *check = explaining->check;
    if (counter_open(&check->counter, COUNTING_CALLGRIND, check->cache_directory,
                     check->spawner, &check->environment, err) < 0)
        return -1;
    const char *why_not = counter_why_not(&check->counter, COUNTING_CALLGRIND);
    if (!why_not)
        return 0;
    explaining->why_no_profile = xstrdup(why_not);
    explain_leave_out(explaining, "no profiles: %s", why_not);
    return 0;
}

/* Both sides of the bench under callgrind; 0 where its time is not known. */
static double profile_seconds(const struct check *check, const char *bench_id)
{
    const struct row *wall =
        rows_find_measured(&check->result.rows, bench_id, METRIC_WALL);
    return wall ? CALLGRIND_SLOWDOWN * (wall->base_median + wall->head_median) : 0;
}

double explain_seconds_left(const struct explaining *explaining)
{
    int64_t passed_ns = clock_now_ns() - explaining->started_ns;
    return (double)(explaining->check->result.budget_ns - passed_ns) * 1e-9;
}

bool explain_fits(const struct explaining *explaining, const char *bench_id)
{
    return profile_seconds(explaining->check, bench_id) <=
           explain_seconds_left(explaining);
}

static bool has_time(struct explaining *explaining, const char *bench_id)
{
    const struct check *check = explaining->check;
    double need_s = profile_seconds(check, bench_id);
    double limit_s = (double)check->result.budget_ns * 1e-9;
    if (explain_fits(explaining, bench_id))
        return true;
    AUTO_STR struct str need = STR_INIT;
    AUTO_STR struct str limit = STR_INIT;
    units_add_duration(&need, need_s);
    units_add_duration(&limit, limit_s);
    explain_leave_out(
        explaining,
        "'%s' was not profiled under callgrind: it would take about %s, and explanations "
        "may take the budget of %s in all",
        bench_id, need.data, limit.data);
    return false;
}

static int profile(struct explaining *explaining,
                   const struct bench *bench,
                   struct explanation *explanation,
                   struct error *err)
{
    if (bench->benchmark->format)
        return explain_harness(explaining, bench, explanation, err);
    if (explaining->why_no_profile || !has_time(explaining, bench->id))
        return explain_sample(explaining, bench, explanation, err);
    return explain_profile(explaining, bench, explanation, err);
}

static int explain_bench(struct explaining *explaining,
                         const struct check_bench *listed,
                         struct explanation *explanation,
                         struct error *err)
{
    if (listed->settled != VERDICT_NONE) {
        explain_leave_out(explaining, "'%s' failed when it was to be explained: %s",
                          listed->bench->id, listed->reason);
        return 0;
    }
    if (profile(explaining, listed->bench, explanation, err) < 0)
        return -1;
    if (listed->bench->benchmark->format && !explanation->is_per_operation)
        return 0;
    witness_judge(&explaining->check->result, explanation);
    bool waits = explanation->witness == WITNESS_OFF_CPU;
    if ((waits || explain_wants_files(explaining, explanation)) &&
        explain_syscalls(explaining, listed->bench, waits, explanation, err) < 0)
        return -1;
    if (waits)
        off_cpu_tell(explanation);
    AUTO_OTHER_SIZE struct other_size other = { 0 };
    if (explain_profile_other(explaining, listed->bench, &other, err) < 0)
        return -1;
    return explain_smells(explaining, listed->bench, &other, explanation, err);
}

static struct explanation *explanation_of(struct check *check, const char *bench_id)
{
    struct explanations *explanations = check->result.explanations;
    for (size_t i = 0; i < explanations->benches.count; i++)
        if (str_equal(explanations->benches.items[i].bench_id, bench_id))
            return &explanations->benches.items[i];
    return NULL;
}

static int explain_all(struct explaining *explaining, struct error *err)
{
    struct check *check = explaining->check;
    const struct check_stage *stage = &check->explain;
    for (size_t i = 0; i < stage->list.count; i++) {
        const struct check_bench *listed = &stage->list.items[i];
        struct explanation *explanation = explanation_of(check, listed->bench->id);
        if (explanation && explain_bench(explaining, listed, explanation, err) < 0)
            return -1;
    }
    return 0;
}

/* The teardown of suites; no trials hang on it. */
static int tear_down(struct check *check, struct error *err)
{
    AUTO(experiment_clear) struct experiment none;
    struct experiment_options options = check_experiment_options(check);
    experiment_init(&none, &options);
    return check_tear_down(check, &check->explain, &none, 0, err);
}

static int explain_chosen(struct explaining *explaining, struct error *err)
{
    struct check *check = explaining->check;
    struct check_stage *stage = &check->explain;
    log_step("explaining what changed: profiles under callgrind, about %d times as slow",
             CALLGRIND_SLOWDOWN);
    begin(explaining);
    stage->name = STAGE;
    check_list_again(check, stage, metrics_of_chosen);
    if (open_callgrind(explaining, err) < 0 || explain_build(explaining, err) < 0 ||
        list_files(explaining, err) < 0 ||
        source_diff_lines(check->source, check->revisions[SIDE_BASE].tree,
                          check->revisions[SIDE_HEAD].tree, &check->changed_lines,
                          err) < 0 ||
        scratch_open(&stage->scratch, check->cache_directory, err) < 0 ||
        check_same_work(check, stage, err) < 0 || explain_all(explaining, err) < 0)
        return -1;
    return tear_down(check, err);
}

/* Trouble with a build or a run is no news of the change. */
static int forgive(struct explaining *explaining, struct error *err)
{
    if (err->code != ERROR_BUILD && err->code != ERROR_BENCHMARK)
        return -1;
    explain_leave_out(explaining, "not explained: %s", err->message);
    error_clear(err);
    return 0;
}

int check_explain(struct check *check, enum explain_scope scope, struct error *err)
{
    AUTO_CHOSEN struct chosen_list chosen = { 0 };
    AUTO_EXPLAINING struct explaining explaining = { .check = check,
                                                     .chosen = &chosen,
                                                     .started_ns = clock_now_ns() };
    AUTO_STRVEC struct strvec left_out = { 0 };
    if (!check->options.explains || check->gate.is_alone ||
        result_discrediting(&check->result))
        return 0;
    explain_choose(check, scope, &chosen, &left_out);
    if (!chosen.count)
        return 0;
    check->result.explanations = xcalloc(1, sizeof *check->result.explanations);
    strvec_push_all(&check->result.explanations->left_out, &left_out);
    return explain_chosen(&explaining, err) < 0 ? forgive(&explaining, err) : 0;
}
