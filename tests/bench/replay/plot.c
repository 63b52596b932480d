#include "tests/bench/replay/plot.h"

#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"

/* In pixels; the plot's area lies between the margins. */
enum {
    WIDTH = 860,
    HEIGHT = 440,
    LEFT = 60,
    TOP = 50,
    PLOT_WIDTH = 500,
    PLOT_HEIGHT = 330,
    LEGEND = LEFT + PLOT_WIDTH + 24
};

/* Colours of Okabe and Ito, told apart with all common forms of colour blindness; the
 * dashes tell them apart in print too. */
static const struct line {
    const char *prefix; /* of the rule's name */
    const char *label;
    const char *colour;
    const char *dashes;
    int width;
} lines[] = {
    { "pytest", "pytest-benchmark, mean:5%", "#999999", "2 4", 2 },
    { "hyperfine", "hyperfine + Welch, p < .05", "#e69f00", "8 3", 2 },
    { "benchstat, Mann", "benchstat, p < .05", "#d55e00", "5 3", 2 },
    { "criterion", "criterion, bootstrap, 1 %", "#cc79a7", "10 3 2 3", 2 },
    { "asv", "asv, ratio 1.1, p < .002", "#56b4e9", "4 2", 2 },
    { "tango, z 2.6 and 1.0", "tango, z 2.6 and 1.0 %", "#009e73", "12 4", 2 },
    { "**pawl, margin 1 %", "pawl, margin 1 %", "#0072b2", "none", 3 },
    { "**pawl, margin 2 %**", "pawl, margin 2 %", "#000000", "none", 3 },
};
enum {
    LINES = sizeof lines / sizeof *lines
};

static double x_of(double change)
{
    return LEFT + PLOT_WIDTH * change / 0.1;
}

static double y_of(double share)
{
    return TOP + PLOT_HEIGHT * (1 - share);
}

static void add_grid(struct str *svg)
{
    for (int i = 0; i <= 5; i++) {
        double y = y_of(i / 5.0);
        str_addf(
            svg,
            "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#dddddd\"/>\n"
            "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%d %%</text>\n",
            LEFT, y, LEFT + PLOT_WIDTH, y, LEFT - 8, y + 4, 20 * i);
    }
    for (size_t i = 0; i < POWER_CHANGES; i++) {
        double x = x_of(power_changes[i]);
        str_addf(
            svg,
            "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#dddddd\"/>\n"
            "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%g %%</text>\n",
            x, TOP, x, TOP + PLOT_HEIGHT, x, TOP + PLOT_HEIGHT + 18,
            100 * power_changes[i]);
    }
}

static void add_frame(struct str *svg, const char *title, const struct power *power)
{
    str_addf(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" "
        "height=\"%d\" role=\"img\" font-family=\"sans-serif\" font-size=\"13\" "
        "fill=\"#222222\">\n<title>%s: power against effect</title>\n"
        "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n",
        WIDTH, HEIGHT, WIDTH, HEIGHT, title, WIDTH, HEIGHT);
    str_addf(
        svg,
        "<text x=\"%d\" y=\"28\" font-size=\"16\">%s: share of replays that call head "
        "slower, %zu runs a side</text>\n",
        LEFT, title, power->n);
    add_grid(svg);
    str_addf(svg,
             "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">true change "
             "(at 0 %%: false alarms)</text>\n",
             LEFT + PLOT_WIDTH / 2, TOP + PLOT_HEIGHT + 42);
}

static const struct power_row *find_row(const struct power *power, const char *prefix)
{
    for (size_t i = 0; i < power->count; i++) {
        if (str_starts_with(power->items[i].rule, prefix))
            return &power->items[i];
    }
    return NULL;
}

static void add_stroke(struct str *svg, const struct line *line)
{
    str_addf(
        svg,
        "fill=\"none\" stroke=\"%s\" stroke-width=\"%d\" stroke-dasharray=\"%s\"/>\n",
        line->colour, line->width, line->dashes);
}

static void
add_line(struct str *svg, const struct line *line, const struct power_row *row)
{
    str_add(svg, "<polyline points=\"");
    for (size_t i = 0; i < POWER_CHANGES; i++)
        str_addf(svg, "%s%.1f,%.1f", i ? " " : "", x_of(power_changes[i]),
                 y_of(row->share[i]));
    str_add(svg, "\" ");
    add_stroke(svg, line);
    for (size_t i = 0; i < POWER_CHANGES; i++)
        str_addf(svg, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>\n",
                 x_of(power_changes[i]), y_of(row->share[i]), line->colour);
}

static void add_legend(struct str *svg, size_t index, const struct line *line)
{
    int y = TOP + 14 + 26 * (int)index;
    str_addf(svg, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" ", LEGEND, y,
             LEGEND + 40, y);
    add_stroke(svg, line);
    AUTO_STR struct str label = STR_INIT;
    for (const char *c = line->label; *c; c++) {
        if (*c == '<')
            str_add(&label, "&lt;");
        else
            str_add_char(&label, *c);
    }
    str_addf(svg, "<text x=\"%d\" y=\"%d\">%s</text>\n", LEGEND + 50, y + 4, label.data);
}

int plot_power(const char *path,
               const char *title,
               const struct power *power,
               struct error *err)
{
    AUTO_STR struct str svg = STR_INIT;

    add_frame(&svg, title, power);
    for (size_t i = 0; i < LINES; i++) {
        const struct power_row *row = find_row(power, lines[i].prefix);
        if (row)
            add_line(&svg, &lines[i], row);
        add_legend(&svg, i, &lines[i]);
    }
    str_add(&svg, "</svg>\n");
    return file_write(path, svg.data, svg.length, err);
}
