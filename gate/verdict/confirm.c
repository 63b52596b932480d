/* The combined rule: regressed is what two measurements show, each with its own builds,
 * pairs and error rate. The second can only take verdicts back, so the gate's false-alarm
 * rate stays what the first one has. */
#include <math.h>
#include <stdlib.h>

#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/verdict/judge.h"

/* "+3.1 % (+2.5 % .. +3.7 %) in 27 pairs" */
static void add_estimate(struct str *out, const struct row *row)
{
    units_add_change_pct(out, row->change);
    if (isfinite(row->change_low) && isfinite(row->change_high)) {
        str_add(out, " (");
        units_add_change_pct(out, row->change_low);
        str_add(out, " .. ");
        units_add_change_pct(out, row->change_high);
        str_add(out, ")");
    }
    str_addf(out, " in %zu pairs", row->pair_count);
}

static void set_verdict(struct row *row, enum verdict verdict, struct str *reason)
{
    row->verdict = verdict;
    free(row->reason);
    row->reason = str_detach(reason);
}

static void confirm(struct row *row, const struct row *again)
{
    struct str reason = STR_INIT;
    str_add(&reason, "fresh builds showed it again: ");
    add_estimate(&reason, again);
    set_verdict(row, VERDICT_REGRESSED, &reason);
}

/* Never a pass: that the second measurement found nothing does not make the first one
 * wrong about the builds that it had. */
static void doubt(struct row *row, const struct row *again)
{
    struct str reason = STR_INIT;
    str_add(&reason, "regressed at first with ");
    add_estimate(&reason, row);
    str_add(&reason, ", but fresh builds did not confirm it");
    if (again && again->pair_count) {
        str_add(&reason, ": ");
        add_estimate(&reason, again);
    }
    if (again && again->verdict == VERDICT_INCONCLUSIVE)
        str_addf(&reason, "; %s", again->reason);
    else if (again)
        str_addf(&reason, ", which is %s", verdict_name(again->verdict));
    set_verdict(row, VERDICT_INCONCLUSIVE, &reason);
}

static void fail(struct row *row, const struct row *again)
{
    struct str reason = STR_INIT;
    str_addf(&reason, "measuring it again with fresh builds failed: %s", again->reason);
    set_verdict(row, VERDICT_FAILED, &reason);
}

static void settle(struct row *row, const struct row *again)
{
    if (again && again->verdict == VERDICT_REGRESSED)
        confirm(row, again);
    else if (again && again->verdict == VERDICT_FAILED)
        fail(row, again);
    else
        doubt(row, again);
}

void judge_confirmation(struct result *result)
{
    if (!result->confirm)
        return;
    for (size_t i = 0; i < result->rows.count; i++) {
        struct row *row = &result->rows.items[i];
        if (row->is_judged && row->verdict == VERDICT_REGRESSED)
            settle(row, result_confirming(result, row));
    }
    for (size_t i = 0; i < result->benches.count; i++) {
        struct bench_result *bench = &result->benches.items[i];
        if (bench->verdict == VERDICT_REGRESSED)
            bench->verdict = VERDICT_OK;
    }
    judge_benches(result);
}
