/* Comparisons for people: at a terminal, and as markdown. */
#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/cli/compare_phrase.h"
#include "gate/cli/compare_writers.h"
#include "gate/report/escape.h"
#include "gate/report/phrase.h"
#include "gate/report/report.h"
#include "gate/report/terminal_page.h"

enum {
    NOTE_INDENT = 6,
    NAME_AT_LEAST = 20
};
enum column {
    COLUMN_VERDICT,
    COLUMN_NAME,
    COLUMN_QUANTITY,
    COLUMN_BASE,
    COLUMN_HEAD,
    COLUMN_CHANGE,
    COLUMN_COUNTS,
    COLUMN_COUNT
};

struct table_line {
    struct str cells[COLUMN_COUNT];
    struct terminal_color color; /* of its verdict */
};
struct table {
    struct table_line *items;
    size_t count;
    size_t capacity;
    size_t widths[COLUMN_COUNT];
    bool is_narrow; /* the page has no room for columns */
};

static void table_clear(struct table *table)
{
    for (size_t i = 0; i < table->count; i++)
        for (size_t column = 0; column < COLUMN_COUNT; column++)
            str_clear(&table->items[i].cells[column]);
    array_clear(table);
}

static void fill_line(struct table_line *line,
                      const struct comparison *comparison,
                      const struct comparison_row *row,
                      bool use_color)
{
    line->color = terminal_color_of(row->verdict, use_color);
    for (size_t column = 0; column < COLUMN_COUNT; column++)
        line->cells[column] = STR_INIT;
    str_add(&line->cells[COLUMN_VERDICT], phrase_verdict(row->verdict));
    text_add_clean(&line->cells[COLUMN_NAME], row->name, SHOWN_NAME);
    str_add(&line->cells[COLUMN_QUANTITY], row->quantity);
    if (!row->base_count || !row->head_count)
        return;
    compare_add_value(&line->cells[COLUMN_BASE], row->unit, row->base_median);
    compare_add_value(&line->cells[COLUMN_HEAD], row->unit, row->head_median);
    compare_add_change(&line->cells[COLUMN_CHANGE], row);
    compare_add_counts(&line->cells[COLUMN_COUNTS], comparison, row);
}

/* The names give way where the page is too narrow. */
static void measure(struct table *table, size_t page_width)
{
    size_t total = (size_t)2 * COLUMN_COUNT;
    for (size_t column = 0; column < COLUMN_COUNT; column++) {
        for (size_t i = 0; i < table->count; i++) {
            size_t width = text_width(table->items[i].cells[column].data);
            if (width > table->widths[column])
                table->widths[column] = width;
        }
        total += table->widths[column];
    }
    size_t excess = total > page_width ? total - page_width : 0;
    size_t *name = &table->widths[COLUMN_NAME];
    size_t least = *name < NAME_AT_LEAST ? *name : NAME_AT_LEAST;
    table->is_narrow = excess > *name - least;
    *name -= table->is_narrow ? 0 : excess;
}

static void end_line(struct str *out)
{
    while (out->data[out->length - 1] == ' ')
        str_truncate(out, out->length - 1);
    str_add_char(out, '\n');
}

static void
print_verdict(struct str *out, const struct table *table, const struct table_line *line)
{
    str_addf(out, "  %s", line->color.begin);
    text_add_left(out, line->cells[COLUMN_VERDICT].data, table->widths[COLUMN_VERDICT]);
    str_add(out, line->color.end);
}

/* A name that is too wide for its column has a line of its own: those of one file often
 * differ only at their ends. */
static void print_name(struct str *out,
                       const struct table *table,
                       const struct table_line *line,
                       bool is_wide)
{
    const char *name = line->cells[COLUMN_NAME].data;
    print_verdict(out, table, line);
    str_add(out, "  ");
    if (!is_wide) {
        text_add_left(out, name, table->widths[COLUMN_NAME]);
        return;
    }
    str_add(out, name);
    end_line(out);
    text_add_left(out, "",
                  4 + table->widths[COLUMN_VERDICT] + table->widths[COLUMN_NAME]);
}

static void
print_line(struct str *out, const struct table *table, const struct table_line *line)
{
    bool is_wide = text_width(line->cells[COLUMN_NAME].data) > table->widths[COLUMN_NAME];
    print_name(out, table, line, is_wide);
    for (size_t column = COLUMN_QUANTITY; column < COLUMN_COUNT; column++) {
        const char *cell = line->cells[column].data;
        str_add(out, "  ");
        if (column == COLUMN_BASE || column == COLUMN_HEAD)
            text_add_right(out, cell, table->widths[column]);
        else
            text_add_left(out, cell, table->widths[column]);
    }
    end_line(out);
}

