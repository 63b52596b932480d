/* Head against the anchor: what its rows say, in sentences, and to the gate. */
#include "gate/verdict/creep.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/str.h"
#include "gate/base/units.h"

static void add_estimate(struct str *out, const struct row *row)
{
    units_add_change_pct(out, row->change);
    if (!isfinite(row->change_low) || !isfinite(row->change_high))
        return;
    str_add(out, " (");
    units_add_change_pct(out, row->change_low);
    str_add(out, " .. ");
    units_add_change_pct(out, row->change_high);
    str_add(out, ")");
}

void judge_creep(struct creep *creep)
{
    for (size_t i = 0; i < creep->rows.count; i++) {
        struct row *row = &creep->rows.items[i];
        if (!row->is_judged || row->verdict != VERDICT_REGRESSED)
            continue;
        struct str reason = STR_INIT;
        str_addf(&reason, "since %s: ", creep->anchor.asked);
        add_estimate(&reason, row);
        str_addf(&reason, ", creep margin %.4g %%", row->margin * 100);
        free(row->reason);
        row->reason = str_detach(&reason);
    }
}

size_t result_crept(const struct result *result)
{
    size_t count = 0;
    for (size_t i = 0; result->creep && i < result->creep->rows.count; i++) {
        const struct row *row = &result->creep->rows.items[i];
        count += row->is_judged && row->verdict == VERDICT_REGRESSED;
    }
    return count;
}

enum verdict result_creep_verdict(const struct result *result)
{
    enum verdict worst = VERDICT_NONE;
    const struct creep *creep = result->creep;
    if (!creep)
        return VERDICT_NONE;
    if (creep->trouble && *creep->trouble)
        return VERDICT_FAILED;
    for (size_t i = 0; i < creep->benches.count; i++) {
        if (creep->benches.items[i].verdict > worst)
            worst = creep->benches.items[i].verdict;
    }
    return worst;
}
