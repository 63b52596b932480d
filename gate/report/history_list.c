#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/escape.h"
#include "gate/report/history_phrase.h"
#include "gate/report/history_report.h"
#include "gate/report/phrase.h"
#include "gate/report/terminal_page.h"

enum list_column {
    LIST_CHANGE, /* the largest */
    LIST_SINCE,
    LIST_NAME,
    LIST_NOW,
    LIST_ALL, /* from the first level to the last */
    LIST_COUNT
};

struct list_line {
    struct str cells[LIST_COUNT];
    const char *color;
};

static double size_of(const struct history_row *row)
{
    const struct history_change *largest = history_largest_change(row);
    return largest ? fabs(log1p(largest->change)) : 0;
}

/* The largest change first; without changes as they came. */
static int compare_rows(const void *a, const void *b)
{
    const struct history_row *one = *(const struct history_row *const *)a;
    const struct history_row *two = *(const struct history_row *const *)b;
    double first = size_of(one);
    double second = size_of(two);
    if (first > second || first < second)
        return first > second ? -1 : 1;
    return (one > two) - (one < two);
}

static void fill_change(const struct history *history,
                        const struct history_row *row,
                        struct list_line *line)
{
    const struct history_change *largest = history_largest_change(row);
    if (!largest) {
        str_add(&line->cells[LIST_CHANGE], "-");
        return;
    }
    const struct history_commit *commit = history_commit_at(history, row, largest->point);
    phrase_add_change(&line->cells[LIST_CHANGE], largest->change);
    history_add_date(&line->cells[LIST_SINCE], commit);
    str_add_char(&line->cells[LIST_SINCE], ' ');
    history_add_commit(&line->cells[LIST_SINCE], commit);
    phrase_add_change(&line->cells[LIST_ALL], history_total_change(row));
    str_add(&line->cells[LIST_ALL], " in all, ");
    str_add_counted(&line->cells[LIST_ALL], row->changes.count, "change");
    line->color = history_is_worse(row, largest->change) ? TERMINAL_RED : TERMINAL_GREEN;
}

static void
fill(const struct history *history, const struct history_row *row, struct list_line *line)
{
    for (size_t i = 0; i < LIST_COUNT; i++)
        line->cells[i] = STR_INIT;
    line->color = "";
    fill_change(history, row, line);
    history_add_name(&line->cells[LIST_NAME], row);
    history_add_value(&line->cells[LIST_NOW], row,
                      row->points.items[row->points.count - 1].level);
}

static void clear_lines(struct list_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t column = 0; column < LIST_COUNT; column++)
            str_clear(&lines[i].cells[column]);
}

/* Names give way where the screen is narrow. */
static void measure(const struct list_line *lines,
                    size_t count,
                    size_t width,
                    size_t widths[LIST_COUNT])
{
    size_t total = (size_t)2 * (LIST_COUNT - 1);
    for (size_t column = 0; column < LIST_COUNT; column++) {
        widths[column] = 0;
        for (size_t i = 0; i < count; i++) {
            size_t own = text_width(lines[i].cells[column].data);
            widths[column] = own > widths[column] ? own : widths[column];
        }
        total += widths[column];
    }
    size_t excess = total > width ? total - width : 0;
    size_t name = widths[LIST_NAME];
    if (excess && name > 10)
        widths[LIST_NAME] = name > excess + 10 ? name - excess : 10;
}

static void print(struct list_line *line,
                  const size_t widths[LIST_COUNT],
                  bool use_color,
                  struct str *out)
{
    AUTO_STR struct str text = STR_INIT;
    bool is_colored = use_color && *line->color;
    text_cut(&line->cells[LIST_NAME], widths[LIST_NAME]);
    str_add(out, is_colored ? line->color : "");
    text_add_right(out, line->cells[LIST_CHANGE].data, widths[LIST_CHANGE]);
    str_add(out, is_colored ? TERMINAL_END : "");
    for (size_t column = LIST_SINCE; column < LIST_COUNT; column++) {
        str_add(&text, "  ");
        if (column == LIST_NOW)
            text_add_right(&text, line->cells[column].data, widths[column]);
        else
            text_add_left(&text, line->cells[column].data, widths[column]);
    }
    while (text.length && text.data[text.length - 1] == ' ')
        str_truncate(&text, text.length - 1);
    str_addf(out, "%s\n", text.data);
}

static void
print_head(const struct history_selection *selection, size_t width, struct str *out)
{
    AUTO_STR struct str head = STR_INIT;
    size_t changed = 0;
    for (size_t i = 0; i < selection->count; i++)
        changed += selection->rows[i]->changes.count > 0;
    str_addf(&head, "%zu of ", changed);
    str_add_counted(&head, selection->count, "row");
    str_add(&head, " changed, in ");
    str_add_counted(&head, selection->history->session_count, "session");
    str_add(&head, " of ");
    str_add_counted(&head, selection->history->commits.count, "commit");
    str_add(&head, " in the class ");
    text_add_clean(&head, selection->history->class_name, SHOWN_NAME);
    text_add_wrapped(out, head.data, 0, width);
    str_add_char(out, '\n');
}

void history_list(const struct history_selection *selection,
                  const struct history_screen *screen,
                  struct str *out)
{
    size_t widths[LIST_COUNT];
    size_t count = selection->count;
    size_t width =
        screen->width < HISTORY_LEAST_WIDTH ? HISTORY_LEAST_WIDTH : screen->width;
    AUTO_STR struct str left_out = STR_INIT;
    AUTO_FREE const struct history_row **rows =
        xcalloc(count, sizeof(struct history_row *));
    AUTO_FREE struct list_line *lines = xcalloc(count, sizeof *lines);
    print_head(selection, width, out);
    for (size_t i = 0; i < count; i++)
        rows[i] = selection->rows[i];
    if (count > 1)
        qsort(rows, count, sizeof(struct history_row *), compare_rows);
    for (size_t i = 0; i < count; i++)
        fill(selection->history, rows[i], &lines[i]);
    measure(lines, count, width, widths);
    for (size_t i = 0; i < count; i++)
        print(&lines[i], widths, screen->use_color, out);
    clear_lines(lines, count);
    history_add_left_out(&left_out, selection->history);
    if (left_out.length)
        text_add_wrapped(out, left_out.data, 0, width);
}
