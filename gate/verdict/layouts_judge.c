/* Verdicts after the layouts, and the sentences that go with them. */
#include <math.h>
#include <stdlib.h>

#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/verdict/judge.h"
#include "gate/verdict/layouts.h"

/* "+3.1 % (+2.5 % .. +3.7 %)" */
static void add_estimate(struct str *out, double change, double low, double high)
{
    units_add_change_pct(out, change);
    if (!isfinite(low) || !isfinite(high))
        return;
    str_add(out, " (");
    units_add_change_pct(out, low);
    str_add(out, " .. ");
    units_add_change_pct(out, high);
    str_add(out, ")");
}

/* "-0.40 % (-1.2 % .. +0.30 %) over 5 other layouts of the code, worse by more than its
 * margin in 0 of them; 98 % of that spread is the layout's" */
static void add_layouts(struct str *out, const struct layout_row *over)
{
    add_estimate(out, over->change, over->change_low, over->change_high);
    str_addf(out,
             " over %zu other layouts of the code, %s by more than its margin in %zu of "
             "them",
             over->layout_count, over->is_improvement ? "better" : "worse",
             over->beyond_count);
    if (over->layout_share > 0)
        str_addf(out, "; %.0f %% of their spread is the layout's",
                 100 * over->layout_share);
}

static void set(struct row *row, enum verdict verdict, struct str *reason)
{
    row->verdict = verdict;
    free(row->reason);
    row->reason = str_detach(reason);
}

/* Behind what the row says already. */
static void append(struct row *row, const char *what, const struct layout_row *over)
{
    struct str reason = STR_INIT;
    if (row->reason && *row->reason)
        str_addf(&reason, "%s; ", row->reason);
    str_add(&reason, what);
    add_layouts(&reason, over);
    set(row, row->verdict, &reason);
}

static void call_sensitive(struct row *row, const char *as, const struct layout_row *over)
{
    struct str reason = STR_INIT;
    str_add(&reason, as);
    add_estimate(&reason, row->change, row->change_low, row->change_high);
    str_add(&reason, " as built, but ");
    add_layouts(&reason, over);
    set(row, VERDICT_LAYOUT_SENSITIVE, &reason);
}

/* Not a word against the first measurement where the layouts had no chance to speak. */
static void
leave(struct row *row, const struct layout_study *study, const struct layout_row *over)
{
    struct str reason = STR_INIT;
    if (row->verdict != VERDICT_REGRESSED)
        return;
    if (row->reason && *row->reason)
        str_addf(&reason, "%s; ", row->reason);
    if (over->layout_count) {
        str_addf(&reason, "%zu other layout%s: ", over->layout_count,
                 over->layout_count == 1 ? " of the code does not tell"
                                         : "s of the code don't tell");
        add_estimate(&reason, over->change, over->change_low, over->change_high);
    } else {
        str_add(&reason, "not tried in other layouts of the code");
    }
    str_addf(&reason, " (%s)", study->cut_short);
    set(row, VERDICT_REGRESSED, &reason);
}

static void settle_change(struct row *row, const struct layout_row *over)
{
    if (over->finding == LAYOUT_HOLDS)
        append(row, "holds wherever the code lies: ", over);
    else
        call_sensitive(row, "", over);
}

/* Neither ok nor open as built says anything against what all layouts show. */
static void settle_quiet(struct row *row, const struct layout_row *over)
{
    if (over->finding == LAYOUT_HOLDS && row->verdict == VERDICT_OK)
        call_sensitive(row, "ok with ", over);
    else
        append(row, "", over);
}

static void
settle(struct row *row, const struct layout_study *study, const struct layout_row *over)
{
    if (layouts_wants(study, over))
        leave(row, study, over);
    else if (row->verdict == VERDICT_REGRESSED || row->verdict == VERDICT_IMPROVED)
        settle_change(row, over);
    else
        settle_quiet(row, over);
}

void judge_layouts(struct result *result)
{
    if (!result->layouts)
        return;
    for (size_t i = 0; i < result->rows.count; i++) {
        struct row *row = &result->rows.items[i];
        const struct layout_row *over = result_over_layouts(result, row);
        if (over)
            settle(row, result->layouts, over);
    }
    for (size_t i = 0; i < result->benches.count; i++) {
        struct bench_result *bench = &result->benches.items[i];
        if (bench->verdict == VERDICT_REGRESSED)
            bench->verdict = VERDICT_OK;
    }
    judge_benches(result);
}
