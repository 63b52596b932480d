#include "gate/base/str.h"
#include "gate/report/baseline_phrase.h"
#include "gate/report/creep_phrase.h"
#include "gate/report/escape.h"
#include "gate/report/growth_phrase.h"
#include "gate/report/headline.h"
#include "gate/report/phrase.h"
#include "gate/report/ranking.h"
#include "gate/report/report.h"

/* What readers of the format do with a row: an error is what could not be measured, a
 * failure what got worse, skipped what has no answer. NULL for passed. */
static const char *element_of(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_FAILED:
    case VERDICT_MISSING:
        return "error";
    case VERDICT_REGRESSED:
        return "failure";
    case VERDICT_INCONCLUSIVE:
    case VERDICT_LAYOUT_SENSITIVE:
    case VERDICT_WAIVED:
    case VERDICT_NEW:
    case VERDICT_REMOVED:
        return "skipped";
    case VERDICT_IDENTICAL:
    case VERDICT_OK:
    case VERDICT_IMPROVED:
    case VERDICT_NONE:
    case VERDICT_COUNT:
        break;
    }
    return NULL;
}

static void
add_case(struct str *out, const char *bench_id, const char *name, enum verdict verdict)
{
    str_add(out, "  <testcase classname=\"");
    xml_add_text(out, bench_id);
    str_add(out, "\" name=\"");
    xml_add_text(out, name);
    str_add(out, element_of(verdict) ? "\">\n" : "\"/>\n");
}

static void add_message(struct str *out, enum verdict verdict, const char *message)
{
    const char *element = element_of(verdict);
    if (!element)
        return;
    AUTO_STR struct str text = STR_INIT;
    str_add(&text, verdict_name(verdict));
    if (message && *message) {
        str_add(&text, ": ");
        xml_add_text(&text, message);
    }
    /* Jenkins shows the attribute, GitLab what stands in the element. */
    str_addf(out, "    <%s message=\"%s\">%s</%s>\n  </testcase>\n", element, text.data,
             text.data, element);
}

static void add_row(struct str *out, const struct row *row)
{
    AUTO_STR struct str message = STR_INIT;
    if (!row_has_numbers(row)) {
        add_case(out, row->bench_id, metric_name(row->metric), row->verdict);
        add_message(out, row->verdict, row->reason);
        return;
    }
    phrase_add_change(&message, row->change);
    str_add_char(&message, ' ');
    phrase_add_interval(&message, row->change_low, row->change_high);
    str_add(&message, ", margin ");
    phrase_add_share(&message, row->margin);
    if (row->reason && *row->reason)
        str_addf(&message, "; %s", row->reason);
    add_case(out, row->bench_id, metric_name(row->metric), row->verdict);
    add_message(out, row->verdict, message.data);
}

static bool is_measured(const struct row *row)
{
    return row->is_judged && row->verdict != VERDICT_FAILED &&
           row->verdict != VERDICT_MISSING;
}

/* Benches that could not be measured stand for themselves, as in the other reports. */
static void add_benches(struct str *out, const struct troubles *troubles)
{
    for (size_t i = 0; i < troubles->count; i++) {
        const struct trouble *trouble = &troubles->items[i];
        add_case(out, trouble->bench_id, "run", trouble->verdict);
        add_message(out, trouble->verdict, trouble->reason);
    }
}

/* Whatever a control finds is trouble of the measurement. */
static void add_control_row(struct str *out, const struct row *row)
{
    enum verdict verdict = row_discredits(row) ? VERDICT_FAILED : row->verdict;
    add_case(out, row->bench_id, metric_name(row->metric), verdict);
    add_message(out, verdict, row->reason);
}

/* Counts the judged rows of the control by what they are to readers. */
static void
add_control(struct str *out, const struct result *result, size_t *count, size_t *skipped)
{
    for (size_t i = 0; result->control && i < result->control->rows.count; i++) {
        const struct row *row = &result->control->rows.items[i];
        if (!row->is_judged)
            continue;
        add_control_row(out, row);
        (*count)++;
        *skipped += row->verdict == VERDICT_INCONCLUSIVE;
    }
}

static void
add_creep_row(struct str *out, const struct creep *creep, const struct row *row)
{
    AUTO_STR struct str name = STR_INIT;
    str_addf(&name, "%s since %s", metric_name(row->metric), creep_anchor(creep));
    add_case(out, row->bench_id, name.data, row->verdict);
    add_message(out, row->verdict, row->reason);
}

/* Head against the anchor: a case for each judged row, and one for all where nothing
 * could be compared. */
static void add_creep(struct str *out, const struct creep *creep, size_t *count)
{
    if (!creep)
        return;
    for (size_t i = 0; i < creep->rows.count; i++) {
        if (!creep->rows.items[i].is_judged)
            continue;
        add_creep_row(out, creep, &creep->rows.items[i]);
        (*count)++;
    }
    if (!creep_has_trouble(creep))
        return;
    add_case(out, "anchor", creep_anchor(creep), VERDICT_FAILED);
    add_message(out, VERDICT_FAILED, creep->trouble);
    (*count)++;
}

