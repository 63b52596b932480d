/* One correction over the rows of all shards.
 *
 * What a row's own tests came to is known (its p-values, which hold wherever it stopped);
 * what changes is what it is held against. A shard took all other shards' rows for rows
 * without a change, which the method of Holm allows: it called no row worse that is not
 * worse here, but where a harness of another shard printed more names than it reckoned
 * with. So most of the time nothing moves, and what moves, moves to "regressed" or
 * "improved". */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/stats/holm.h"
#include "gate/verdict/growth.h"
#include "gate/verdict/judge.h"
#include "gate/verdict/merge.h"

/* What a shard by itself said of a row. */
struct own_finding {
    bool is_regressed;
    bool is_improved;
};

/* Rows without a trial had no share of the errors, and have p = 1; so has a row that was
 * tried in vain, which had one: those below 1 and the number of shares say it all. */
static bool is_counted(const struct row *row)
{
    return row->is_judged && (row->p_regressed < 1 || row->p_improved < 1);
}

static void correct(struct rows *rows, size_t planned)
{
    AUTO_FREE double *regressed = xcalloc(rows->count + planned + 1, sizeof *regressed);
    AUTO_FREE double *improved = xcalloc(rows->count + planned + 1, sizeof *improved);
    size_t count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        if (!is_counted(&rows->items[i]))
            continue;
        regressed[count] = rows->items[i].p_regressed;
        improved[count++] = rows->items[i].p_improved;
    }
    size_t all = count > planned ? count : planned;
    for (size_t i = count; i < all; i++)
        regressed[i] = improved[i] = 1;
    holm_adjust(regressed, all, regressed);
    holm_adjust(improved, all, improved);
    for (size_t i = rows->count; i-- > 0;) {
        struct row *row = &rows->items[i];
        if (!is_counted(row))
            continue;
        row->p_regressed_holm = regressed[--count];
        row->p_improved_holm = improved[count];
    }
}

static void set_verdict(struct row *row, enum verdict verdict, const char *reason)
{
    row->verdict = verdict;
    free(row->reason);
    row->reason = xstrdup(reason);
}

/* Shown only now, so that nothing was done that a shard does of its own regressions. */
static void settle_regressed(struct row *row, bool is_confirmed)
{
    if (is_confirmed)
        set_verdict(row, VERDICT_INCONCLUSIVE,
                    "regressed over the rows of all shards together, which its own shard "
                    "could not know: it was not measured again");
    else
        set_verdict(row, VERDICT_REGRESSED,
                    "by the rows of all shards together; its own shard could not know, "
                    "and tried no other layouts");
}

static void settle_taken_back(struct row *row, double miss)
{
    bool is_ok = row->p_ok <= miss;
    set_verdict(row, is_ok ? VERDICT_OK : VERDICT_INCONCLUSIVE,
                is_ok ? ""
                      : "clear by itself, but not among as many rows as all shards have; "
                        "more pairs would decide");
}

static void
settle(const struct result *result, const struct own_finding *own, struct row *row)
{
    double alpha = result->sharding->false_alarm;
    bool is_regressed = row->p_regressed_holm <= alpha;
    bool is_improved = row->p_improved_holm <= alpha;
    bool is_open = row->verdict == VERDICT_OK || row->verdict == VERDICT_WAIVED ||
                   row->verdict == VERDICT_INCONCLUSIVE;
    if (is_regressed && !own->is_regressed && is_open)
        settle_regressed(row, result->confirm != NULL);
    else if ((!is_regressed && row->verdict == VERDICT_REGRESSED) ||
             (!is_improved && row->verdict == VERDICT_IMPROVED))
        settle_taken_back(row, result->miss);
    else if (is_improved && !own->is_improved && row->verdict == VERDICT_OK)
        set_verdict(row, VERDICT_IMPROVED, "");
}

static void judge(const struct result *result, struct rows *rows, size_t planned)
{
    AUTO_FREE struct own_finding *own = xcalloc(rows->count + 1, sizeof *own);
    double alpha = result->sharding->false_alarm;
    for (size_t i = 0; i < rows->count; i++) {
        const struct row *row = &rows->items[i];
        own[i] = (struct own_finding){ row->p_regressed_holm <= alpha,
                                       row->p_improved_holm <= alpha };
    }
    correct(rows, planned);
    for (size_t i = 0; i < rows->count; i++) {
        if (is_counted(&rows->items[i]))
            settle(result, &own[i], &rows->items[i]);
    }
}

/* A bench is what its rows are; one that failed by itself stays so. */
static void judge_benches_again(struct result *result)
{
    for (size_t i = 0; i < result->benches.count; i++) {
        struct bench_result *bench = &result->benches.items[i];
        if (bench->verdict == VERDICT_REGRESSED || bench->verdict == VERDICT_IMPROVED)
            bench->verdict = VERDICT_OK;
    }
    judge_benches(result);
}

void merge_judge(struct result *result)
{
    const struct sharding *sharding = result->sharding;
    const struct growth_errors errors = { .false_alarm = sharding->growth_false_alarm,
                                          .miss = result->miss };
    size_t rows = 0;
    size_t control_rows = 0;
    for (size_t i = 0; i < sharding->parts.count; i++) {
        rows += sharding->parts.items[i].row_count;
        control_rows += sharding->parts.items[i].control_row_count;
    }
    judge(result, &result->rows, rows);
    growth_judge_again(&errors, &result->growths);
    judge_benches_again(result);
    if (!result->control)
        return;
    judge(result, &result->control->rows, control_rows);
    judge_control(result->control);
}
