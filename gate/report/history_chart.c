#include "gate/report/history_chart.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/history_phrase.h"
#include "gate/stats/robust.h"

#define SPREADS 6.0 /* what lies further from all levels is beyond the chart */

enum {
    WIDEST_STEP = 4, /* columns from point to point, where there is room */
    LABEL_EVERY = 4  /* lines */
};

struct chart {
    const struct history_row *row;
    const char **cells; /* CHART_HEIGHT lines of columns */
    size_t columns;
    size_t step;   /* columns a point; 0: several points share a column */
    double lowest; /* logarithms, of the first and the last line */
    double highest;
};

static double log_of(const struct chart *chart, double value)
{
    return history_log(chart->row->metric, value);
}

static size_t column_of(const struct chart *chart, size_t point)
{
    return chart->step ? point * chart->step
                       : point * chart->columns / chart->row->points.count;
}

/* From the top. Values beyond the chart are on its first or last line. */
static size_t line_of(const struct chart *chart, double log_value)
{
    double height = chart->highest - chart->lowest;
    double share = height > 0 ? (chart->highest - log_value) / height : 0.5;
    double line = round(share * (CHART_HEIGHT - 1));
    return (size_t)fmin(fmax(line, 0), CHART_HEIGHT - 1);
}

static const char **cell_at(struct chart *chart, size_t line, size_t column)
{
    return &chart->cells[line * chart->columns + column];
}

static void set_scale(struct chart *chart)
{
    const struct history_points *points = &chart->row->points;
    double least = (double)INFINITY;
    double most = -(double)INFINITY;
    double low = (double)INFINITY;
    double high = -(double)INFINITY;
    for (size_t i = 0; i < points->count; i++) {
        double value = log_of(chart, points->items[i].value);
        double level = log_of(chart, chart->row->points.items[i].level);
        least = fmin(least, value);
        most = fmax(most, value);
        low = fmin(low, level - SPREADS * chart->row->spread);
        high = fmax(high, level + SPREADS * chart->row->spread);
    }
    chart->lowest = fmax(least, low);
    chart->highest = fmin(most, high);
    if (chart->highest - chart->lowest < 1e-12) { /* all alike: in the middle */
        chart->lowest -= 0.01;
        chart->highest += 0.01;
    }
}

static void chart_init(struct chart *chart, const struct history_row *row, size_t columns)
{
    size_t count = row->points.count;
    *chart = (struct chart){ .row = row, .columns = columns };
    chart->step = columns / count < WIDEST_STEP ? columns / count : WIDEST_STEP;
    if (chart->step)
        chart->columns = (count - 1) * chart->step + 1;
    chart->cells = xcalloc(CHART_HEIGHT * chart->columns, sizeof *chart->cells);
    set_scale(chart);
}

static void chart_clear(struct chart *chart)
{
    free(chart->cells);
}

/* The points that share a column. */
struct bundle {
    size_t first;
    size_t end;
    size_t column;
};

static struct bundle bundle_at(const struct chart *chart, size_t first)
{
    struct bundle bundle = { first, first + 1, column_of(chart, first) };
    while (bundle.end < chart->row->points.count &&
           column_of(chart, bundle.end) == bundle.column)
        bundle.end++;
    return bundle;
}

static void draw_bar(struct chart *chart, size_t column, double low, double high)
{
    for (size_t line = line_of(chart, high); line <= line_of(chart, low); line++)
        *cell_at(chart, line, column) = "│";
}

/* Intervals without an end reach no further than the value. */
static void draw_interval(struct chart *chart, size_t point)
{
    const struct history_point *at = &chart->row->points.items[point];
    if (isfinite(at->low) && isfinite(at->high))
        draw_bar(chart, column_of(chart, point), log_of(chart, at->low),
                 log_of(chart, at->high));
}

/* The logarithms of the points that share a column; the caller's. */
static double *logs_of_bundle(const struct chart *chart, const struct bundle *bundle)
{
    size_t count = bundle->end - bundle->first;
    double *logs = xcalloc(count, sizeof *logs);
    for (size_t i = 0; i < count; i++)
        logs[i] = log_of(chart, chart->row->points.items[bundle->first + i].value);
    return logs;
}

/* Where points have a column each and no more, they show their spread by themselves. */
static void draw_spread(struct chart *chart, const struct bundle *bundle)
{
    size_t count = bundle->end - bundle->first;
    AUTO_FREE double *logs = logs_of_bundle(chart, bundle);
    if (chart->step > 1)
        draw_interval(chart, bundle->first);
    else if (count > 1)
        draw_bar(chart, bundle->column, robust_quantile(logs, count, 0.25),
                 robust_quantile(logs, count, 0.75));
}

