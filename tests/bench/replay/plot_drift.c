#include "tests/bench/replay/plot_drift.h"

#include <math.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "gate/stats/hodges_lehmann.h"
#include "gate/stats/robust.h"

/* In pixels. The scale goes from -REACH to REACH percent. */
enum {
    WIDTH = 860,
    HEIGHT = 360,
    LEFT = 60,
    TOP = 76,
    PLOT_WIDTH = 780,
    PLOT_HEIGHT = 230,
    REACH = 30
};

/* Runs that one point stands for: as many as a tool would take. */
enum {
    STRETCH = 60
};

static double y_of(double change)
{
    double held = fmax(-REACH, fmin(REACH, 100 * change));
    return TOP + PLOT_HEIGHT * (REACH - held) / (2.0 * REACH);
}

/* The stretch's median over that of the whole stream, less one. */
static double level_of(const struct view *view, size_t first, double middle)
{
    return robust_median(view->series->items + first, STRETCH) / middle - 1;
}

/* The change between neighbours, first against second in turns. */
static double change_of(const struct view *view, size_t first)
{
    double d[STRETCH / 2];
    for (size_t i = 0; i < STRETCH / 2; i++) {
        const double *pair = view->series->items + first + 2 * i;
        d[i] = i % 2 ? log(pair[0] / pair[1]) : log(pair[1] / pair[0]);
    }
    return expm1(hodges_lehmann_estimate(d, STRETCH / 2));
}

static void add_frame(struct str *svg, const char *title, size_t runs)
{
    str_addf(svg,
             "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
             "width=\"%d\" height=\"%d\" role=\"img\" font-family=\"sans-serif\" "
             "font-size=\"13\" fill=\"#222222\">\n<title>%s: drift</title>\n"
             "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n",
             WIDTH, HEIGHT, WIDTH, HEIGHT, title, WIDTH, HEIGHT);
    str_addf(
        svg,
        "<text x=\"%d\" y=\"28\" font-size=\"16\">%s: %zu runs of one unchanged "
        "program, %d runs a point</text>\n"
        "<text x=\"%d\" y=\"52\" fill=\"#d55e00\">median of the stretch, against all "
        "runs</text>\n"
        "<text x=\"%d\" y=\"52\" fill=\"#0072b2\">change within its %d pairs</text>\n",
        LEFT, title, runs, STRETCH, LEFT, LEFT + 300, STRETCH / 2);
    for (int percent = -REACH; percent <= REACH; percent += 10) {
        double y = y_of(percent / 100.0);
        str_addf(svg,
                 "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" "
                 "stroke=\"#dddddd\"/>\n"
                 "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%+d %%</text>\n",
                 LEFT, y, LEFT + PLOT_WIDTH, y, LEFT - 8, y + 4, percent);
    }
    str_addf(svg,
             "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">runs, in order</text>\n",
             LEFT + PLOT_WIDTH / 2, TOP + PLOT_HEIGHT + 30);
}

static void
add_line(struct str *svg, const double *values, size_t count, const char *colour)
{
    str_add(svg, "<polyline points=\"");
    for (size_t i = 0; i < count; i++)
        str_addf(svg, "%s%.1f,%.1f", i ? " " : "",
                 LEFT + PLOT_WIDTH * ((double)i + 0.5) / (double)count, y_of(values[i]));
    str_addf(svg, "\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>\n", colour);
}

int plot_drift(const char *path,
               const char *title,
               const struct view *view,
               struct error *err)
{
    AUTO_STR struct str svg = STR_INIT;
    size_t count = view->series->count / STRETCH;
    AUTO_FREE double *levels = xcalloc(2 * count, sizeof *levels);
    double *changes = levels + count;
    double middle = robust_median(view->series->items, view->series->count);

    for (size_t i = 0; i < count; i++) {
        levels[i] = level_of(view, i * STRETCH, middle);
        changes[i] = change_of(view, i * STRETCH);
    }
    add_frame(&svg, title, view->series->count);
    add_line(&svg, levels, count, "#d55e00");
    add_line(&svg, changes, count, "#0072b2");
    str_add(&svg, "</svg>\n");
    return file_write(path, svg.data, svg.length, err);
}
