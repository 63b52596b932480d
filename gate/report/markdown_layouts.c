#include "gate/base/str.h"
#include "gate/report/escape.h"
#include "gate/report/markdown_page.h"
#include "gate/report/phrase.h"

static void add_change(struct str *line, double change, double low, double high)
{
    phrase_add_change(line, change);
    str_add_char(line, ' ');
    phrase_add_interval(line, low, high);
    str_add(line, " | ");
}

static void
add_row(struct str *line, const struct result *result, const struct layout_row *over)
{
    const struct row *row = rows_find_judged(&result->rows, over->bench_id, over->metric);
    AUTO_STR struct str name = STR_INIT;
    str_addf(&name, "%s %s", over->bench_id ? over->bench_id : "",
             metric_name(over->metric));
    str_add(line, "| ");
    markdown_add_code_cell(line, name.data);
    str_add(line, " | ");
    if (row)
        add_change(line, row->change, row->change_low, row->change_high);
    else
        str_add(line, "– | ");
    if (over->layout_count)
        add_change(line, over->change, over->change_low, over->change_high);
    else
        str_add(line, "– | ");
    str_addf(line, "%s in %zu of %zu | ", over->is_improvement ? "better" : "worse",
             over->beyond_count, over->layout_count);
    phrase_add_share(line, over->layout_share);
    str_addf(line, " | %s |\n", layout_finding_name(over->finding));
}

static void add_introduction(struct str *out, const struct layout_study *study)
{
    str_add(out, "### Other layouts of the code\n\n"
                 "Both sides built with other alignments and orders of functions, the "
                 "same for both: ");
    phrase_add_count(out, study->blocks.count, "layout");
    str_add(
        out,
        ", each measured in pairs of its own and counted once. Beyond: changed by "
        "more than the margin. Spread: what of the differences between the layouts "
        "is not the runs'. Whether the change holds is asked at 5 %.\n\n"
        "| what | as built (95 %) | over layouts (90 %) | beyond | spread by layout | "
        "answer |\n|:--|--:|--:|:--|--:|:--|\n");
}

void page_add_layouts(struct page *page)
{
    const struct layout_study *study = page->result->layouts;
    if (!study || !study->blocks.count)
        return;
    add_introduction(page->out, study);
    size_t shown = 0;
    for (; shown < study->rows.count; shown++) {
        AUTO_STR struct str line = STR_INIT;
        add_row(&line, page->result, &study->rows.items[shown]);
        if (!page_add(page, &line))
            break;
    }
    page_add_left_out(page, study->rows.count - shown, "row");
    str_add(page->out, "\n");
}
