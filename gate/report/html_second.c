#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/report/baseline_phrase.h"
#include "gate/report/creep_phrase.h"
#include "gate/report/html_parts.h"
#include "gate/report/phrase.h"

void html_add_control(struct str *out, const struct result *result)
{
    AUTO_RANKING struct ranking ranking = { 0 };
    if (!result->control || !result->control->rows.count)
        return;
    const struct result view = { .rows = result->control->rows };
    html_order_rows(&view, &ranking);
    AUTO_FREE char *coverage = rows_coverage(&result->control->rows);
    html_open_section(out, "control", "Control: base against a copy of itself");
    str_add(out, "<p>");
    html_add_text(out, coverage);
    str_add(out,
            result_discrediting(result)
                ? "; head\u2019s column is the copy. Nothing changed between the two, "
                  "so what goes wrong here goes wrong in measuring.</p>\n"
                : "; head\u2019s column is the copy. None was seen to differ by more "
                  "than its margin.</p>\n");
    html_add_row_table(out, "Rows of the control", &ranking, "Base");
    html_close_section(out);
}

static void add_change(struct str *out, double change, double low, double high)
{
    AUTO_STR struct str text = STR_INIT;
    phrase_add_change(&text, change);
    str_add_char(&text, ' ');
    phrase_add_interval(&text, low, high);
    html_add_number_cell(out, text.data);
}

static void add_layout_row(struct str *out,
                           const struct result *result,
                           const struct layout_row *over)
{
    const struct row *row = rows_find_judged(&result->rows, over->bench_id, over->metric);
    str_add(out, "<tr><th scope=\"row\">");
    html_add_code(out, over->bench_id);
    str_addf(out, " <span class=\"metric\">%s</span></th>", metric_name(over->metric));
    if (row)
        add_change(out, row->change, row->change_low, row->change_high);
    else
        html_add_number_cell(out, "\u2013");
    if (over->layout_count)
        add_change(out, over->change, over->change_low, over->change_high);
    else
        html_add_number_cell(out, "\u2013");
    str_addf(out, "<td>%s in %zu of %zu</td><td class=\"number\">",
             over->is_improvement ? "better" : "worse", over->beyond_count,
             over->layout_count);
    phrase_add_share(out, over->layout_share);
    str_addf(out, "</td><td>%s</td></tr>\n", layout_finding_name(over->finding));
}

void html_add_layouts(struct str *out, const struct result *result)
{
    static const char *const heads[] = { "Row",
                                         ">As built (95 %)",
                                         ">Over layouts (90 %)",
                                         "Beyond its margin",
                                         ">Spread by layout",
                                         "Answer",
                                         NULL };
    const struct layout_study *study = result->layouts;
    if (!study || !study->blocks.count)
        return;
    size_t shown = study->rows.count < HTML_LISTED ? study->rows.count : HTML_LISTED;
    html_open_section(out, "layouts", "Other layouts of the code");
    str_add(out,
            "<p class=\"legend\">Both sides built with other alignments and orders of "
            "functions, the same for both: ");
    phrase_add_count(out, study->blocks.count, "layout");
    str_add(out,
            ", each measured in pairs of its own and counted once. Spread: what of the "
            "differences between the layouts is not the runs\u2019.</p>\n");
    html_open_table(out, "Rows over all layouts", heads);
    for (size_t i = 0; i < shown; i++)
        add_layout_row(out, result, &study->rows.items[i]);
    html_close_table(out);
    html_add_left_out(out, study->rows.count - shown, "row");
    html_close_section(out);
}

