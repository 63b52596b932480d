/* Which benches are worth a profile. */
#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/cli/check_explain.h"
#include "gate/verdict/growth_group.h"

/* More are not read by anybody, and each takes its time. */
#define MOST_BENCHES 5

void chosen_clear(struct chosen_list *chosen)
{
    array_clear(chosen);
}

static bool is_named(const struct check *check, const struct bench *bench)
{
    const struct strvec *patterns = &check->options.patterns;
    for (size_t i = 0; i < patterns->count; i++)
        if (bench_matches(patterns->items[i], bench->id, bench->benchmark->name))
            return true;
    return !patterns->count;
}

static bool is_asked(const struct row *row, enum explain_scope scope)
{
    if (!row->pair_count || !isfinite(row->change))
        return false;
    if (scope == EXPLAIN_EVERY)
        return true;
    return row->is_judged &&
           (row->verdict == VERDICT_REGRESSED || row->verdict == VERDICT_IMPROVED);
}

static bool is_worse(const struct row *row)
{
    bool has_grown = row->change > 0;
    if (row->verdict == VERDICT_REGRESSED || row->verdict == VERDICT_IMPROVED)
        return row->verdict == VERDICT_REGRESSED;
    return has_grown != metric_info(row->metric)->larger_is_better;
}

static const struct bench *bench_of(const struct check *check, const char *id)
{
    for (size_t i = 0; i < check->gate.list.count; i++) {
        const struct check_bench *listed = &check->gate.list.items[i];
        if (listed->settled == VERDICT_NONE && str_equal(listed->bench->id, id))
            return listed->bench;
    }
    return NULL;
}

/* Judged rows before others, regressed ones before improved ones, then the largest. */
static int compare_chosen(const void *a, const void *b)
{
    const struct chosen *x = a;
    const struct chosen *y = b;
    if (x->row->is_judged != y->row->is_judged)
        return x->row->is_judged ? -1 : 1;
    if (x->is_improvement != y->is_improvement)
        return x->is_improvement ? 1 : -1;
    if (x->severity > y->severity || x->severity < y->severity)
        return x->severity > y->severity ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static void
list_rows(const struct check *check, enum explain_scope scope, struct chosen_list *chosen)
{
    const struct rows *rows = &check->result.rows;
    for (size_t i = 0; i < rows->count; i++) {
        const struct row *row = &rows->items[i];
        const struct bench *bench =
            is_asked(row, scope) ? bench_of(check, row->bench_id) : NULL;
        if (bench && (!check->options.takes_names || is_named(check, bench)))
            *array_push(chosen) = (struct chosen){ .bench = bench,
                                                   .row = row,
                                                   .is_improvement = !is_worse(row),
                                                   .severity = fabs(row->change) };
    }
}

/* The size of a growth that got worse where that is seen best: the largest. */
static const struct row *largest_of(const struct check *check,
                                    const struct growth_result *growth)
{
    const struct row *largest = NULL;
    double most = 0;
    for (size_t i = 0; i < check->gate.list.count; i++) {
        const struct bench *bench = check->gate.list.items[i].bench;
        AUTO_FREE char *name = growth_name(bench);
        const struct row *row =
            str_equal(name, growth->name)
                ? rows_find_measured(&check->result.rows, bench->id, growth->metric)
                : NULL;
        double n = row && bench_of(check, bench->id) ? explain_size_of(bench) : 0;
        if (n > most) {
            largest = row;
            most = n;
        }
    }
    return largest;
}

/* Growths that got worse while each size is within its margin. */
static void list_growths(const struct check *check, struct chosen_list *chosen)
{
    for (size_t i = 0; i < check->result.growths.count; i++) {
        const struct growth_result *growth = &check->result.growths.items[i];
        const struct row *row =
            growth_is_worse(growth) ? largest_of(check, growth) : NULL;
        if (row)
            *array_push(chosen) =
                (struct chosen){ .bench = bench_of(check, row->bench_id),
                                 .row = row,
                                 .growth = growth,
                                 .severity = fabs(row->change) };
    }
}

/* Another size of it, or another metric; what a harness prints are benchmarks apart. */
static bool has_its_benchmark(const struct chosen_list *chosen,
                              size_t count,
                              const struct bench *bench)
{
    for (size_t i = 0; i < count; i++) { /* a bench may have a copy of its benchmark */
        const struct bench *other = chosen->items[i].bench;
        if (str_equal(other->benchmark->name, bench->benchmark->name) &&
            (!bench->printed_name || str_equal(other->printed_name, bench->printed_name)))
            return true;
    }
    return false;
}

void explain_choose(const struct check *check,
                    enum explain_scope scope,
                    struct chosen_list *chosen,
                    struct strvec *left_out)
{
    size_t kept = 0;
    size_t more = 0;
    list_rows(check, scope, chosen);
    list_growths(check, chosen);
    if (chosen->count)
        qsort(chosen->items, chosen->count, sizeof *chosen->items, compare_chosen);
    for (size_t i = 0; i < chosen->count; i++) {
        const struct chosen *item = &chosen->items[i];
        if (has_its_benchmark(chosen, kept, item->bench))
            continue;
        if (kept == MOST_BENCHES)
            more++; /* rows, of which a benchmark may have several */
        else
            chosen->items[kept++] = *item;
    }
    chosen->count = kept;
    if (more)
        strvec_pushf(left_out, "only the %d benchmarks that changed most are explained",
                     MOST_BENCHES);
}