static void draw_point(struct chart *chart, const struct bundle *bundle)
{
    size_t count = bundle->end - bundle->first;
    AUTO_FREE double *logs = logs_of_bundle(chart, bundle);
    double value = robust_median(logs, count);
    const char *sign = value > chart->highest + 1e-12  ? "▲"
                       : value < chart->lowest - 1e-12 ? "▼"
                                                       : "•";
    *cell_at(chart, line_of(chart, value), bundle->column) = sign;
}

static void draw_levels(struct chart *chart)
{
    size_t count = chart->row->points.count;
    for (size_t i = 0; i < count; i++) {
        size_t line = line_of(chart, log_of(chart, chart->row->points.items[i].level));
        size_t column = column_of(chart, i);
        size_t end = i + 1 < count ? column_of(chart, i + 1) : chart->columns;
        for (; column < end; column++)
            *cell_at(chart, line, column) = "─";
    }
}

/* Between the last point before and the first after, where there is room. */
static size_t change_column(const struct chart *chart, size_t change)
{
    size_t column = column_of(chart, chart->row->changes.items[change].point);
    return chart->step > 1 ? column - chart->step / 2 : column;
}

static void draw_changes(struct chart *chart)
{
    for (size_t i = 0; i < chart->row->changes.count; i++) {
        for (size_t line = 0; line < CHART_HEIGHT; line++)
            *cell_at(chart, line, change_column(chart, i)) = "┆";
    }
}

static void draw(struct chart *chart)
{
    draw_levels(chart);
    draw_changes(chart);
    for (size_t first = 0; first < chart->row->points.count;) {
        struct bundle bundle = bundle_at(chart, first);
        draw_spread(chart, &bundle);
        first = bundle.end;
    }
    for (size_t first = 0; first < chart->row->points.count;) {
        struct bundle bundle = bundle_at(chart, first);
        draw_point(chart, &bundle);
        first = bundle.end;
    }
}

static void add_label(const struct chart *chart, size_t line, struct str *out)
{
    double share = (double)line / (CHART_HEIGHT - 1);
    double log_value = chart->highest - share * (chart->highest - chart->lowest);
    bool has_zeros = !(metric_info(chart->row->metric)->smallest > 0);
    history_add_value(out, chart->row, has_zeros ? expm1(log_value) : exp(log_value));
}

static bool has_label(size_t line)
{
    return line % LABEL_EVERY == 0 || line == CHART_HEIGHT - 1;
}

static size_t label_width(const struct chart *chart)
{
    size_t width = 0;
    for (size_t line = 0; line < CHART_HEIGHT; line++) {
        AUTO_STR struct str label = STR_INIT;
        add_label(chart, line, &label);
        size_t own = text_width(label.data);
        width = has_label(line) && own > width ? own : width;
    }
    return width;
}

static void add_line(struct chart *chart, size_t line, size_t labels, struct str *out)
{
    AUTO_STR struct str label = STR_INIT;
    if (has_label(line))
        add_label(chart, line, &label);
    text_add_right(out, label.data, labels);
    str_add(out, has_label(line) ? " ┤" : " │");
    size_t end = chart->columns;
    while (end && !*cell_at(chart, line, end - 1))
        end--;
    for (size_t column = 0; column < end; column++) {
        const char *cell = *cell_at(chart, line, column);
        str_add(out, cell ? cell : " ");
    }
    str_add_char(out, '\n');
}

char chart_change_mark(size_t i)
{
    static const char marks[] = "123456789abcdefghijklmnopqrstuvwxyz*";
    return marks[i < sizeof marks - 1 ? i : sizeof marks - 2];
}

/* Changes that share a column share a mark: the first one's. */
static void add_axis(const struct chart *chart, size_t labels, struct str *out)
{
    AUTO_STR struct str marks = STR_INIT;
    AUTO_FREE bool *has_change = xcalloc(chart->columns, sizeof *has_change);
    for (size_t i = 0; i < chart->row->changes.count; i++) {
        size_t column = change_column(chart, i);
        if (has_change[column])
            continue;
        has_change[column] = true;
        while (marks.length < column)
            str_add_char(&marks, ' ');
        str_add_char(&marks, chart_change_mark(i));
    }
    text_add_right(out, "", labels);
    str_add(out, " └");
    for (size_t column = 0; column < chart->columns; column++)
        str_add(out, has_change[column] ? "┴" : "─");
    str_add_char(out, '\n');
    if (!marks.length)
        return;
    text_add_right(out, "", labels + 2);
    str_addf(out, "%s\n", marks.data);
}

void chart_add(const struct history_row *row, size_t width, struct str *out)
{
    struct chart scale = { .row = row };
    set_scale(&scale);
    size_t labels = label_width(&scale);
    AUTO(chart_clear) struct chart chart;
    chart_init(&chart, row, width > labels + 12 ? width - labels - 2 : 10);
    draw(&chart);
    for (size_t line = 0; line < CHART_HEIGHT; line++)
        add_line(&chart, line, labels, out);
    add_axis(&chart, labels, out);
}