/* What it is in one line, its numbers in those below. */
static void print_narrow(struct str *out,
                         const struct table *table,
                         const struct table_line *line,
                         size_t width)
{
    AUTO_STR struct str name = STR_INIT;
    AUTO_STR struct str numbers = STR_INIT;
    str_addf(&name, "%s %s", line->cells[COLUMN_NAME].data,
             line->cells[COLUMN_QUANTITY].data);
    text_cut(&name, width - 4 - table->widths[COLUMN_VERDICT]);
    print_verdict(out, table, line);
    str_addf(out, "  %s", name.data);
    end_line(out);
    if (!line->cells[COLUMN_BASE].length)
        return;
    str_addf(&numbers, "%s -> %s  %s  %s", line->cells[COLUMN_BASE].data,
             line->cells[COLUMN_HEAD].data, line->cells[COLUMN_CHANGE].data,
             line->cells[COLUMN_COUNTS].data);
    text_add_wrapped(out, numbers.data, NOTE_INDENT, width);
}

static void print_rows(const struct report_screen *screen,
                       const struct comparison *comparison,
                       struct str *out)
{
    AUTO(table_clear) struct table table = { 0 };
    for (size_t i = 0; i < comparison->count; i++)
        fill_line(array_push(&table), comparison, &comparison->items[i],
                  screen->use_color);
    measure(&table, screen->width);
    for (size_t i = 0; i < comparison->count; i++) {
        if (table.is_narrow)
            print_narrow(out, &table, &table.items[i], screen->width);
        else
            print_line(out, &table, &table.items[i]);
        AUTO_STR struct str reason = STR_INIT;
        text_add_clean(&reason, comparison->items[i].reason, SHOWN_SENTENCE);
        if (reason.length)
            text_add_wrapped(out, reason.data, NOTE_INDENT, screen->width);
    }
}

static void print_file(struct str *out, const char *label, const char *path)
{
    str_addf(out, "%s ", label);
    text_add_clean(out, path, SHOWN_COMMAND);
    str_add_char(out, '\n');
}

static void print_warning(struct str *out, const char *warning, size_t width)
{
    AUTO_STR struct str line = STR_INIT;
    str_add(&line, "warning: ");
    text_add_clean(&line, warning, SHOWN_SENTENCE);
    text_add_wrapped(out, line.data, 0, width);
}

void compare_write_screen(const struct comparison *comparison,
                          const struct report_screen *wanted,
                          struct str *out)
{
    AUTO_STR struct str headline = STR_INIT;
    const struct report_screen screen = { terminal_fit_width(wanted->width),
                                          wanted->use_color };
    compare_add_headline(&headline, comparison);
    terminal_add_answer(&screen, comparison->verdict, headline.data, "", out);
    if (comparison->is_paired) {
        print_file(out, "pairs", comparison->base_path);
    } else {
        print_file(out, "base", comparison->base_path);
        print_file(out, "head", comparison->head_path);
    }
    str_add_char(out, '\n');
    print_rows(&screen, comparison, out);
    if (comparison->warnings.count)
        str_add_char(out, '\n');
    for (size_t i = 0; i < comparison->warnings.count; i++)
        print_warning(out, comparison->warnings.items[i], screen.width);
}

void compare_write_terminal(const struct comparison *comparison, struct str *out)
{
    const struct report_screen usual = { REPORT_USUAL, false };
    compare_write_screen(comparison, &usual, out);
}

static void add_markdown_row(struct str *out,
                             const struct comparison *comparison,
                             const struct comparison_row *row)
{
    AUTO_STR struct str name = STR_INIT;
    str_addf(&name, "%s %s", row->name, row->quantity);
    str_add(out, "| ");
    markdown_add_code_cell(out, name.data);
    str_addf(out, " | %s", phrase_verdict(row->verdict));
    if (*row->reason) {
        str_add(out, ": ");
        markdown_add_prose(out, row->reason);
    }
    str_add(out, " | ");
    if (row->base_count && row->head_count) {
        compare_add_value(out, row->unit, row->base_median);
        str_add(out, " | ");
        compare_add_value(out, row->unit, row->head_median);
        str_add(out, " | ");
    } else {
        str_add(out, " | | ");
    }
    compare_add_change(out, row);
    str_add(out, " | ");
    compare_add_counts(out, comparison, row);
    str_add(out, " |\n");
}

void compare_write_markdown(const struct comparison *comparison, struct str *out)
{
    str_add(out, "**");
    compare_add_headline(out, comparison);
    str_add(out, "**\n\n- base ");
    markdown_add_code(out, comparison->base_path);
    str_add(out, "\n- head ");
    markdown_add_code(out, comparison->head_path);
    str_add(out, "\n\n| what | verdict | base | head | change (95 %) | from |\n"
                 "|:--|:--|--:|--:|--:|--:|\n");
    for (size_t i = 0; i < comparison->count; i++)
        add_markdown_row(out, comparison, &comparison->items[i]);
    str_add_char(out, '\n');
    compare_add_error_rates(out, comparison);
    str_add_char(out, '\n');
    if (comparison->warnings.count)
        str_add(out, "\n### Warnings\n\n");
    for (size_t i = 0; i < comparison->warnings.count; i++)
        markdown_add_item(out, comparison->warnings.items[i]);
}
