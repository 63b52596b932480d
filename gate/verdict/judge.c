#include "gate/verdict/judge.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/config/bench.h"
#include "gate/stats/holm.h"
#include "gate/verdict/estimate.h"

static struct bench_result *
add_bench(const struct bench *bench, enum verdict verdict, struct result *result)
{
    struct bench_result *added = array_push(&result->benches);
    added->id = xstrdup(bench->id);
    added->suite = xstrdup(bench->suite->name);
    added->command = xstrdup(bench->benchmark->run.text);
    added->reason = xstrdup("");
    added->verdict = verdict;
    return added;
}

static struct row *
add_row(const char *bench_id, enum metric metric, struct result *result)
{
    struct row *row = array_push(&result->rows);
    *row = (struct row){
        .bench_id = xstrdup(bench_id),
        .metric = metric,
        .reason = xstrdup(""),
        .p_regressed = 1,
        .p_regressed_holm = 1,
        .p_ok = 1,
        .p_improved = 1,
        .p_improved_holm = 1,
    };
    estimate_forget(row);
    return row;
}

/* The rows from `first` on are of the bench: its throughput is in what its work is in. */
static void name_units(const struct bench *bench, size_t first, struct result *result)
{
    const char *unit = bench->benchmark->work.unit;
    for (size_t i = first; i < result->rows.count; i++) {
        struct row *row = &result->rows.items[i];
        if (row->metric == METRIC_THROUGHPUT)
            row->unit = xstrdup(unit);
    }
}

static void set_reason(char **reason, char *text)
{
    free(*reason);
    *reason = text;
}

/* What a failed run says of itself, without the command line, which stands beside it. */
static char *describe_failure(const struct trial *trial, const struct bench *bench)
{
    const struct process_result *run = &trial->failed_run;
    const char *side = side_names[trial->failed_side];
    if (trial->failure)
        return xstrdup(trial->failure);
    if (run->end == PROCESS_NOT_STARTED)
        return str_format("%s could not be started: %s", side,
                          strerror(run->start_errno));
    struct process_spec spec = { .timeout_ns = bench->benchmark->timeout_ns };
    AUTO_FREE char *end = process_describe(&spec, run);
    return str_format("%s %s", side, end);
}

/* A gate that can't see what it is to guard must not pass. */
static char *describe_silence(enum metric metric)
{
    return str_format("can't be judged: %s", metric_info(metric)->absence);
}

static void fill_judged_row(const struct experiment *experiment,
                            const struct trial *trial,
                            const struct bench *bench,
                            const struct trial_row *judged,
                            struct row *row)
{
    row->is_judged = true;
    row->margin = judged->margin;
    row->p_regressed = judged->tests.p_regressed;
    row->p_ok = judged->tests.p_ok;
    row->p_improved = judged->tests.p_improved;
    row->is_exact = judged->is_exact;
    if (trial->state == TRIAL_FAILED || judged->is_untold) {
        row->verdict = VERDICT_FAILED;
        set_reason(&row->reason, trial->state == TRIAL_FAILED
                                     ? describe_failure(trial, bench)
                                     : describe_silence(judged->metric));
    }
    if (judged->is_untold || !pairs_tell(&trial->pairs, judged->metric))
        return;
    estimate_fill(trial, row);
    estimate_detection(experiment, trial, judged, row);
}

static bool is_judged(const struct trial *trial, enum metric metric)
{
    for (size_t i = 0; i < trial->row_count; i++) {
        if (trial->rows[i].metric == metric)
            return true;
    }
    return false;
}

static bool tells(const struct trial *trial, enum metric metric)
{
    return trial->plan.metrics & METRIC_BIT(metric) && pairs_tell(&trial->pairs, metric);
}

static void add_informative_rows(const struct trial *trial, struct result *result)
{
    static const enum metric shown[] = { METRIC_WALL, METRIC_CPU,       METRIC_PEAK_RSS,
                                         METRIC_P50,  METRIC_P95,       METRIC_P99,
                                         METRIC_MAX,  METRIC_THROUGHPUT };

    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        if (!is_judged(trial, shown[i]) && tells(trial, shown[i]))
            estimate_fill(trial, add_row(trial->plan.id, shown[i], result));
    }
}

