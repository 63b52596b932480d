#include "gate/cli/compare_judge.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/stats/detection.h"
#include "gate/stats/hodges_lehmann.h"
#include "gate/stats/holm.h"
#include "gate/stats/rank_sum.h"
#include "gate/stats/robust.h"
#include "gate/stats/signed_rank.h"

#define CONFIDENCE 0.95

/* Counts may be zero, so that one is added to them, as to the counted metrics of a gate;
 * no bytes at all are as good as one. Rates are turned into the time of one, so that
 * larger is worse in all of them. */
static double log_level(enum series_unit unit, double value)
{
    switch (unit) {
    case SERIES_SECONDS:
    case SERIES_PLAIN:
        return log(value);
    case SERIES_BYTES:
        return log(fmax(value, 1));
    case SERIES_COUNT:
        return log(value + 1);
    case SERIES_RATE:
        return -log(value);
    }
    abort();
}

static double *logs_of(const double *values, size_t count, enum series_unit unit)
{
    double *logs = xcalloc(count, sizeof *logs);
    for (size_t i = 0; i < count; i++)
        logs[i] = log_level(unit, values[i]);
    return logs;
}

/* As change of the values themselves. */
static void set_change(struct comparison_row *row, double shift, struct interval interval)
{
    if (row->unit == SERIES_RATE) {
        shift = -shift;
        interval = (struct interval){ .low = -interval.high, .high = -interval.low };
    }
    row->change = expm1(shift);
    row->change_low = expm1(interval.low);
    row->change_high = expm1(interval.high);
}

/* Whether values of this number could show a regression at all. */
static bool
could_be_regressed(const struct comparison *comparison, double least_p, size_t row_count)
{
    return least_p * (double)row_count <= comparison->false_alarm;
}

void judge_two_samples(const struct comparison *comparison,
                       struct comparison_row *row,
                       const struct series *base,
                       const struct series *head)
{
    AUTO_FREE double *base_logs = logs_of(base->items, base->count, row->unit);
    AUTO_FREE double *head_logs = logs_of(head->items, head->count, row->unit);
    struct rank_sum_sample x = { head_logs, head->count };
    struct rank_sum_sample y = { base_logs, base->count };
    struct rank_sum upper = rank_sum_test(x, y, log1p(comparison->margin));
    row->p_regressed = upper.p_greater;
    row->p_ok = upper.p_less;
    row->p_improved = rank_sum_test(x, y, log1p(-comparison->margin)).p_less;
    row->base_median = robust_median(base->items, base->count);
    row->head_median = robust_median(head->items, head->count);
    set_change(row, rank_sum_shift(x, y), rank_sum_interval(x, y, CONFIDENCE));
}

/* About how many pairs would decide the row; kept as its reason until it has a verdict.
 */
static char *
pairs_needed(const struct comparison *comparison, const double *d, size_t count)
{
    double sd = robust_sd(d, count);
    double estimate = hodges_lehmann_estimate(d, count);
    double margin_log = log1p(comparison->margin);
    double alpha = estimate > margin_log ? comparison->false_alarm : comparison->miss;
    double needed = detection_pairs_needed(estimate, sd, margin_log, alpha);
    if (!(needed > (double)count) || needed > 1e6)
        return xstrdup("");
    return str_format("about %.0f pairs would decide it, at this noise", ceil(needed));
}

void judge_pairs(const struct comparison *comparison,
                 struct comparison_row *row,
                 const struct paired_series *pairs)
{
    AUTO_FREE double *d = xcalloc(pairs->count, sizeof *d);
    for (size_t i = 0; i < pairs->count; i++)
        d[i] = log(pairs->head[i]) - log(pairs->base[i]);
    struct signed_rank upper =
        signed_rank_test(d, pairs->count, log1p(comparison->margin));
    row->p_regressed = upper.p_greater;
    row->p_ok = upper.p_less;
    row->p_improved = signed_rank_p_less(d, pairs->count, log1p(-comparison->margin));
    row->base_median = robust_median(pairs->base, pairs->count);
    row->head_median = robust_median(pairs->head, pairs->count);
    set_change(row, hodges_lehmann_estimate(d, pairs->count),
               hodges_lehmann_interval(d, pairs->count, CONFIDENCE));
    free(row->reason);
    row->reason = pairs_needed(comparison, d, pairs->count);
}

static bool is_tested(const struct comparison_row *row)
{
    return row->verdict == VERDICT_NONE;
}

