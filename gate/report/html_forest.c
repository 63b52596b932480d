/* A row's interval, drawn: a band for what its margin allows, a line for no change, the
 * interval with its estimate, and an arrow at an end where it goes on. */
#include <math.h>

#include "gate/base/str.h"
#include "gate/report/escape.h"
#include "gate/report/html_parts.h"
#include "gate/report/phrase.h"

enum {
    WIDTH = 240,
    HEIGHT = 22,
    EDGE = 6,       /* for arrows at the ends */
    NAME_WIDTH = 26 /* of "+100\u00d7", and a little */
};

static double x_at(double margins, double limit)
{
    return EDGE + (WIDTH - 2 * EDGE) * html_scale_at(margins, limit);
}

static void add_name(struct str *out, const struct row *row)
{
    AUTO_STR struct str name = STR_INIT;
    phrase_add_change(&name, row->change);
    str_add_char(&name, ' ');
    phrase_add_interval(&name, row->change_low, row->change_high);
    str_add(&name, ", margin ");
    phrase_add_share(&name, row->margin);
    xml_add_text(out, name.data);
}

static void add_ground(struct str *out, double limit)
{
    double left = x_at(-1, limit);
    str_addf(out,
             "<rect class=\"band\" x=\"%.1f\" width=\"%.1f\" height=\"%d\"/>"
             "<path class=\"zero\" d=\"M%d 0V%d\"/>",
             left, x_at(1, limit) - left, HEIGHT, WIDTH / 2, HEIGHT);
}

static void add_interval(struct str *out, const struct html_span *span, double limit)
{
    bool is_cut_left = isnan(span->low) || span->low < -limit;
    bool is_cut_right = isnan(span->high) || span->high > limit;
    double left = x_at(is_cut_left ? -limit : span->low, limit);
    double right = x_at(is_cut_right ? limit : span->high, limit);
    str_addf(out, "<path class=\"span\" d=\"M%.1f 11H%.1f\"/>", left, right);
    if (is_cut_left)
        str_add(out, "<path class=\"tip\" d=\"M6 6 1 11 6 16Z\"/>");
    if (is_cut_right)
        str_add(out, "<path class=\"tip\" d=\"M234 6 239 11 234 16Z\"/>");
    if (!isnan(span->change) && fabs(span->change) <= limit)
        str_addf(out, "<circle class=\"dot\" cx=\"%.1f\" cy=\"11\" r=\"4\"/>",
                 x_at(span->change, limit));
}

void html_add_forest(struct str *out, const struct row *row, double limit)
{
    struct html_span span = html_span_of(row);
    str_addf(out,
             "<svg class=\"forest\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"",
             WIDTH, HEIGHT);
    add_name(out, row);
    str_add(out, "\">");
    add_ground(out, limit);
    add_interval(out, &span, limit);
    str_add(out, "</svg>");
}

/* From the ends inwards, as long as one does not reach into the next. */
void html_add_forest_axis(struct str *out, double limit)
{
    static const int ticks[] = { 100, 30, 10, 3, 1 };
    double room = WIDTH / 2.0;
    str_addf(out,
             "<svg class=\"forest axis\" viewBox=\"0 0 %d 16\" aria-hidden=\"true\">"
             "<text x=\"%d\" y=\"12\">0</text>",
             WIDTH, WIDTH / 2);
    for (size_t i = 0; i < sizeof ticks / sizeof ticks[0]; i++) {
        double away = fmin(x_at(ticks[i], limit) - WIDTH / 2.0, WIDTH / 2.0 - 10);
        if (ticks[i] > limit || away > room || away < NAME_WIDTH)
            continue;
        str_addf(out,
                 "<text x=\"%.1f\" y=\"12\">+%d\u00d7</text>"
                 "<text x=\"%.1f\" y=\"12\">\u2212%d\u00d7</text>",
                 WIDTH / 2.0 + away, ticks[i], WIDTH / 2.0 - away, ticks[i]);
        room = away - NAME_WIDTH;
    }
    str_add(out, "</svg>");
}