/* The judged metrics, out of those given, of a bench that has no trial rows: what it
 * would have been judged by. */
static void add_unmeasured_rows(const struct bench *bench,
                                uint64_t metrics,
                                enum verdict verdict,
                                const char *reason,
                                struct result *result)
{
    const struct margin *margins = bench->benchmark->margins;
    bool has_time = false;

    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        bool is_time = metric == METRIC_WALL || metric == METRIC_CPU;
        if (!margins[metric].is_gated || !(metrics & METRIC_BIT(metric)) ||
            (is_time && has_time))
            continue;
        has_time = has_time || is_time;
        /* Which of the two it is shows only in the warm-up; CPU time is the usual answer.
         */
        bool is_cpu =
            is_time && margins[METRIC_CPU].is_gated && metrics & METRIC_BIT(METRIC_CPU);
        enum metric judged = is_cpu ? METRIC_CPU : metric;
        struct row *row = add_row(bench->id, judged, result);
        row->is_judged = true;
        row->margin = margins[judged].share;
        row->verdict = verdict;
        set_reason(&row->reason, xstrdup(reason));
    }
}

/* Before its rows have their say: a bench without any must not pass for what it did. */
static enum verdict verdict_of_trial(const struct trial *trial)
{
    if (trial->state == TRIAL_FAILED)
        return VERDICT_FAILED;
    return trial->counted ? VERDICT_OK : VERDICT_INCONCLUSIVE;
}

static char *why_untried(const struct trial *trial, const struct bench *bench)
{
    return trial->state == TRIAL_FAILED ? describe_failure(trial, bench)
                                        : xstrdup(ESTIMATE_NOT_MEASURED);
}

/* A trial that came to its end before it was known what its rows are. */
static void add_untried_rows(const struct trial *trial,
                             const struct bench *bench,
                             struct result *result)
{
    AUTO_FREE char *reason = why_untried(trial, bench);
    add_unmeasured_rows(bench, trial->plan.metrics, verdict_of_trial(trial), reason,
                        result);
}

static void add_pairs(const struct pairs *from, struct pairs *to)
{
    for (size_t i = 0; i < from->count; i++)
        *array_push(to) = from->items[i];
}

static void add_judged_rows(const struct experiment *experiment,
                            const struct trial *trial,
                            const struct bench *bench,
                            struct result *result)
{
    for (size_t i = 0; i < trial->row_count; i++) {
        struct row *row = add_row(trial->plan.id, trial->rows[i].metric, result);
        fill_judged_row(experiment, trial, bench, &trial->rows[i], row);
    }
}

/* Counting belongs to a bench that is there already, by its plain runs. */
static void judge_counting(const struct experiment *experiment,
                           const struct trial *trial,
                           const struct bench *bench,
                           struct result *result)
{
    struct bench_result *counted = &result->benches.items[result->benches.count - 1];
    add_pairs(&trial->pairs, &counted->counted_pairs);
    if (trial->row_count)
        add_judged_rows(experiment, trial, bench, result);
    else
        add_untried_rows(trial, bench, result);
    if (trial->state == TRIAL_FAILED && !trial_plan_rows(&trial->plan)) {
        /* No row says so: only a goal had asked for it. */
        counted->verdict = VERDICT_FAILED;
        set_reason(&counted->reason, describe_failure(trial, bench));
    }
}

void judge_trial(const struct experiment *experiment,
                 const struct trial *trial,
                 const struct bench *bench,
                 struct result *result)
{
    if (trial->plan.counting != COUNTING_NONE) {
        judge_counting(experiment, trial, bench, result);
        return;
    }
    size_t first = result->rows.count;
    struct bench_result *added = add_bench(bench, verdict_of_trial(trial), result);
    added->is_cpu_bound = trial->is_cpu_bound;
    added->is_together = experiment->options.may_pin && trial->is_together;
    added->is_pinned =
        added->is_together || (experiment->options.may_pin && trial->is_cpu_bound);
    add_pairs(&trial->pairs, &added->pairs);

    if (!trial->row_count && added->verdict != VERDICT_OK) {
        set_reason(&added->reason, why_untried(trial, bench));
        add_untried_rows(trial, bench, result);
        return;
    }
    add_judged_rows(experiment, trial, bench, result);
    add_informative_rows(trial, result);
    name_units(bench, first, result);
}

