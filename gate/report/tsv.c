#include <math.h>
#include <stdint.h>

#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/baseline_phrase.h"
#include "gate/report/creep_phrase.h"
#include "gate/report/report.h"

/* An empty field where the number is not known. */
static void add_number(struct str *out, double value)
{
    if (isfinite(value))
        str_addf(out, "\t%.9g", value);
    else
        str_add_char(out, '\t');
}

/* A result that somebody else wrote must not make fields or lines of its own, and what a
 * program said (in a reason) must command no CI log. */
static void add_text(struct str *out, const char *text)
{
    if (text)
        text_add_clean(out, text, SIZE_MAX);
}

static void add_fields(struct str *out, const struct row *row, const char *verdict)
{
    str_addf(out, "%s\t%s", metric_name(row->metric), verdict);
    add_number(out, row->base_median);
    add_number(out, row->head_median);
    add_number(out, row->change);
    add_number(out, row->change_low);
    add_number(out, row->change_high);
    add_number(out, row->is_judged ? row->margin : (double)NAN);
    str_addf(out, "\t%zu\t", row->pair_count);
    add_text(out, row->reason);
    str_add(out, "\n");
}

/* Head against the anchor: a line more for each row that was judged. */
static void add_creep(struct str *out, const struct creep *creep)
{
    for (size_t i = 0; creep && i < creep->rows.count; i++) {
        const struct row *row = &creep->rows.items[i];
        if (!row->is_judged)
            continue;
        add_text(out, row->bench_id);
        str_add(out, "\tcreep of ");
        add_fields(out, row, creep_outcome(row->verdict));
    }
}

/* A line that programs pass over, and that is not to be missed by people. */
static void add_across(struct str *out, const struct baseline *baseline)
{
    AUTO_STR struct str warning = STR_INIT;
    baseline_add_across(&warning, baseline);
    if (!warning.length)
        return;
    str_add(out, "# warning: ");
    add_text(out, warning.data);
    str_add_char(out, '\n');
}

/* A growth is a line like a row's: of exponents, their difference and what that may be.
 */
static void add_growth(struct str *out, const struct growth_result *growth)
{
    add_text(out, growth->name);
    str_addf(out, "\tgrowth of %s\t%s", metric_name(growth->metric),
             growth_outcome_name(growth->outcome));
    add_number(out, growth->base.exponent);
    add_number(out, growth->head.exponent);
    add_number(out, growth->difference.exponent);
    add_number(out, growth->difference.low);
    add_number(out, growth->difference.high);
    add_number(out, growth->base_tolerance);
    str_add(out, "\t\t");
    add_text(out, growth->reason);
    str_add(out, "\n");
}

/* So is a goal: head's value with its bounds, the limit as margin. */
static void add_goal(struct str *out, const struct goal_result *goal)
{
    add_text(out, goal->bench_id);
    str_add(out, "\tgoal of ");
    add_text(out, goal->label);
    str_addf(out, "\t%s%s\t", goal_outcome_name(goal->outcome),
             goal->was_missed_on_base ? " on base too" : "");
    add_number(out, goal->value);
    str_add_char(out, '\t');
    add_number(out, goal->low);
    add_number(out, goal->high);
    add_number(out, goal->limit);
    str_addf(out, "\t%zu\t", goal->run_count);
    add_text(out, goal->reason);
    str_add(out, "\n");
}

void report_tsv(const struct result *result, struct str *out)
{
    str_add(out, "bench\tmetric\tverdict\tbase\thead\tchange\tchange_low\tchange_high\t"
                 "margin\tpairs\treason\n");
    for (size_t i = 0; i < result->rows.count; i++) {
        const struct row *row = &result->rows.items[i];
        add_text(out, row->bench_id);
        str_add_char(out, '\t');
        add_fields(out, row, row->is_judged ? verdict_name(row->verdict) : "not judged");
    }
    for (size_t i = 0; i < result->growths.count; i++)
        add_growth(out, &result->growths.items[i]);
    add_creep(out, result->creep);
    for (size_t i = 0; i < result->goals.count; i++)
        add_goal(out, &result->goals.items[i]);
    add_across(out, result->baseline);
}
