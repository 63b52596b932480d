/* Recorded results of pawl, and of whatever runners/formats reads. */
#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/json.h"
#include "gate/base/str.h"
#include "gate/cli/compare.h"
#include "gate/report/report.h"
#include "runners/formats/format.h"

#define PAWL_SCHEMA "pawl-result/"

const char compare_input_formats[] =
    "catch2, criterion, csv, go, google, hyperfine, lines, pawl, pytest";

static enum series_unit unit_of(enum metric metric)
{
    switch (metric_info(metric)->unit) {
    case METRIC_UNIT_SECONDS:
        return SERIES_SECONDS;
    case METRIC_UNIT_BYTES:
        return SERIES_BYTES;
    case METRIC_UNIT_COUNT:
        return SERIES_COUNT;
    case METRIC_UNIT_RATE:
        return SERIES_RATE;
    case METRIC_UNIT_PLAIN:
        return SERIES_PLAIN;
    }
    return SERIES_PLAIN;
}

static const struct bench_result *find_bench(const struct result *result, const char *id)
{
    for (size_t i = 0; i < result->benches.count; i++) {
        if (str_equal(result->benches.items[i].id, id))
            return &result->benches.items[i];
    }
    return NULL;
}

/* A run too short for the clock still took some time. */
static double at_least_a_step(enum series_unit unit, double value)
{
    return unit == SERIES_SECONDS && value < 1e-9 ? 1e-9 : value;
}

/* Head is what the gate was about; base was measured to judge it. */
static void
add_row(const struct result *result, const struct row *row, struct recording *recording)
{
    const struct bench_result *bench = find_bench(result, row->bench_id);
    enum series_unit unit = unit_of(row->metric);
    struct series *series =
        recording_series(recording, row->bench_id, metric_name(row->metric), unit);
    series->is_shown_only = !row->is_judged;
    size_t room = bench ? bench->pairs.count : 0;
    AUTO_FREE double *values = xcalloc(room ? room : 1, sizeof *values);
    size_t count =
        bench ? pairs_values(&bench->pairs, SIDE_HEAD, row->metric, values) : 0;
    for (size_t i = 0; i < count; i++)
        series_push(series, at_least_a_step(unit, values[i]));
    if (count && row->verdict != VERDICT_FAILED)
        return;
    AUTO_FREE char *reason =
        str_format("no runs to go by, it was %s", verdict_name(row->verdict));
    series_fail(series, reason);
}

static int
read_pawl(const struct document *document, struct recording *recording, struct error *err)
{
    AUTO(result_clear) struct result result = { 0 };
    if (!document->json)
        return error_set(err, ERROR_USAGE, "in '%s': not JSON, as pawl's results are",
                         document->path);
    if (report_json_read(document->json, &result, err) < 0)
        return error_prefix(err, "in '%s': ", document->path);
    for (size_t i = 0; i < result.rows.count; i++)
        add_row(&result, &result.rows.items[i], recording);
    if (!recording->count)
        return error_set(err, ERROR_USAGE,
                         "in '%s': no benchmark in it, read as pawl's "
                         "result",
                         document->path);
    recording->machine =
        str_format("%s, kernel %s", result.machine.cpu_model, result.machine.kernel);
    return 0;
}

static bool is_pawl(const struct document *document)
{
    const char *schema = json_string_value(json_object_get(document->json, "schema"));
    return schema && str_starts_with(schema, PAWL_SCHEMA);
}

int compare_read(const char *path,
                 const char *format,
                 struct recording *recording,
                 struct error *err)
{
    AUTO_DOCUMENT struct document document;
    if (document_open(&document, path, err) < 0)
        return -1;
    if (format ? str_equal(format, "pawl") : is_pawl(&document))
        return read_pawl(&document, recording, err);
    const struct format *reader =
        format ? format_find(format) : format_recognise(&document);
    if (!reader && format)
        return error_set(err, ERROR_USAGE, "--from must be one of %s, not '%s'",
                         compare_input_formats, format);
    if (!reader)
        return format_unknown(&document, compare_input_formats, err);
    return format_read(reader, &document, recording, err);
}
