/* Base against a copy of itself: nothing changed, so whatever is found is the
 * measurement's own doing. */
#include <math.h>
#include <stdlib.h>

#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/verdict/judge.h"

static void add_change(struct str *out, double change, double low, double high)
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

static bool has_order_bias(const struct row *row)
{
    return row->order_bias_low > 0 || row->order_bias_high < 0;
}

/* What the pairs show of a cause. A bias of the order is kept out of the change by the
 * coin, but tells of runs that disturb each other. */
static void add_cause(struct str *out, const struct row *row)
{
    if (row->discarded_count)
        str_addf(out, "; pairs thrown away, disturbed from outside: %zu",
                 row->discarded_count);
    if (has_order_bias(row)) {
        str_add(out, "; the second run of a pair is off by ");
        add_change(out, row->order_bias, row->order_bias_low, row->order_bias_high);
        str_add(out, ", so runs disturb each other");
    }
    if (!row->discarded_count && !has_order_bias(row))
        str_add(out, "; no pair was disturbed and their order makes no difference, so it "
                     "is where the build or its files lie (path, memory, disk)");
}

void judge_control(struct second_opinion *control)
{
    for (size_t i = 0; i < control->rows.count; i++) {
        struct row *row = &control->rows.items[i];
        if (!row_discredits(row) || row->verdict == VERDICT_FAILED)
            continue;
        struct str reason = STR_INIT;
        str_add(&reason, "a copy of base is off by ");
        add_change(&reason, row->change, row->change_low, row->change_high);
        add_cause(&reason, row);
        free(row->reason);
        row->reason = str_detach(&reason);
    }
}
