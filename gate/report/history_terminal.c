#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/escape.h"
#include "gate/report/history_chart.h"
#include "gate/report/history_phrase.h"
#include "gate/report/history_report.h"
#include "gate/report/terminal_page.h"
#include "gate/stats/change_points.h"

enum {
    DETAIL_INDENT = 3
};

struct page {
    const struct history *history;
    const struct history_row *row;
    size_t width;
    bool use_color;
    struct str *out;
};

static void add_text(const struct page *page, const char *text, size_t indent)
{
    if (*text)
        text_add_wrapped(page->out, text, indent, page->width);
}

static void add_title(const struct page *page)
{
    AUTO_STR struct str title = STR_INIT;
    history_add_name(&title, page->row);
    if (page->use_color)
        str_addf(page->out, TERMINAL_BOLD "%s" TERMINAL_END "\n", title.data);
    else
        str_addf(page->out, "%s\n", title.data);
}

static void add_head(const struct page *page)
{
    AUTO_STR struct str extent = STR_INIT;
    AUTO_STR struct str summary = STR_INIT;
    AUTO_STR struct str creep = STR_INIT;
    add_title(page);
    history_add_extent(&extent, page->history, page->row);
    str_add(&extent, ", in the class ");
    text_add_clean(&extent, page->history->class_name, SHOWN_NAME);
    history_add_summary(&summary, page->row);
    history_add_creep(&creep, page->history, page->row);
    add_text(page, extent.data, 0);
    add_text(page, summary.data, 0);
    add_text(page, creep.data, 0);
    str_add_char(page->out, '\n');
}

static void add_commit(const struct page *page, const char *label, size_t point)
{
    AUTO_STR struct str line = STR_INIT;
    const struct history_commit *commit =
        history_commit_at(page->history, page->row, point);
    str_addf(&line, "   %s  ", label);
    history_add_commit(&line, commit);
    str_add(&line, "  ");
    history_add_date(&line, commit);
    str_add(&line, "  ");
    text_add_clean(&line, commit->subject, SHOWN_NAME);
    text_cut(&line, page->width);
    str_addf(page->out, "%s\n", line.data);
}

/* The commits after the last that was measured, up to the first that was measured again:
 * one of them did it, if the place is right. */
static void add_suspects(const struct page *page, const struct history_change *change)
{
    AUTO_STR struct str line = STR_INIT;
    size_t before = history_commit_at(page->history, page->row, change->point - 1)->age;
    size_t after = history_commit_at(page->history, page->row, change->point)->age;
    if (before - after > 1)
        str_addf(&line, "one of the %zu commits after the former", before - after);
    if (change->last > change->first) {
        str_add(&line, line.length ? "; " : "");
        str_add(&line, "at 95 % somewhere after ");
        history_add_commit(
            &line, history_commit_at(page->history, page->row, change->first - 1));
        str_add(&line, ", up to ");
        history_add_commit(&line,
                           history_commit_at(page->history, page->row, change->last));
        str_addf(&line, " (%zu measured commits)", change->last - change->first + 1);
    }
    add_text(page, line.data, DETAIL_INDENT);
}

static void add_change(const struct page *page, size_t i)
{
    const struct history_change *change = &page->row->changes.items[i];
    const char *color =
        history_is_worse(page->row, change->change) ? TERMINAL_RED : TERMINAL_GREEN;
    AUTO_STR struct str line = STR_INIT;
    history_add_change(&line, change);
    str_add(&line, ": from ");
    history_add_value(&line, page->row, change->before);
    str_add(&line, " to ");
    history_add_value(&line, page->row, change->after);
    str_addf(page->out, "%c  %s%s%s\n", chart_change_mark(i),
             page->use_color ? color : "", line.data,
             page->use_color ? TERMINAL_END : "");
    add_commit(page, "last before", change->point - 1);
    add_commit(page, "first after", change->point);
    add_suspects(page, change);
}

static void add_changes(const struct page *page)
{
    AUTO_STR struct str line = STR_INIT;
    size_t count = page->row->points.count;
    str_add_char(page->out, '\n');
    for (size_t i = 0; i < page->row->changes.count; i++)
        add_change(page, i);
    if (count < 2)
        str_add(&line, "One commit is no trend yet.");
    else if (count < (size_t)2 * CHANGE_LEAST)
        str_addf(&line, "No change can be shown before %d commits have sessions.",
                 2 * CHANGE_LEAST);
    else if (!page->row->changes.count)
        str_add(&line, "No change was found.");
    add_text(page, line.data, 0);
}

void history_terminal(const struct history *history,
                      const struct history_row *row,
                      const struct history_screen *screen,
                      struct str *out)
{
    const struct page page = {
        .history = history,
        .row = row,
        .width =
            screen->width < HISTORY_LEAST_WIDTH ? HISTORY_LEAST_WIDTH : screen->width,
        .use_color = screen->use_color,
        .out = out,
    };
    AUTO_STR struct str left_out = STR_INIT;
    add_head(&page);
    chart_add(row, page.width, out);
    add_changes(&page);
    history_add_left_out(&left_out, history);
    add_text(&page, left_out.data, 0);
}
