#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/escape.h"
#include "gate/report/headline.h"
#include "gate/report/phrase.h"
#include "gate/report/ranking.h"
#include "gate/report/report.h"
#include "gate/report/terminal_creep.h"
#include "gate/report/terminal_explain.h"
#include "gate/report/terminal_goals.h"
#include "gate/report/terminal_growth.h"
#include "gate/report/terminal_page.h"
#include "gate/report/terminal_programs.h"
#include "gate/report/terminal_side.h"

enum {
    ROWS_AT_MOST = 40,
    NOTES_AT_MOST = 20,
    NOTE_INDENT = 4
};
enum column {
    COLUMN_VERDICT,
    COLUMN_NAME,
    COLUMN_BASE,
    COLUMN_HEAD,
    COLUMN_CHANGE,
    COLUMN_COUNT
};

struct line {
    struct str cells[COLUMN_COUNT];
    enum verdict verdict;
    const char *note; /* may be NULL */
};
struct lines {
    struct line *items;
    size_t count;
    size_t capacity;
};
struct screen {
    struct str *out;
    size_t width;
    bool use_color;
};

static void lines_clear(struct lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        for (size_t column = 0; column < COLUMN_COUNT; column++)
            str_clear(&lines->items[i].cells[column]);
    array_clear(lines);
}

static struct line *
add_line(struct lines *lines, enum verdict verdict, const char *name, const char *note)
{
    struct line *line = array_push(lines);
    for (size_t column = 0; column < COLUMN_COUNT; column++)
        line->cells[column] = STR_INIT;
    str_add(&line->cells[COLUMN_VERDICT], phrase_verdict(verdict));
    text_add_clean(&line->cells[COLUMN_NAME], name, SHOWN_NAME);
    line->verdict = verdict;
    line->note = note;
    return line;
}

static void add_troubles(struct lines *lines, const struct result *result)
{
    AUTO_TROUBLES struct troubles troubles = { 0 };
    troubles_of(result, &troubles);
    for (size_t i = 0; i < troubles.count; i++)
        add_line(lines, troubles.items[i].verdict, troubles.items[i].bench_id,
                 troubles.items[i].reason);
}

static void add_value(struct str *cell, const struct row *row, double value)
{
    AUTO_STR struct str text = STR_INIT;
    phrase_add_row_value(&text, row, value);
    text_add_clean(cell, text.data, SHOWN_VALUE);
}

static void
add_rows(struct lines *lines, const struct result *result, enum verdict verdict)
{
    AUTO_RANKING struct ranking ranking = { 0 };
    ranking_of(result, verdict, &ranking);
    for (size_t i = 0; i < ranking.count; i++) {
        const struct row *row = ranking.items[i].row;
        AUTO_STR struct str name = STR_INIT;
        phrase_add_row_name(&name, row);
        struct line *line = add_line(lines, verdict, name.data, row->reason);
        if (!row_has_numbers(row))
            continue;
        add_value(&line->cells[COLUMN_BASE], row, row->base_median);
        add_value(&line->cells[COLUMN_HEAD], row, row->head_median);
        phrase_add_change(&line->cells[COLUMN_CHANGE], row->change);
        str_add_char(&line->cells[COLUMN_CHANGE], ' ');
        phrase_add_interval(&line->cells[COLUMN_CHANGE], row->change_low,
                            row->change_high);
    }
}

/* How wide each column must be; the names give way where the page is too narrow, to 0
 * where each has to have a line of its own. */
static void measure(const struct lines *lines,
                    size_t count,
                    size_t page_width,
                    size_t widths[COLUMN_COUNT])
{
    size_t total = 2 * COLUMN_COUNT + 2; /* the gaps, that of the arrow wider */
    for (size_t column = 0; column < COLUMN_COUNT; column++) {
        widths[column] = 0;
        for (size_t i = 0; i < count; i++) {
            size_t width = text_width(lines->items[i].cells[column].data);
            if (width > widths[column])
                widths[column] = width;
        }
        total += widths[column];
    }
    size_t excess = total > page_width ? total - page_width : 0;
    size_t name = widths[COLUMN_NAME];
    widths[COLUMN_NAME] = name >= excess + 10 ? name - excess : 0;
    if (!widths[COLUMN_NAME] && total - name + 10 <= page_width)
        widths[COLUMN_NAME] = 10;
}