/* Returns how many rows were tested. */
static size_t correct_p_values(struct comparison *comparison)
{
    AUTO_FREE double *regressed = xcalloc(comparison->count, sizeof *regressed);
    AUTO_FREE double *improved = xcalloc(comparison->count, sizeof *improved);
    size_t tested = 0;
    for (size_t i = 0; i < comparison->count; i++) {
        if (is_tested(&comparison->items[i])) {
            regressed[tested] = comparison->items[i].p_regressed;
            improved[tested++] = comparison->items[i].p_improved;
        }
    }
    holm_adjust(regressed, tested, regressed);
    holm_adjust(improved, tested, improved);
    size_t next = 0;
    for (size_t i = 0; i < comparison->count; i++) {
        if (is_tested(&comparison->items[i])) {
            comparison->items[i].p_regressed_holm = regressed[next];
            comparison->items[i].p_improved_holm = improved[next++];
        }
    }
    return tested;
}

static void explain_inconclusive(const struct comparison *comparison,
                                 struct comparison_row *row,
                                 size_t row_count)
{
    double least_p = comparison->is_paired
                         ? ldexp(1, -(int)fmin((double)row->base_count, 1000))
                         : rank_sum_least_p(row->base_count, row->head_count);
    if (could_be_regressed(comparison, least_p, row_count)) {
        if (*row->reason)
            return;
        free(row->reason);
        row->reason = xstrdup("neither a change beyond the margin is shown nor one as "
                              "large as it ruled out: more values are needed");
        return;
    }
    free(row->reason);
    row->reason =
        comparison->is_paired
            ? str_format("%zu pair%s too few to show any regression", row->base_count,
                         row->base_count == 1 ? " is" : "s are")
            : str_format("%zu and %zu values are too few to show any regression",
                         row->base_count, row->head_count);
}

static void
settle(const struct comparison *comparison, struct comparison_row *row, size_t row_count)
{
    if (row->p_regressed_holm <= comparison->false_alarm)
        row->verdict = VERDICT_REGRESSED;
    else if (row->p_ok > comparison->miss)
        row->verdict = VERDICT_INCONCLUSIVE;
    else
        row->verdict = row->p_improved_holm <= comparison->false_alarm ? VERDICT_IMPROVED
                                                                       : VERDICT_OK;
    if (row->verdict == VERDICT_INCONCLUSIVE) {
        explain_inconclusive(comparison, row, row_count);
        return;
    }
    free(row->reason);
    row->reason = xstrdup("");
}

/* Improved rows before ok ones: what is worth reading comes first. */
static int compare_rows(const void *a, const void *b)
{
    enum verdict x = ((const struct comparison_row *)a)->verdict;
    enum verdict y = ((const struct comparison_row *)b)->verdict;
    return (x < y) - (x > y);
}

/* Stable, which qsort is not: rows with one verdict stay in the order of the files. */
static void sort_rows(struct comparison *comparison)
{
    for (size_t i = 1; i < comparison->count; i++) {
        struct comparison_row row = comparison->items[i];
        size_t to = i;
        for (; to && compare_rows(&comparison->items[to - 1], &row) > 0; to--)
            comparison->items[to] = comparison->items[to - 1];
        comparison->items[to] = row;
    }
}

static enum exit_code exit_of(const struct comparison *comparison)
{
    switch (comparison->verdict) {
    case VERDICT_FAILED:
    case VERDICT_MISSING:
    case VERDICT_NONE:
        return EXIT_NOT_MEASURED;
    case VERDICT_REGRESSED:
        return EXIT_REGRESSION;
    case VERDICT_INCONCLUSIVE:
        return comparison->fails_on_inconclusive ? EXIT_INCONCLUSIVE : EXIT_PASS;
    case VERDICT_NEW:
    case VERDICT_REMOVED:
    case VERDICT_IDENTICAL:
    case VERDICT_OK:
    case VERDICT_IMPROVED:
    case VERDICT_WAIVED:
    case VERDICT_LAYOUT_SENSITIVE:
    case VERDICT_COUNT:
        break;
    }
    return EXIT_PASS;
}

void judge_comparison(struct comparison *comparison)
{
    size_t tested = correct_p_values(comparison);
    for (size_t i = 0; i < comparison->count; i++) {
        if (is_tested(&comparison->items[i]))
            settle(comparison, &comparison->items[i], tested);
    }
    sort_rows(comparison);
    comparison->verdict = comparison->count ? comparison->items[0].verdict : VERDICT_NONE;
    comparison->exit = exit_of(comparison);
}
