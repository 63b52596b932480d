#include "gate/report/ranking.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/base/str.h"

double row_worsening(const struct row *row)
{
    double change = isnan(row->change) ? 0 : row->change;
    if (!row_has_numbers(row))
        return -(double)INFINITY;
    return metric_info(row->metric)->larger_is_better ? -change : change;
}

bool row_has_numbers(const struct row *row)
{
    return row->pair_count > 0;
}

/* Rows of one result lie in one array, so their addresses tell their order. */
static int in_order(const struct ranked_row *a, const struct ranked_row *b)
{
    return a->row < b->row ? -1 : a->row > b->row;
}

static int compare_worst_first(const void *left, const void *right)
{
    const struct ranked_row *a = left;
    const struct ranked_row *b = right;
    if (a->worsening > b->worsening)
        return -1;
    return a->worsening < b->worsening ? 1 : in_order(a, b);
}

static int compare_best_first(const void *left, const void *right)
{
    const struct ranked_row *a = left;
    const struct ranked_row *b = right;
    if (a->worsening < b->worsening)
        return -1;
    return a->worsening > b->worsening ? 1 : in_order(a, b);
}

static void add_ranked(struct ranking *ranking, const struct row *row)
{
    *array_push(ranking) = (struct ranked_row){ row, row_worsening(row) };
}

void ranking_of(const struct result *result,
                enum verdict verdict,
                struct ranking *ranking)
{
    for (size_t i = 0; i < result->rows.count; i++) {
        const struct row *row = &result->rows.items[i];
        if (row->is_judged && row->verdict == verdict)
            add_ranked(ranking, row);
    }
    if (!ranking->count)
        return;
    if (verdict == VERDICT_REGRESSED || verdict == VERDICT_INCONCLUSIVE ||
        verdict == VERDICT_LAYOUT_SENSITIVE || verdict == VERDICT_WAIVED)
        qsort(ranking->items, ranking->count, sizeof *ranking->items,
              compare_worst_first);
    else if (verdict == VERDICT_IMPROVED)
        qsort(ranking->items, ranking->count, sizeof *ranking->items, compare_best_first);
}

void ranking_of_shown_only(const struct result *result, struct ranking *ranking)
{
    for (size_t i = 0; i < result->rows.count; i++)
        if (!result->rows.items[i].is_judged)
            add_ranked(ranking, &result->rows.items[i]);
}

void ranking_clear(struct ranking *ranking)
{
    array_clear(ranking);
}

static bool is_trouble(enum verdict verdict)
{
    return verdict == VERDICT_FAILED || verdict == VERDICT_MISSING;
}

static void add_trouble(struct troubles *troubles,
                        const char *bench_id,
                        enum verdict verdict,
                        const char *reason)
{
    *array_push(troubles) =
        (struct trouble){ bench_id ? bench_id : "", verdict, reason ? reason : "" };
}

/* The reason of the bench's first row that has one, for a bench without its own. */
static const char *reason_of(const struct result *result,
                             const struct bench_result *bench)
{
    if (bench->reason && *bench->reason)
        return bench->reason;
    for (size_t i = 0; i < result->rows.count; i++) {
        const struct row *row = &result->rows.items[i];
        if (row->verdict == bench->verdict && row->reason && *row->reason &&
            str_equal(row->bench_id, bench->id))
            return row->reason;
    }
    return "";
}

static bool is_listed(const struct troubles *troubles, const char *bench_id)
{
    for (size_t i = 0; i < troubles->count; i++)
        if (str_equal(troubles->items[i].bench_id, bench_id))
            return true;
    return false;
}

void troubles_of(const struct result *result, struct troubles *troubles)
{
    for (size_t i = 0; i < result->benches.count; i++) {
        const struct bench_result *bench = &result->benches.items[i];
        if (is_trouble(bench->verdict))
            add_trouble(troubles, bench->id, bench->verdict, reason_of(result, bench));
    }
    for (size_t i = 0; i < result->rows.count; i++) {
        const struct row *row = &result->rows.items[i];
        if (row->is_judged && is_trouble(row->verdict) && row->bench_id &&
            !is_listed(troubles, row->bench_id))
            add_trouble(troubles, row->bench_id, row->verdict, row->reason);
    }
}

void troubles_clear(struct troubles *troubles)
{
    array_clear(troubles);
}
