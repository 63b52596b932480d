#include "gate/cli/measure_export.h"

#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "gate/cli/measure_figures.h"
#include "gate/report/report.h"

static const struct ending {
    const char *text;
    enum export_format format;
} endings[] = {
    { ".json", EXPORT_JSON },
    { ".csv", EXPORT_CSV },
    { ".md", EXPORT_MARKDOWN },
};

int export_format_of(const char *path, enum export_format *out, struct error *err)
{
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (str_ends_with(path, endings[i].text)) {
            *out = endings[i].format;
            return 0;
        }
    }
    return error_set(err, ERROR_USAGE,
                     "--export must be a file that ends in .json, .csv or .md, not '%s'",
                     path);
}

int export_check(const struct strvec *paths, struct error *err)
{
    enum export_format ignored = EXPORT_JSON;
    for (size_t i = 0; i < paths->count; i++) {
        if (export_format_of(paths->items[i], &ignored, err) < 0)
            return -1;
    }
    return 0;
}

static void add_runs(enum export_format format,
                     const struct strvec *argv,
                     const struct runs *runs,
                     struct str *out)
{
    switch (format) {
    case EXPORT_JSON:
        figures_add_json(argv, runs, out);
        return;
    case EXPORT_CSV:
        figures_add_csv(argv, runs, out);
        return;
    case EXPORT_MARKDOWN:
        figures_add_markdown(argv, runs, out);
        return;
    }
}

int export_runs(const struct strvec *paths,
                const struct strvec *argv,
                const struct runs *runs,
                struct error *err)
{
    for (size_t i = 0; i < paths->count; i++) {
        AUTO_STR struct str text = STR_INIT;
        enum export_format format = EXPORT_JSON;
        if (export_format_of(paths->items[i], &format, err) < 0)
            return -1;
        add_runs(format, argv, runs, &text);
        if (file_write(paths->items[i], text.data, text.length, err) < 0)
            return -1;
    }
    return 0;
}

/* The pairs that counted, by the metric that they were judged by. */
static void add_pairs(const struct result *result, struct str *out)
{
    str_add(out, "base,head\n");
    for (size_t b = 0; b < result->benches.count; b++) {
        const struct bench_result *bench = &result->benches.items[b];
        enum metric metric = bench->is_cpu_bound ? METRIC_CPU : METRIC_WALL;
        for (size_t i = 0; i < bench->pairs.count; i++) {
            const struct pair *pair = &bench->pairs.items[i];
            if (pair_counts(pair))
                str_addf(out, "%.9g,%.9g\n", pair_value(pair, SIDE_BASE, metric),
                         pair_value(pair, SIDE_HEAD, metric));
        }
    }
}

static void
add_result(enum export_format format, const struct result *result, struct str *out)
{
    switch (format) {
    case EXPORT_JSON:
        report_json_text(result, out);
        return;
    case EXPORT_CSV:
        add_pairs(result, out);
        return;
    case EXPORT_MARKDOWN:
        report_markdown(result, out);
        return;
    }
}

int export_result(const struct strvec *paths,
                  const struct result *result,
                  struct error *err)
{
    for (size_t i = 0; i < paths->count; i++) {
        AUTO_STR struct str text = STR_INIT;
        enum export_format format = EXPORT_JSON;
        if (export_format_of(paths->items[i], &format, err) < 0)
            return -1;
        add_result(format, result, &text);
        if (file_write(paths->items[i], text.data, text.length, err) < 0)
            return -1;
    }
    return 0;
}