static void add_creep_introduction(struct str *out, const struct creep *creep)
{
    AUTO_FREE char *commit =
        xstrndup(creep->anchor.commit ? creep->anchor.commit : "", SHOWN_COMMIT);
    AUTO_STR struct str summary = STR_INIT;
    AUTO_STR struct str distance = STR_INIT;
    creep_add_summary(&summary, creep);
    creep_add_distance(&distance, creep);
    str_add(out, "<p>Head against the anchor ");
    html_add_code(out, creep_anchor(creep));
    str_add(out, " (");
    html_add_code(out, commit);
    str_add(out, " ");
    html_add_text(out, creep->anchor.subject);
    if (distance.length)
        str_addf(out, ", %s before it", distance.data);
    str_add(out, "): ");
    html_add_text(out, summary.data);
    str_add(out, "</p>\n");
}

/* Those with nothing to compare with, and why. */
static void add_not_compared(struct str *out, const struct creep *creep)
{
    struct strvec lines = { 0 };
    for (size_t i = 0; i < creep->benches.count; i++) {
        const struct bench_result *bench = &creep->benches.items[i];
        if (bench->verdict != VERDICT_NEW)
            continue;
        AUTO_FREE char *line =
            str_format("not compared: %s: %s", bench->id ? bench->id : "",
                       bench->reason ? bench->reason : "");
        strvec_push(&lines, line);
    }
    if (lines.count)
        html_add_list(out, &lines);
    strvec_clear(&lines);
}

static void add_steps(struct str *out, const struct creep *creep)
{
    size_t shown = creep->steps.count < HTML_LISTED ? creep->steps.count : HTML_LISTED;
    if (!creep->steps.count)
        return;
    str_add(out,
            "<h3>Steps between, as stored sessions measured them, oldest first</h3>\n"
            "<ul>\n");
    for (size_t i = 0; i < shown; i++) {
        const struct creep_step *step = &creep->steps.items[i];
        AUTO_STR struct str text = STR_INIT;
        creep_add_step(&text, step);
        str_add(out, "<li>");
        html_add_code(out, step->bench_id);
        str_addf(out, " <span class=\"metric\">%s</span> ", metric_name(step->metric));
        html_add_text(out, text.data);
        str_add(out, "</li>\n");
    }
    str_add(out, "</ul>\n");
    html_add_left_out(out, creep->steps.count - shown, "step");
}

void html_add_creep(struct str *out, const struct result *result)
{
    AUTO_RANKING struct ranking ranking = { 0 };
    const struct creep *creep = result->creep;
    if (!creep)
        return;
    const struct result view = { .rows = creep->rows };
    html_order_rows(&view, &ranking);
    html_open_section(out, "creep", "Since the anchor");
    add_creep_introduction(out, creep);
    if (ranking.count)
        html_add_row_table(out, "Rows against the anchor", &ranking, "Anchor");
    add_not_compared(out, creep);
    add_steps(out, creep);
    html_close_section(out);
}

void html_add_baseline(struct str *out, const struct result *result)
{
    const struct baseline *baseline = result->baseline;
    AUTO_STR struct str summary = STR_INIT;
    struct strvec rows = { 0 };
    struct strvec sessions = { 0 };
    if (!baseline)
        return;
    for (size_t i = 0; i < baseline->rows.count; i++) {
        AUTO_STR struct str text = STR_INIT;
        baseline_add_row(&text, &baseline->rows.items[i]);
        strvec_push(&rows, text.data);
    }
    for (size_t i = 0; i < baseline->sessions.count; i++) {
        AUTO_STR struct str text = STR_INIT;
        baseline_add_session(&text, &baseline->sessions.items[i]);
        strvec_push(&sessions, text.data);
    }
    baseline_add_summary(&summary, baseline);
    html_open_section(out, "baseline", "Stored sessions in base\u2019s place");
    str_add(out, "<p>Base was not measured: head was held against ");
    html_add_text(out, summary.data);
    str_add(out, ".</p>\n<details><summary>Which rows had which</summary>\n");
    html_add_list(out, &rows);
    str_add(out, "</details>\n<details><summary>The sessions</summary>\n");
    html_add_list(out, &sessions);
    str_add(out, "</details>\n");
    html_close_section(out);
    strvec_clear(&rows);
    strvec_clear(&sessions);
}
