#include <math.h>

#include "gate/base/str.h"
#include "gate/report/report.h"

/* An empty field where the number is not known. */
static void add_number(struct str *out, double value)
{
    if (isfinite(value))
        str_addf(out, "\t%.9g", value);
    else
        str_add_char(out, '\t');
}

void report_tsv(const struct result *result, struct str *out)
{
    str_add(out, "bench\tmetric\tverdict\tbase\thead\tchange\tchange_low\tchange_high\t"
                 "margin\tpairs\n");
    for (size_t i = 0; i < result->rows.count; i++) {
        const struct row *row = &result->rows.items[i];
        str_addf(out, "%s\t%s\t%s", row->bench_id, metric_name(row->metric),
                 row->is_judged ? verdict_name(row->verdict) : "not judged");
        add_number(out, row->base_median);
        add_number(out, row->head_median);
        add_number(out, row->change);
        add_number(out, row->change_low);
        add_number(out, row->change_high);
        add_number(out, row->is_judged ? row->margin : (double)NAN);
        str_addf(out, "\t%zu\n", row->pair_count);
    }
}
