/* Plain SVG 1.1 with a style sheet inside. Colours are those of Okabe and Ito, "Color
 * universal design" (2008); points, levels and changes also differ in form. */
#include <math.h>

#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/escape.h"
#include "gate/report/history_chart.h"
#include "gate/report/history_phrase.h"
#include "gate/report/history_report.h"

enum {
    WIDTH = 900,
    HEIGHT = 380,
    LEFT = 90, /* of the field in which the points are */
    RIGHT = 20,
    TOP = 56,
    BOTTOM = 60,
    TICKS = 5,
    LINE = 14 /* of small text */
};

struct picture {
    const struct history *history;
    const struct history_row *row;
    double lowest; /* logarithms, at the field's bottom and top */
    double highest;
    struct str *out;
};

static double log_of(const struct picture *picture, double value)
{
    return history_log(picture->row->metric, value);
}

static double x_at(const struct picture *picture, double point)
{
    size_t count = picture->row->points.count;
    double field = WIDTH - LEFT - RIGHT;
    return LEFT + (count < 2 ? 0.5 : (point + 0.5) / (double)count) * field;
}

static double y_at(const struct picture *picture, double log_value)
{
    double share = (log_value - picture->lowest) / (picture->highest - picture->lowest);
    double field = HEIGHT - TOP - BOTTOM;
    return HEIGHT - BOTTOM - fmin(fmax(share, 0), 1) * field;
}

/* All values and their intervals, as far as those have ends, and a twentieth of air. */
static void set_scale(struct picture *picture)
{
    const struct history_points *points = &picture->row->points;
    double low = (double)INFINITY;
    double high = -(double)INFINITY;
    for (size_t i = 0; i < points->count; i++) {
        const struct history_point *point = &points->items[i];
        low =
            fmin(low, log_of(picture, isfinite(point->low) ? point->low : point->value));
        high = fmax(high,
                    log_of(picture, isfinite(point->high) ? point->high : point->value));
    }
    double air = fmax((high - low) / 20, 0.005);
    picture->lowest = low - air;
    picture->highest = high + air;
}

static void add_style(struct str *out)
{
    str_add(out, "<style>\n"
                 "svg { font-family: system-ui, sans-serif; font-size: 12px; }\n"
                 ".ground { fill: #ffffff; } text { fill: #1f2328; }\n"
                 ".faint { fill: #59636e; } .grid { stroke: #d1d9e0; }\n"
                 ".point { fill: #0072b2; } .bar { stroke: #0072b2; opacity: .35; }\n"
                 ".level { stroke: #d55e00; stroke-width: 2.5; fill: none; }\n"
                 ".change { stroke: #59636e; stroke-dasharray: 4 3; }\n"
                 ".title { font-size: 15px; font-weight: 600; }\n"
                 "@media (prefers-color-scheme: dark) {\n"
                 ".ground { fill: #0d1117; } text { fill: #f0f6fc; }\n"
                 ".faint { fill: #9198a1; } .grid { stroke: #3d444d; }\n"
                 ".point { fill: #56b4e9; } .bar { stroke: #56b4e9; }\n"
                 ".level { stroke: #e69f00; } .change { stroke: #9198a1; }\n"
                 "}\n"
                 "</style>\n");
}

/* What the picture says, for those who don't see it. */
static void add_description(const struct picture *picture)
{
    AUTO_STR struct str text = STR_INIT;
    history_add_extent(&text, picture->history, picture->row);
    str_add(&text, "; ");
    history_add_summary(&text, picture->row);
    str_add(&text,
            picture->row->changes.count ? ". Changes: " : ". No change was found.");
    for (size_t i = 0; i < picture->row->changes.count; i++) {
        const struct history_change *change = &picture->row->changes.items[i];
        str_add(&text, i ? "; " : "");
        history_add_change(&text, change);
        str_add(&text, " at ");
        history_add_commit(
            &text, history_commit_at(picture->history, picture->row, change->point));
    }
    str_add(picture->out, "<desc id=\"desc\">");
    xml_add_text(picture->out, text.data);
    str_add(picture->out, "</desc>\n");
}

static void add_text_at(const struct picture *picture,
                        double x,
                        double y,
                        const char *attributes,
                        const char *text)
{
    str_addf(picture->out, "<text x=\"%.1f\" y=\"%.1f\"%s>", x, y, attributes);
    xml_add_text(picture->out, text);
    str_add(picture->out, "</text>\n");
}

static void add_heading(const struct picture *picture)
{
    AUTO_STR struct str title = STR_INIT;
    AUTO_STR struct str line = STR_INIT;
    history_add_name(&title, picture->row);
    history_add_summary(&line, picture->row);
    str_addf(picture->out,
             "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
             "width=\"%d\" height=\"%d\" role=\"img\" aria-labelledby=\"title desc\">\n",
             WIDTH, HEIGHT, WIDTH, HEIGHT);
    str_add(picture->out, "<title id=\"title\">History of ");
    xml_add_text(picture->out, title.data);
    str_add(picture->out, "</title>\n");
    add_description(picture);
    add_style(picture->out);
    str_addf(picture->out, "<rect class=\"ground\" width=\"%d\" height=\"%d\"/>\n", WIDTH,
             HEIGHT);
    add_text_at(picture, LEFT, 22, " class=\"title\"", title.data);
    add_text_at(picture, LEFT, 22 + LINE + 4, " class=\"faint\"", line.data);
}

