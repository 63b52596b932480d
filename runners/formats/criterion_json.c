/* cargo-criterion's `--message-format=json`, an object a line. Those with the reason
 * "benchmark-complete" have an id, and for each sample how long it took
 * (measured_values, in unit) and how many iterations that were (iteration_count). */
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/json.h"
#include "runners/formats/criterion.h"
#include "runners/formats/lines.h"
#include "runners/formats/unit.h"
#include "runners/formats/values.h"

bool criterion_json_recognises(const struct document *document)
{
    AUTO_LINES struct lines lines = LINES_OF(document->text.data);
    while (lines_next(&lines)) {
        if (!lines.line.data[strspn(lines.line.data, " \t")])
            continue;
        json_error_t problem;
        AUTO_JSON json_t *first = json_loads(lines.line.data, 0, &problem);
        return json_is_string(json_object_get(first, "reason"));
    }
    return false;
}

/* Time, or whatever else the benchmarks are set to measure. */
static struct unit unit_of(const char *name)
{
    const struct unit *time = unit_of_time(name);
    return time ? *time : (struct unit){ name, "value", SERIES_PLAIN, 1 };
}

static int add_samples(const struct place *place,
                       struct series *series,
                       double scale,
                       struct error *err)
{
    const json_t *values = place_array(place, "measured_values", err);
    const json_t *counts = values ? place_array(place, "iteration_count", err) : NULL;
    if (!counts)
        return -1;
    if (json_array_size(counts) != json_array_size(values))
        return place_error(place, "iteration_count", err,
                           "'iteration_count' must have as many items as "
                           "'measured_values', %zu, not %zu",
                           json_array_size(values), json_array_size(counts));
    for (size_t i = 0; i < json_array_size(values); i++) {
        double count = json_number_value(json_array_get(counts, i));
        if (!(count >= 1))
            return place_error(place, "iteration_count", err,
                               "'iteration_count' must be numbers from 1 on");
        if (values_add(series, place->document, json_array_get(values, i),
                       "/measured_values", scale / count, err) < 0)
            return -1;
    }
    return 0;
}

static int
read_message(const struct place *place, struct recording *recording, struct error *err)
{
    const char *reason = place_text(place, "reason", err);
    if (!reason)
        return -1;
    if (!str_equal(reason, "benchmark-complete"))
        return 0;
    const char *id = place_text(place, "id", err);
    const char *unit_name = id ? place_text(place, "unit", err) : NULL;
    if (!unit_name)
        return -1;
    struct unit unit = unit_of(unit_name);
    struct series *series = recording_series(recording, id, unit.quantity, unit.unit);
    return add_samples(place, series, unit.scale, err);
}

static int read_line(const struct document *whole,
                     const struct lines *lines,
                     struct recording *recording,
                     struct error *err)
{
    json_error_t problem;
    AUTO_JSON json_t *json =
        json_loads(lines->line.data, JSON_REJECT_DUPLICATES, &problem);
    if (!json)
        return document_error_at(whole, lines->number, err, "broken JSON: %s",
                                 problem.text);
    const struct document document = {
        .path = whole->path,
        .text = lines->line,
        .lines_before = lines->number - 1,
    };
    struct place place = { .document = &document, .object = json, .pointer = "" };
    return read_message(&place, recording, err);
}

int criterion_json_read(const struct document *document,
                        struct recording *recording,
                        struct error *err)
{
    AUTO_LINES struct lines lines = LINES_OF(document->text.data);
    while (lines_next(&lines)) {
        if (lines.line.data[strspn(lines.line.data, " \t")] &&
            read_line(document, &lines, recording, err) < 0)
            return -1;
    }
    return 0;
}
