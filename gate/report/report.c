#include "gate/report/report.h"

#include "gate/base/str.h"

void report_terminal(const struct result *result, bool use_color, struct str *out)
{
    const struct report_screen screen = { .width = REPORT_USUAL, .use_color = use_color };
    report_screen(result, &screen, out);
}

static void write_plain(const struct result *result, struct str *out)
{
    report_terminal(result, false, out);
}

static void write_colored(const struct result *result, struct str *out)
{
    report_terminal(result, true, out);
}

static const struct report_writer writers[] = {
    { .format = "badge", .write = report_badge },
    { .format = "csv", .write = report_csv },
    { .format = "html", .write = report_html },
    { .format = "json", .write = report_json_text },
    { .format = "junit", .write = report_junit },
    { .format = "markdown", .write = report_markdown },
    { .format = "openmetrics", .write = report_openmetrics },
    { .format = "terminal", .write = write_plain },
    { .format = "terminal-color", .write = write_colored },
    { .format = "tsv", .write = report_tsv },
};
const char report_formats[] =
    "badge, csv, html, json, junit, markdown, openmetrics, terminal, terminal-color, tsv";

const struct report_writer *report_find_writer(const char *format)
{
    for (size_t i = 0; i < sizeof writers / sizeof writers[0]; i++)
        if (str_equal(writers[i].format, format))
            return &writers[i];
    return NULL;
}
