#include "gate/base/str.h"
#include "gate/report/baseline_phrase.h"
#include "gate/report/escape.h"
#include "gate/report/markdown_page.h"
#include "gate/report/phrase.h"

static void add_item(struct page *page, const struct str *text, size_t *left_out)
{
    AUTO_STR struct str line = STR_INIT;
    markdown_add_item(&line, text->data);
    *left_out += !page_add(page, &line);
}

static void add_sessions(struct page *page, const struct baseline *baseline)
{
    size_t left_out = 0;
    for (size_t i = 0; i < baseline->sessions.count; i++) {
        AUTO_STR struct str text = STR_INIT;
        baseline_add_session(&text, &baseline->sessions.items[i]);
        add_item(page, &text, &left_out);
    }
    page_add_left_out(page, left_out, "session");
}

static void add_rows(struct page *page, const struct baseline *baseline)
{
    size_t left_out = 0;
    for (size_t i = 0; i < baseline->rows.count; i++) {
        AUTO_STR struct str text = STR_INIT;
        baseline_add_row(&text, &baseline->rows.items[i]);
        add_item(page, &text, &left_out);
    }
    page_add_left_out(page, left_out, "row");
}

void page_add_baseline(struct page *page)
{
    const struct baseline *baseline = page->result->baseline;
    AUTO_STR struct str summary = STR_INIT;
    if (!baseline)
        return;
    baseline_add_summary(&summary, baseline);
    str_add(page->out,
            "### Stored sessions in base's place\n\nBase was not measured: head "
            "was held against ");
    markdown_add_prose(page->out, summary.data);
    str_add(page->out, ".\n\n");
    add_rows(page, baseline);
    str_add(page->out, "\n");
    page_add_trends(page);
    str_add(page->out, "<details><summary>The sessions</summary>\n\n");
    add_sessions(page, baseline);
    str_add(page->out, "\n</details>\n\n");
}
