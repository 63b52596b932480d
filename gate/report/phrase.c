#include "gate/report/phrase.h"

#include <math.h>
#include <string.h>

#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/report/baseline_phrase.h"

/* Beyond these a number is a mistake of the input, and its digits would fill a page. */
#define LARGEST_VALUE  1e18
#define LARGEST_CHANGE 9999.0

void phrase_add_count(struct str *out, size_t count, const char *noun)
{
    units_add_count(out, (double)count);
    str_addf(out, " %s%s", noun, count == 1 ? "" : "s");
}

void phrase_add_row_name(struct str *out, const struct row *row)
{
    str_addf(out, "%s %s", row->bench_id ? row->bench_id : "", metric_name(row->metric));
}

void phrase_add_value(struct str *out, enum metric metric, double value)
{
    if (isfinite(value) && fabs(value) < LARGEST_VALUE)
        metric_add_value(out, metric, value);
    else
        str_add(out, "?");
}

void phrase_add_row_value(struct str *out, const struct row *row, double value)
{
    static const char ending[] = "/s";
    phrase_add_value(out, row->metric, value);
    if (!row->unit || !*row->unit || !str_ends_with(out->data, ending))
        return;
    str_truncate(out, out->length - strlen(ending));
    if (!str_ends_with(out->data, " "))
        str_add_char(out, ' ');
    str_addf(out, "%s%s", row->unit, ending);
}

/* units.h's percentage without the unit. */
static void add_percentage(struct str *out, double change)
{
    if (!isfinite(change)) {
        str_add(out, "?");
        return;
    }
    /* What rounds to nothing has no sign. */
    double shown = fabs(change) < 0.00005 ? 0 : change;
    units_add_change_pct(out, fmax(-LARGEST_CHANGE, fmin(LARGEST_CHANGE, shown)));
    str_truncate(out, out->length - 2);
}

/* Shares are mostly settings, so "2 %" and not "2.0 %". */
void phrase_add_share(struct str *out, double share)
{
    AUTO_STR struct str text = STR_INIT;
    add_percentage(&text, share);
    if (strchr(text.data, '.')) {
        while (text.data[text.length - 1] == '0')
            str_truncate(&text, text.length - 1);
        if (text.data[text.length - 1] == '.')
            str_truncate(&text, text.length - 1);
    }
    str_addf(out, "%s %%", text.data + (text.data[0] == '+'));
}

void phrase_add_change(struct str *out, double change)
{
    add_percentage(out, change);
    str_add(out, " %");
}

void phrase_add_interval(struct str *out, double low, double high)
{
    str_add(out, "(");
    add_percentage(out, low);
    str_add(out, " .. ");
    add_percentage(out, high);
    str_add(out, ")");
}

const char *phrase_limit(enum metric metric)
{
    return metric_info(metric)->larger_is_better ? "at least" : "at most";
}

void phrase_add_goal_value(struct str *out, const struct goal_result *goal)
{
    phrase_add_value(out, goal->metric, goal->value);
    str_add(out, " (");
    phrase_add_value(out, goal->metric, goal->low);
    str_add(out, " .. ");
    phrase_add_value(out, goal->metric, goal->high);
    str_add(out, ")");
}

void phrase_add_error_rates(struct str *out, const struct result *result)
{
    size_t judged = 0;
    if (result->baseline) {
        baseline_add_error_rates(out, result);
        return;
    }
    for (size_t i = 0; i < result->rows.count; i++)
        judged += result->rows.items[i].is_judged;
    str_add(out, "A row is called worse only where its pairs of runs show more than its "
                 "margin; over all ");
    phrase_add_count(out, judged, "row");
    str_add(out, " and every look at them, ");
    if (result->growths.count) {
        str_add(out, "and over ");
        phrase_add_count(out, result->growths.count, "growth curve");
        str_add(out, ", ");
    }
    str_add(out, "the chance of even one false alarm is at most ");
    phrase_add_share(out, result->false_alarm);
    str_add(out,
            " (Holm's correction). A row is called ok only where a change as large as "
            "its margin is ruled out, which lets at most ");
    phrase_add_share(out, result->miss);
    str_add(out, " of such changes through; what lies between is not decided.");
    if (result->control)
        str_add(out, " Base was also measured against a copy of itself: rows of that "
                     "control are judged by the same margins and error rates, apart "
                     "from the others.");
    if (result->creep && result->creep->rows.count)
        str_add(out, " Head was also measured against the anchor: those rows are judged "
                     "by their creep margins with the same error rates, apart from the "
                     "others.");
    if (result->confirm)
        str_add(out, " Rows about to be called worse were measured a second time, with "
                     "fresh builds of both sides in other paths; they are worse only "
                     "where both measurements show it.");
    if (result->layouts && result->layouts->blocks.count)
        str_add(out,
                " Rows were also measured in other layouts of the code (both sides "
                "built with other alignments and orders of functions), each of which "
                "counts once. A change that is not shown over all of them is called "
                "layout-sensitive; of those that are within their margin there, at most "
                "5 % stay called worse.");
}

void phrase_add_elapsed(struct str *out, const struct result *result)
{
    str_add(out, "took ");
    units_add_duration(out, (double)result->elapsed_ns / 1e9);
    if (!result->measuring_ns)
        return;
    str_add(out, ", ");
    units_add_duration(out, (double)result->measuring_ns / 1e9);
    str_add(out, " of it measuring");
}

static void add_part(struct str *out, const char *before, const char *text)
{
    if (text && *text)
        str_addf(out, "%s%s%s", out->length ? ", " : "", before, text);
}

void phrase_add_machine(struct str *out, const struct machine *machine)
{
    AUTO_STR struct str line = STR_INIT;
    if (machine->cpus_online > 0)
        phrase_add_count(&line, (size_t)machine->cpus_online, "CPU");
    if (machine->memory_bytes > 0) {
        AUTO_STR struct str memory = STR_INIT;
        units_add_size(&memory, (double)machine->memory_bytes);
        add_part(&line, "", memory.data);
    }
    add_part(&line, "kernel ", machine->kernel);
    add_part(&line, "microcode ", machine->microcode);
    add_part(&line, "governor ", machine->governor);
    add_part(&line, "boost ", machine_boost_name(machine->boost));
    add_part(&line, "virtualisation ", machine->virtualisation);
    add_part(&line, "image ", machine->image);
    str_add(out, line.data);
}

const char *phrase_verdict(enum verdict verdict)
{
    return verdict == VERDICT_INCONCLUSIVE ? "not decided" : verdict_name(verdict);
}