static void trim_end(struct str *out)
{
    size_t length = out->length;
    while (length && out->data[length - 1] == ' ')
        length--;
    str_truncate(out, length);
}

/* A name that is too wide for its column has a line of its own: those of one harness
 * often differ only at their ends, where the metric stands too. */
static void print_wide_name(const struct screen *screen,
                            struct line *line,
                            const size_t widths[COLUMN_COUNT])
{
    struct str *verdict = &line->cells[COLUMN_VERDICT];
    struct str *name = &line->cells[COLUMN_NAME];
    struct terminal_color color = terminal_color_of(line->verdict, screen->use_color);
    text_cut(name, screen->width - 4 - widths[COLUMN_VERDICT]);
    str_addf(screen->out, "  %s", color.begin);
    text_add_left(screen->out, verdict->data, widths[COLUMN_VERDICT]);
    str_addf(screen->out, "%s  %s\n", color.end, name->data);
    str_reset(verdict);
    str_reset(name);
}

static void print_cells(const struct screen *screen,
                        const struct line *line,
                        const size_t widths[COLUMN_COUNT])
{
    struct str *out = screen->out;
    struct terminal_color color = terminal_color_of(line->verdict, screen->use_color);
    bool has_names = widths[COLUMN_NAME];
    str_add(out, has_names ? "" : "  ");
    for (size_t column = has_names ? 0 : COLUMN_BASE; column < COLUMN_COUNT; column++) {
        bool is_colored = column == COLUMN_VERDICT;
        bool has_arrow = column == COLUMN_HEAD && line->cells[column].length;
        str_add(out, has_arrow ? " -> " : column == COLUMN_HEAD ? "    " : "  ");
        str_add(out, is_colored ? color.begin : "");
        if (column == COLUMN_BASE || column == COLUMN_HEAD)
            text_add_right(out, line->cells[column].data, widths[column]);
        else
            text_add_left(out, line->cells[column].data, widths[column]);
        str_add(out, is_colored ? color.end : "");
    }
    trim_end(out);
    str_add_char(out, '\n');
}

static void print_line(const struct screen *screen,
                       struct line *line,
                       const size_t widths[COLUMN_COUNT])
{
    bool is_wide = text_width(line->cells[COLUMN_NAME].data) > widths[COLUMN_NAME];
    if (is_wide)
        print_wide_name(screen, line, widths);
    if (!is_wide || line->cells[COLUMN_CHANGE].length)
        print_cells(screen, line, widths);
    if (line->note && *line->note) {
        AUTO_STR struct str note = STR_INIT;
        text_add_clean(&note, line->note, SHOWN_SENTENCE);
        text_add_wrapped(screen->out, note.data, widths[COLUMN_VERDICT] + NOTE_INDENT,
                         screen->width);
    }
}

static void print_lines(const struct screen *screen, struct lines *lines)
{
    size_t widths[COLUMN_COUNT];
    size_t count = lines->count < ROWS_AT_MOST ? lines->count : ROWS_AT_MOST;
    measure(lines, count, screen->width, widths);
    for (size_t i = 0; i < count; i++)
        print_line(screen, &lines->items[i], widths);
    if (lines->count > count)
        str_addf(screen->out, "  … and %zu more like these\n", lines->count - count);
}

static void print_rows(const struct screen *screen, const struct result *result)
{
    AUTO(lines_clear) struct lines lines = { 0 };
    add_troubles(&lines, result);
    add_rows(&lines, result, VERDICT_REGRESSED);
    add_rows(&lines, result, VERDICT_INCONCLUSIVE);
    add_rows(&lines, result, VERDICT_LAYOUT_SENSITIVE);
    add_rows(&lines, result, VERDICT_WAIVED);
    add_rows(&lines, result, VERDICT_IMPROVED);
    if (!lines.count)
        return;
    str_add(screen->out, "\n");
    print_lines(screen, &lines);
}

static void print_control(const struct screen *screen, const struct result *result)
{
    AUTO(lines_clear) struct lines lines = { 0 };
    if (!result->control || !result->control->rows.count)
        return;
    const struct result view = { .rows = result->control->rows };
    AUTO_FREE char *coverage = rows_coverage(&view.rows);
    AUTO_FREE char *line = str_format(
        "control (base against a copy of itself): %s. %s", coverage,
        result_discrediting(result) ? "Something went wrong in measuring:"
                                    : "None was seen to differ by more than its margin.");
    str_add(screen->out, "\n");
    text_add_wrapped(screen->out, line, 0, screen->width);
    add_rows(&lines, &view, VERDICT_FAILED);
    add_rows(&lines, &view, VERDICT_REGRESSED);
    add_rows(&lines, &view, VERDICT_IMPROVED);
    if (lines.count)
        print_lines(screen, &lines);
}