static void add_ticks(const struct picture *picture)
{
    bool has_zeros = !(metric_info(picture->row->metric)->smallest > 0);
    for (int i = 0; i < TICKS; i++) {
        double log_value = picture->lowest +
                           (picture->highest - picture->lowest) * i / (double)(TICKS - 1);
        double y = y_at(picture, log_value);
        AUTO_STR struct str label = STR_INIT;
        history_add_value(&label, picture->row,
                          has_zeros ? fmax(expm1(log_value), 0) : exp(log_value));
        str_addf(picture->out,
                 "<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>\n",
                 LEFT, y, WIDTH - RIGHT, y);
        add_text_at(picture, LEFT - 8, y + 4, " text-anchor=\"end\"", label.data);
    }
}

static void
add_end(const struct picture *picture, size_t point, const char *anchor, double x)
{
    AUTO_STR struct str label = STR_INIT;
    AUTO_STR struct str attributes = STR_INIT;
    const struct history_commit *commit =
        history_commit_at(picture->history, picture->row, point);
    history_add_commit(&label, commit);
    str_add_char(&label, ' ');
    history_add_date(&label, commit);
    str_addf(&attributes, " class=\"faint\" text-anchor=\"%s\"", anchor);
    add_text_at(picture, x, HEIGHT - BOTTOM + 40, attributes.data, label.data);
}

/* Each point with what it is, which a browser shows where the mouse rests. */
static void add_point(const struct picture *picture, size_t i)
{
    const struct history_point *point = &picture->row->points.items[i];
    AUTO_STR struct str tip = STR_INIT;
    double x = x_at(picture, (double)i);
    history_add_commit(&tip, history_commit_at(picture->history, picture->row, i));
    str_add_char(&tip, ' ');
    text_add_clean(&tip, history_commit_at(picture->history, picture->row, i)->subject,
                   SHOWN_NAME);
    str_add(&tip, ": ");
    history_add_value(&tip, picture->row, point->value);
    if (isfinite(point->low) && isfinite(point->high) && point->low < point->high)
        str_addf(
            picture->out,
            "<line class=\"bar\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n", x,
            y_at(picture, log_of(picture, point->low)), x,
            y_at(picture, log_of(picture, point->high)));
    str_addf(picture->out,
             "<circle class=\"point\" cx=\"%.1f\" cy=\"%.1f\" r=\"%s\"><title>", x,
             y_at(picture, log_of(picture, point->value)),
             picture->row->points.count > 300 ? "1.5" : "3");
    xml_add_text(picture->out, tip.data);
    str_add(picture->out, "</title></circle>\n");
}

static void add_levels(const struct picture *picture)
{
    size_t first = 0;
    for (size_t i = 0; i <= picture->row->changes.count; i++) {
        size_t end = i < picture->row->changes.count
                         ? picture->row->changes.items[i].point
                         : picture->row->points.count;
        double y =
            y_at(picture, log_of(picture, picture->row->points.items[first].level));
        str_addf(picture->out, "<path class=\"level\" d=\"M%.1f %.1fH%.1f\"/>\n",
                 x_at(picture, (double)first - 0.5), y, x_at(picture, (double)end - 0.5));
        first = end;
    }
}

static void add_changes(const struct picture *picture)
{
    for (size_t i = 0; i < picture->row->changes.count; i++) {
        const struct history_change *change = &picture->row->changes.items[i];
        double x = x_at(picture, (double)change->point - 0.5);
        AUTO_STR struct str label = STR_INIT;
        AUTO_STR struct str tip = STR_INIT;
        str_addf(&label, "%c", chart_change_mark(i));
        history_add_change(&tip, change);
        str_add(&tip, " at ");
        history_add_commit(
            &tip, history_commit_at(picture->history, picture->row, change->point));
        str_addf(
            picture->out,
            "<line class=\"change\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"><title>",
            x, TOP, x, HEIGHT - BOTTOM);
        xml_add_text(picture->out, tip.data);
        str_add(picture->out, "</title></line>\n");
        add_text_at(picture, x, HEIGHT - BOTTOM + 18, " text-anchor=\"middle\"",
                    label.data);
    }
}

void history_svg(const struct history *history,
                 const struct history_row *row,
                 struct str *out)
{
    struct picture picture = { .history = history, .row = row, .out = out };
    size_t count = row->points.count;
    set_scale(&picture);
    add_heading(&picture);
    add_ticks(&picture);
    for (size_t i = 0; i < count; i++)
        add_point(&picture, i);
    add_levels(&picture);
    add_changes(&picture);
    add_end(&picture, 0, count > 1 ? "start" : "middle",
            count > 1 ? LEFT : x_at(&picture, 0));
    if (count > 1)
        add_end(&picture, count - 1, "end", WIDTH - RIGHT);
    str_add(out, "</svg>\n");
}
