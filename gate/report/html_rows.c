#include "gate/base/str.h"
#include "gate/report/html_parts.h"
#include "gate/report/phrase.h"

static void add_name(struct str *out, const struct row *row)
{
    str_add(out, "<th scope=\"row\">");
    html_add_code(out, row->bench_id);
    str_addf(out, " <span class=\"metric\">%s</span>", metric_name(row->metric));
    if (row->reason && *row->reason) {
        str_add(out, "<p class=\"reason\">");
        html_add_text(out, row->reason);
        str_add(out, "</p>");
    }
    str_add(out, "</th>");
}

static void
add_value(struct str *out, const char *name, const struct row *row, double value)
{
    AUTO_STR struct str text = STR_INIT;
    phrase_add_row_value(&text, row, value);
    str_addf(out, "<td class=\"number %s\">", name);
    html_add_text(out, text.data);
    str_add(out, "</td>");
}

static void add_change(struct str *out, const struct row *row)
{
    str_add(out, "<td class=\"number change\"><b>");
    phrase_add_change(out, row->change);
    str_add(out, "</b> <span class=\"interval\">");
    phrase_add_interval(out, row->change_low, row->change_high);
    str_add(out, "</span></td>");
}

static void add_picture(struct str *out, const struct row *row, double limit)
{
    str_add(out, "<td class=\"picture\">");
    if (row->is_judged) {
        html_add_forest(out, row, limit);
        str_add(out, "<span class=\"margin\">\u00b1");
        phrase_add_share(out, row->margin);
        str_add(out, "</span>");
    }
    str_add(out, "</td>");
}

static void add_row(struct str *out, const struct row *row, double limit)
{
    enum verdict verdict = row->is_judged ? row->verdict : VERDICT_NONE;
    str_addf(out, "<tr class=\"v-%s\">", verdict_name(verdict));
    add_name(out, row);
    str_add(out, "<td class=\"verdict\">");
    html_add_tag(out, verdict);
    str_add(out, "</td>");
    if (row_has_numbers(row)) {
        add_value(out, "base", row, row->base_median);
        add_value(out, "head", row, row->head_median);
        add_change(out, row);
        add_picture(out, row, limit);
    } else {
        str_add(out, "<td class=\"nothing\" colspan=\"4\">no figures</td>");
    }
    str_addf(out, "<td class=\"number pairs\">%zu</td></tr>\n", row->pair_count);
}

static void
open_table(struct str *out, const char *caption, const char *base_head, double limit)
{
    str_addf(
        out,
        "<table class=\"rows\" role=\"table\">\n<caption class=\"unseen\">%s</caption>\n<thead><tr>"
        "<th scope=\"col\">Row</th><th scope=\"col\">Verdict</th>"
        "<th scope=\"col\" class=\"number base\">%s</th>"
        "<th scope=\"col\" class=\"number head\">Head</th>"
        "<th scope=\"col\" class=\"number change\">Change (95 %%)</th>"
        "<th scope=\"col\" class=\"picture\">Against its margin",
        caption, base_head);
    html_add_forest_axis(out, limit);
    str_add(out, "</th><th scope=\"col\" class=\"number pairs\">Pairs</th></tr></thead>\n"
                 "<tbody>\n");
}

static void add_table(struct str *out,
                      const char *caption,
                      const struct ranking *rows,
                      const char *base_head,
                      double limit)
{
    size_t shown = rows->count < HTML_LISTED ? rows->count : HTML_LISTED;
    open_table(out, caption, base_head, limit);
    for (size_t i = 0; i < shown; i++)
        add_row(out, rows->items[i].row, limit);
    str_add(out, "</tbody>\n</table>\n");
}

void html_add_row_table(struct str *out,
                        const char *caption,
                        const struct ranking *rows,
                        const char *base_head)
{
    struct rows all = { 0 };
    double limit = 3;
    for (size_t i = 0; i < rows->count; i++) {
        struct row row = *rows->items[i].row;
        all = (struct rows){ .items = &row, .count = 1 };
        double own = html_scale_limit(&all);
        limit = own > limit ? own : limit;
    }
    add_table(out, caption, rows, base_head, limit);
    html_add_left_out(out, rows->count > HTML_LISTED ? rows->count - HTML_LISTED : 0,
                      "row");
}

void html_add_troubles(struct str *out, const struct result *result)
{
    static const char *const heads[] = { "Benchmark", "What happened", NULL };
    AUTO_TROUBLES struct troubles troubles = { 0 };
    troubles_of(result, &troubles);
    if (!troubles.count)
        return;
    size_t shown = troubles.count < HTML_LISTED ? troubles.count : HTML_LISTED;
    html_open_section(out, "troubles", "Not measured");
    html_open_table(out, "Benchmarks that could not be measured", heads);
    for (size_t i = 0; i < shown; i++) {
        const struct trouble *trouble = &troubles.items[i];
        str_add(out, "<tr>");
        html_add_code_cell(out, trouble->bench_id);
        str_add(out, "<td>");
        html_add_tag(out, trouble->verdict);
        if (*trouble->reason) {
            str_add(out, " ");
            html_add_text(out, trouble->reason);
        }
        str_add(out, "</td></tr>\n");
    }
    html_close_table(out);
    html_add_left_out(out, troubles.count - shown, "benchmark");
    html_close_section(out);
}

static void add_legend(struct str *out, const struct result *result)
{
    str_add(out, "<p class=\"legend\">");
    str_add(out,
            result->baseline
                ? "Base: the mean of the stored sessions\u2019 medians. Change: of "
                  "head\u2019s median from it, with the 95 % prediction interval of one "
                  "more session. "
                : "Medians of base and head; the change is estimated from pairs of runs "
                  "side by side, with its 95 % interval. ");
    str_add(out, "Pictures hold it against each row\u2019s own margin, the grey band: "
                 "\u201c+3\u00d7\u201d is worse by three times the margin, and steps get "
                 "wider with distance.</p>\n");
}

void html_add_rows(struct str *out,
                   const struct result *result,
                   const struct ranking *order)
{
    if (!order->count)
        return;
    html_open_section(out, "rows", "Rows");
    add_legend(out, result);
    str_add(out, "<div id=\"overview\"></div>\n<div id=\"controls\"></div>\n");
    add_table(out, "All rows, worst first", order, result->baseline ? "Stored" : "Base",
              html_scale_limit(&result->rows));
    str_add(out, "<div id=\"more\">");
    html_add_left_out(out, order->count > HTML_LISTED ? order->count - HTML_LISTED : 0,
                      "row");
    str_add(out, "</div>\n");
    html_close_section(out);
}
