/* Comparisons for people: a terminal of 100 columns, and markdown. */
#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/cli/compare_phrase.h"
#include "gate/cli/compare_writers.h"
#include "gate/report/escape.h"
#include "gate/report/phrase.h"

enum {
    PAGE_WIDTH = 100,
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
};
struct table {
    struct table_line *items;
    size_t count;
    size_t capacity;
    size_t widths[COLUMN_COUNT];
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
                      const struct comparison_row *row)
{
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
static void measure(struct table *table)
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
    size_t excess = total > PAGE_WIDTH ? total - PAGE_WIDTH : 0;
    size_t *name = &table->widths[COLUMN_NAME];
    if (*name > NAME_AT_LEAST)
        *name = *name > excess + NAME_AT_LEAST ? *name - excess : NAME_AT_LEAST;
}

static void end_line(struct str *out)
{
    while (out->data[out->length - 1] == ' ')
        str_truncate(out, out->length - 1);
    str_add_char(out, '\n');
}

/* A name that is too wide for its column has a line of its own: those of one file often
 * differ only at their ends. */
static void print_wide_name(struct str *out, const struct table *table, size_t index)
{
    const struct table_line *line = &table->items[index];
    str_add(out, "  ");
    text_add_left(out, line->cells[COLUMN_VERDICT].data, table->widths[COLUMN_VERDICT]);
    str_addf(out, "  %s", line->cells[COLUMN_NAME].data);
    end_line(out);
}

static void print_line(struct str *out, const struct table *table, size_t index)
{
    const struct table_line *line = &table->items[index];
    bool is_wide = text_width(line->cells[COLUMN_NAME].data) > table->widths[COLUMN_NAME];
    if (is_wide)
        print_wide_name(out, table, index);
    for (size_t column = 0; column < COLUMN_COUNT; column++) {
        const char *cell = line->cells[column].data;
        str_add(out, "  ");
        if (column == COLUMN_BASE || column == COLUMN_HEAD)
            text_add_right(out, cell, table->widths[column]);
        else
            text_add_left(out, is_wide && column <= COLUMN_NAME ? "" : cell,
                          table->widths[column]);
    }
    end_line(out);
}

static void print_rows(struct str *out, const struct comparison *comparison)
{
    AUTO(table_clear) struct table table = { 0 };
    for (size_t i = 0; i < comparison->count; i++)
        fill_line(array_push(&table), comparison, &comparison->items[i]);
    measure(&table);
    for (size_t i = 0; i < comparison->count; i++) {
        print_line(out, &table, i);
        AUTO_STR struct str reason = STR_INIT;
        text_add_clean(&reason, comparison->items[i].reason, SHOWN_SENTENCE);
        if (reason.length)
            text_add_wrapped(out, reason.data, NOTE_INDENT, PAGE_WIDTH);
    }
}

static void print_file(struct str *out, const char *label, const char *path)
{
    str_addf(out, "%s ", label);
    text_add_clean(out, path, SHOWN_COMMAND);
    str_add_char(out, '\n');
}

void compare_write_terminal(const struct comparison *comparison, struct str *out)
{
    AUTO_STR struct str headline = STR_INIT;
    compare_add_headline(&headline, comparison);
    text_add_wrapped(out, headline.data, 0, PAGE_WIDTH);
    if (comparison->is_paired) {
        print_file(out, "pairs", comparison->base_path);
    } else {
        print_file(out, "base", comparison->base_path);
        print_file(out, "head", comparison->head_path);
    }
    str_add_char(out, '\n');
    print_rows(out, comparison);
    if (comparison->warnings.count)
        str_add_char(out, '\n');
    for (size_t i = 0; i < comparison->warnings.count; i++) {
        AUTO_STR struct str line = STR_INIT;
        str_add(&line, "warning: ");
        text_add_clean(&line, comparison->warnings.items[i], SHOWN_SENTENCE);
        text_add_wrapped(out, line.data, 0, PAGE_WIDTH);
    }
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