static void add_across(struct str *out, const struct baseline *baseline)
{
    AUTO_STR struct str warning = STR_INIT;
    baseline_add_across(&warning, baseline);
    if (!warning.length)
        return;
    str_add(out, "  <system-err>warning: ");
    xml_add_text(out, warning.data);
    str_add(out, "</system-err>\n");
}

static size_t creep_skipped(const struct creep *creep)
{
    return creep_count(creep, VERDICT_INCONCLUSIVE) + creep_count(creep, VERDICT_NEW);
}

/* A growth is a test case of its own: failed where it fails the gate, skipped where it
 * can't be told or was accepted. */
static enum verdict verdict_of(const struct growth_result *growth)
{
    if (growth_is_worse(growth))
        return VERDICT_REGRESSED;
    if (growth->outcome == GROWTH_WAIVED)
        return VERDICT_WAIVED;
    return growth->outcome == GROWTH_CANNOT_TELL ? VERDICT_INCONCLUSIVE : VERDICT_OK;
}

static void add_growth(struct str *out, const struct growth_result *growth)
{
    AUTO_STR struct str name = STR_INIT;
    AUTO_STR struct str message = STR_INIT;
    str_addf(&name, "growth of %s", metric_name(growth->metric));
    growth_add_sentence(&message, growth);
    if (growth->reason && *growth->reason)
        str_addf(&message, "%s%s", message.length ? "; " : "", growth->reason);
    add_case(out, growth->name ? growth->name : "", name.data, verdict_of(growth));
    add_message(out, verdict_of(growth), message.data);
}

static bool is_skipped(enum verdict verdict)
{
    const char *element = element_of(verdict);
    return element && str_equal(element, "skipped");
}

static void add_growths(struct str *out, const struct result *result, size_t *skipped)
{
    for (size_t i = 0; i < result->growths.count; i++) {
        add_growth(out, &result->growths.items[i]);
        *skipped += is_skipped(verdict_of(&result->growths.items[i]));
    }
}

/* So is a goal; one that base missed too is not this change's doing. */
static enum verdict verdict_of_goal(const struct goal_result *goal)
{
    if (goal_is_missed_anew(goal))
        return VERDICT_REGRESSED;
    if (goal->outcome == GOAL_WAIVED)
        return VERDICT_WAIVED;
    return goal->outcome == GOAL_MET ? VERDICT_OK : VERDICT_INCONCLUSIVE;
}

static void add_goal(struct str *out, const struct goal_result *goal)
{
    AUTO_STR struct str name = STR_INIT;
    AUTO_STR struct str message = STR_INIT;
    str_addf(&name, "goal of %s", goal->label ? goal->label : "");
    phrase_add_goal_value(&message, goal);
    str_addf(&message, ", %s ", phrase_limit(goal->metric));
    phrase_add_value(&message, goal->metric, goal->limit);
    if (goal->was_missed_on_base)
        str_add(&message, "; missed on base too");
    if (goal->reason && *goal->reason)
        str_addf(&message, "; %s", goal->reason);
    add_case(out, goal->bench_id ? goal->bench_id : "", name.data, verdict_of_goal(goal));
    add_message(out, verdict_of_goal(goal), message.data);
}

static void add_goals(struct str *out, const struct result *result, size_t *skipped)
{
    for (size_t i = 0; i < result->goals.count; i++) {
        add_goal(out, &result->goals.items[i]);
        *skipped += is_skipped(verdict_of_goal(&result->goals.items[i]));
    }
}

void report_junit(const struct result *result, struct str *out)
{
    size_t skipped = 0;
    AUTO_TROUBLES struct troubles troubles = { 0 };
    AUTO_STR struct str cases = STR_INIT;
    struct tally tally = tally_of(result);
    troubles_of(result, &troubles);
    add_benches(&cases, &troubles);
    size_t count = troubles.count;
    for (size_t i = 0; i < result->rows.count; i++) {
        const struct row *row = &result->rows.items[i];
        if (!is_measured(row))
            continue;
        add_row(&cases, row);
        count++;
    }
    add_control(&cases, result, &count, &skipped);
    add_growths(&cases, result, &skipped);
    add_creep(&cases, result->creep, &count);
    add_across(&cases, result->baseline);
    skipped += creep_skipped(result->creep);
    add_goals(&cases, result, &skipped);
    str_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    str_addf(out,
             "<testsuite name=\"pawl\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" "
             "skipped=\"%zu\">\n%s</testsuite>\n",
             count + result->growths.count + result->goals.count,
             tally.rows[VERDICT_REGRESSED] + tally.growths_worse + tally.goals_missed +
                 tally.crept,
             troubles.count + result_discrediting(result) +
                 creep_count(result->creep, VERDICT_FAILED) +
                 creep_has_trouble(result->creep),
             skipped + tally.rows[VERDICT_INCONCLUSIVE] +
                 tally.rows[VERDICT_LAYOUT_SENSITIVE] + tally.rows[VERDICT_WAIVED] +
                 tally.rows[VERDICT_NEW] + tally.rows[VERDICT_REMOVED],
             cases.data);
}
