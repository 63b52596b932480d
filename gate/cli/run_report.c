/* What `pawl run` shows. */
#include <math.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/base/units.h"
#include "gate/cli/check.h"
#include "gate/cli/measure_figures.h"
#include "gate/cli/run.h"
#include "gate/report/report.h"
#include "gate/report/terminal_goals.h"
#include "gate/report/terminal_page.h"
#include "gate/store/session.h"
#include "gate/store/session_result.h"

enum {
    SHOWN_REASON = 300
};

enum column {
    COLUMN_ROW,
    COLUMN_MEDIAN,
    COLUMN_LOW,
    COLUMN_HIGH,
    COLUMN_MEAN,
    COLUMN_SD,
    COLUMN_MIN,
    COLUMN_MAX,
    COLUMN_RUNS,
    COLUMN_COUNT
};
static const char *const headings[COLUMN_COUNT] = { "",          "median", "low 95 %",
                                                    "high 95 %", "mean",   "sd",
                                                    "min",       "max",    "runs" };

struct line {
    struct str cells[COLUMN_COUNT];
};
struct lines {
    struct line *items;
    size_t count;
    size_t capacity;
};

static void lines_clear(struct lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        for (enum column c = 0; c < COLUMN_COUNT; c++)
            str_clear(&lines->items[i].cells[c]);
    array_clear(lines);
}

static struct line *add_line(struct lines *lines)
{
    struct line *line = array_push(lines);
    for (enum column c = 0; c < COLUMN_COUNT; c++)
        line->cells[c] = STR_INIT;
    return line;
}

static void add_value(struct str *out, enum metric metric, double value)
{
    if (isfinite(value))
        metric_add_value(out, metric, value);
    else
        str_add(out, "?");
}

static void add_row(const struct bench_result *bench,
                    const struct session_row *row,
                    struct lines *lines)
{
    size_t room = bench->pairs.count + bench->counted_pairs.count;
    AUTO_FREE double *values = xcalloc(room + 1, sizeof *values);
    size_t count = result_values(bench, SIDE_HEAD, row->metric, values);
    struct line *line = add_line(lines);
    struct figures figures;
    figures_of_values(values, count, &figures);
    str_addf(&line->cells[COLUMN_ROW], "%s %s%s", row->bench_id, metric_name(row->metric),
             row->is_judged ? " *" : "");
    add_value(&line->cells[COLUMN_MEDIAN], row->metric, row->median);
    add_value(&line->cells[COLUMN_LOW], row->metric, row->low);
    add_value(&line->cells[COLUMN_HIGH], row->metric, row->high);
    add_value(&line->cells[COLUMN_MEAN], row->metric, figures.mean);
    add_value(&line->cells[COLUMN_SD], row->metric, figures.sd);
    add_value(&line->cells[COLUMN_MIN], row->metric, figures.min);
    add_value(&line->cells[COLUMN_MAX], row->metric, figures.max);
    str_addf(&line->cells[COLUMN_RUNS], "%zu", row->run_count);
}

static void add_lines(const struct lines *lines, struct str *out)
{
    size_t widths[COLUMN_COUNT] = { 0 };
    for (size_t i = 0; i < lines->count; i++) {
        for (enum column c = 0; c < COLUMN_COUNT; c++) {
            size_t width = text_width(lines->items[i].cells[c].data);
            widths[c] = width > widths[c] ? width : widths[c];
        }
    }
    for (size_t i = 0; i < lines->count; i++) {
        text_add_left(out, lines->items[i].cells[COLUMN_ROW].data, widths[COLUMN_ROW]);
        for (enum column c = COLUMN_MEDIAN; c < COLUMN_COUNT; c++) {
            str_add(out, "  ");
            text_add_right(out, lines->items[i].cells[c].data, widths[c]);
        }
        str_add_char(out, '\n');
    }
}

/* In the order of the config, which has its sizes in theirs. */
static void add_rows_of(const struct bench_result *bench,
                        const struct session_rows *rows,
                        struct lines *lines)
{
    for (size_t i = 0; i < rows->count; i++)
        if (str_equal(rows->items[i].bench_id, bench->id))
            add_row(bench, &rows->items[i], lines);
}

static void
add_rows(const struct check *check, const struct session *session, struct str *out)
{
    AUTO(lines_clear) struct lines lines = { 0 };
    struct line *heading = add_line(&lines);
    for (enum column c = 0; c < COLUMN_COUNT; c++)
        str_add(&heading->cells[c], headings[c]);
    for (size_t i = 0; i < check->result.benches.count; i++)
        add_rows_of(&check->result.benches.items[i], &session->head.rows, &lines);
    add_lines(&lines, out);
    str_add(out,
            "\n* judged by its margin: measured until its median is known to half of "
            "that, or runs or budget are spent\n");
}

static void add_gaps(const struct session_side *side, struct str *out)
{
    for (size_t i = 0; i < side->gaps.count; i++) {
        session_gap_describe(side, &side->gaps.items[i], SHOWN_REASON, out);
        str_add_char(out, '\n');
    }
}

static void add_warnings(const struct strvec *warnings, struct str *out)
{
    for (size_t i = 0; i < warnings->count; i++) {
        str_add(out, "warning: ");
        text_add_clean(out, warnings->items[i], 500);
        str_add_char(out, '\n');
    }
}

static size_t count_measured(const struct session_side *head, size_t benches)
{
    for (size_t i = 0; i < head->gaps.count; i++)
        benches -= !session_side_has_rows(head, head->gaps.items[i].bench_id);
    return benches;
}

void run_add_table(const struct check *check,
                   const struct session *session,
                   const struct report_screen *screen,
                   struct str *out)
{
    const struct session_side *head = &session->head;
    size_t benches = check->result.benches.count;
    str_addf(out, "commit %.10s ", head->commit);
    text_add_clean(out, head->is_dirty ? "and uncommitted changes" : head->subject, 80);
    str_addf(out, "\nmachine class %s\n%zu of %zu benches measured in ",
             session->machine_class.name, count_measured(head, benches), benches);
    units_add_duration(out, (double)check->result.measuring_ns * 1e-9);
    str_addf(out, ", seed %llu\n\n", (unsigned long long)session->seed);
    if (head->rows.count)
        add_rows(check, session, out);
    terminal_add_goals(&check->result,
                       terminal_color_of(VERDICT_REGRESSED, screen->use_color),
                       terminal_fit_width(screen->width), out);
    add_gaps(head, out);
    add_warnings(&check->warnings, out);
}