void judge_unmeasured(const struct bench *bench,
                      enum verdict verdict,
                      const char *reason,
                      struct result *result)
{
    struct bench_result *added = add_bench(bench, verdict, result);
    set_reason(&added->reason, xstrdup(reason));
    uint64_t metrics = bench->printed_name ? bench->metrics : UINT64_MAX;
    add_unmeasured_rows(bench, metrics, verdict, reason, result);
}

/* The trial that the row is of: counted metrics have one of their own. */
static const struct trial *find_trial(const struct experiment *experiment,
                                      const struct row *row)
{
    for (size_t i = 0; i < experiment->trials.count; i++) {
        const struct trial *trial = &experiment->trials.items[i];
        if (trial->plan.metrics & METRIC_BIT(row->metric) &&
            str_equal(trial->plan.id, row->bench_id))
            return trial;
    }
    return NULL;
}

/* Whether the gate's error rate was shared out to the row, among others. */
static bool has_share_of_errors(const struct experiment *experiment,
                                const struct row *row)
{
    return row->is_judged && find_trial(experiment, row);
}

/* Rows of the family that others measure; they count as rows without a change. */
static size_t rows_elsewhere(const struct experiment *experiment, const struct rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        const struct trial *trial = find_trial(experiment, &rows->items[i]);
        if (trial)
            return experiment->options.rows_elsewhere[trial->plan.family];
    }
    return 0;
}

/* Holm over every row that errors were shared out to; one that could not be measured has
 * p = 1 and only makes the others stricter. Benches that were settled without a trial had
 * no share: counting them in would ask more of the others than made them stop. */
static void correct_p_values(const struct experiment *experiment, struct result *result)
{
    struct rows *rows = &result->rows;
    size_t elsewhere = rows_elsewhere(experiment, rows);
    AUTO_FREE double *regressed = xcalloc(rows->count + elsewhere, sizeof *regressed);
    AUTO_FREE double *improved = xcalloc(rows->count + elsewhere, sizeof *improved);
    size_t count = 0;

    for (size_t i = 0; i < rows->count; i++) {
        if (has_share_of_errors(experiment, &rows->items[i])) {
            regressed[count] = rows->items[i].p_regressed;
            improved[count++] = rows->items[i].p_improved;
        }
    }
    for (size_t i = count; i < count + elsewhere; i++)
        regressed[i] = improved[i] = 1;
    holm_adjust(regressed, count + elsewhere, regressed);
    holm_adjust(improved, count + elsewhere, improved);
    for (size_t i = rows->count; i-- > 0;) {
        struct row *row = &rows->items[i];
        if (has_share_of_errors(experiment, row)) {
            row->p_regressed_holm = regressed[--count];
            row->p_improved_holm = improved[count];
        }
    }
}

static void settle(const struct experiment *experiment, struct row *row)
{
    const struct experiment_options *options = &experiment->options;

    if (row->p_regressed_holm <= options->false_alarm) {
        row->verdict = VERDICT_REGRESSED;
    } else if (row->p_ok > options->miss) {
        row->verdict = VERDICT_INCONCLUSIVE;
        const struct trial *trial = find_trial(experiment, row);
        set_reason(&row->reason, estimate_what_would_decide(experiment, trial, row));
    } else if (row->p_improved_holm <= options->false_alarm) {
        row->verdict = VERDICT_IMPROVED;
    } else {
        row->verdict = VERDICT_OK;
        set_reason(&row->reason, estimate_caveat(row));
    }
}

void judge_benches(struct result *result)
{
    for (size_t i = 0; i < result->benches.count; i++) {
        struct bench_result *bench = &result->benches.items[i];
        for (size_t r = 0; r < result->rows.count; r++) {
            const struct row *row = &result->rows.items[r];
            if (row->is_judged && str_equal(row->bench_id, bench->id) &&
                row->verdict > bench->verdict)
                bench->verdict = row->verdict;
        }
    }
}

void judge_rows(const struct experiment *experiment, struct result *result)
{
    correct_p_values(experiment, result);
    for (size_t i = 0; i < result->rows.count; i++) {
        struct row *row = &result->rows.items[i];
        if (row->is_judged && row->verdict == VERDICT_NONE)
            settle(experiment, row);
    }
    judge_benches(result);
}