static void
add_counted(struct str *line, size_t count, const char *what, const char *rest)
{
    if (!count)
        return;
    str_add(line, line->length ? ", " : "");
    phrase_add_count(line, count, what);
    str_addf(line, " %s", rest);
}

static void print_counts(const struct screen *screen, const struct result *result)
{
    AUTO_STR struct str line = STR_INIT;
    struct tally tally = tally_of(result);
    add_counted(&line, tally.rows[VERDICT_OK], "row", "ok");
    add_counted(&line, tally.benches[VERDICT_IDENTICAL], "benchmark", "identical");
    add_counted(&line, tally.benches[VERDICT_NEW], "benchmark", "new");
    add_counted(&line, tally.benches[VERDICT_REMOVED], "benchmark", "removed");
    add_counted(&line, tally.shown_only, "row", "not judged");
    AUTO_STR struct str elapsed = STR_INIT;
    phrase_add_elapsed(&elapsed, result);
    str_addf(&line, "%s%s", line.length ? "; " : "", elapsed.data);
    str_add(screen->out, "\n");
    text_add_wrapped(screen->out, line.data, 0, screen->width);
    AUTO_STR struct str discards = STR_INIT;
    phrase_add_discards(&discards, result);
    if (discards.length)
        text_add_wrapped(screen->out, discards.data, 2, screen->width);
}

static void print_note(const struct screen *screen, const char *label, const char *text)
{
    AUTO_STR struct str line = STR_INIT;
    str_add(&line, label);
    text_add_clean(&line, text, SHOWN_SENTENCE);
    text_add_wrapped(screen->out, line.data, 2, screen->width);
}

static void
print_list(const struct screen *screen, const char *label, const struct strvec *items)
{
    for (size_t i = 0; i < items->count && i < NOTES_AT_MOST; i++)
        print_note(screen, label, items->items[i]);
    if (items->count > NOTES_AT_MOST)
        str_addf(screen->out, "  %s… and %zu more\n", label,
                 items->count - NOTES_AT_MOST);
}

static void print_headline(const struct screen *screen, const struct result *result)
{
    AUTO_HEADLINE struct headline headline = HEADLINE_INIT;
    const struct report_screen page = { screen->width, screen->use_color };
    headline_of(result, &headline);
    terminal_add_answer(&page, result->verdict, headline.answer.data,
                        headline.detail.data, screen->out);
}

void report_screen(const struct result *result,
                   const struct report_screen *wanted,
                   struct str *out)
{
    struct screen screen = { .out = out,
                             .width = terminal_fit_width(wanted->width),
                             .use_color = wanted->use_color };
    print_headline(&screen, result);
    terminal_add_side("base", &result->base, result->base_rule, screen.width, out);
    terminal_add_side("head", &result->head, NULL, screen.width, out);
    terminal_add_baseline(result, screen.width, out);
    bool is_trusted = !result_discrediting(result);
    if (!is_trusted)
        print_control(&screen, result);
    print_rows(&screen, result);
    struct terminal_color red = terminal_color_of(VERDICT_REGRESSED, wanted->use_color);
    terminal_add_worse_growth(result, red, screen.width, out);
    terminal_add_explanations(result, screen.width, out);
    terminal_add_creep(result, red, screen.width, out);
    if (is_trusted)
        print_control(&screen, result);
    terminal_add_growth(result, screen.width, out);
    print_counts(&screen, result);
    terminal_add_goals(result, red, screen.width, out);
    terminal_add_waivers(result, screen.width, out);
    terminal_add_programs(&result->programs, screen.width, out);
    if (result->config_rule)
        print_note(&screen, "", result->config_rule);
    print_list(&screen, "changed rule: ", &result->config_changes);
    print_list(&screen, "warning: ", &result->warnings);
}

void report_verdict_line(const struct result *result, bool use_color, struct str *out)
{
    AUTO_HEADLINE struct headline headline = HEADLINE_INIT;
    headline_of(result, &headline);
    terminal_add_answer_line(use_color, result->verdict, headline.answer.data,
                             headline.detail.data, out);
}
