/* Google Benchmark's JSON: { "context", "benchmarks": [{ "run_name", "run_type",
 * "real_time", "cpu_time", "time_unit" }] }, an item a repetition. Aggregates (mean,
 * median, ...) are passed over.
 *
 * One time of the two is judged: the processor's, or the wall clock's where the benchmark
 * itself asked for it, which its name then says (UseRealTime, UseManualTime). The other
 * is shown, as is the rate of items or bytes, which is computed from the time. */
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "runners/formats/format.h"
#include "runners/formats/unit.h"
#include "runners/formats/values.h"

static bool recognises(const struct document *document)
{
    return json_is_array(json_object_get(document->json, "benchmarks")) &&
           json_is_object(json_object_get(document->json, "context"));
}

/* Before version 1.5 there was no "run_type"; names told. */
static bool is_aggregate(const json_t *item, const char *name)
{
    const char *type = json_string_value(json_object_get(item, "run_type"));
    if (type)
        return str_equal(type, "aggregate");
    return str_ends_with(name, "_mean") || str_ends_with(name, "_median") ||
           str_ends_with(name, "_stddev") || str_ends_with(name, "_BigO") ||
           str_ends_with(name, "_RMS");
}

static const struct unit *time_unit(const struct place *place, struct error *err)
{
    const char *name = place_text(place, "time_unit", err);
    const struct unit *unit = name ? unit_of_time(name) : NULL;
    if (name && !unit)
        place_error(place, "time_unit", err,
                    "'time_unit' must be ns, us, ms or s, not '%s'", name);
    return unit;
}

static int add_time(const struct place *place,
                    struct series *series,
                    const struct unit *unit,
                    struct error *err)
{
    const char *key = str_equal(series->quantity, "cpu") ? "cpu_time" : "real_time";
    const json_t *value = json_object_get(place->object, key);
    if (!value)
        return place_error(place, NULL, err, "'%s' is missing", key);
    AUTO_FREE char *pointer = str_format("%s/%s", place->pointer, key);
    return values_add(series, place->document, value, pointer, unit->scale, err);
}

/* A number that is shown beside the time; anything else is passed over. */
static void show(const struct place *place,
                 const char *key,
                 struct recording *recording,
                 const char *name,
                 const struct unit *as)
{
    double value = json_number_value(json_object_get(place->object, key)) * as->scale;
    if (series_value_rule(as->unit, value))
        return;
    struct series *series = recording_series(recording, name, as->quantity, as->unit);
    series->is_shown_only = true;
    series_push(series, value);
}

static void show_others(const struct place *place,
                        struct recording *recording,
                        const char *name,
                        const struct unit *time,
                        bool is_wall)
{
    const struct unit other = { NULL, is_wall ? "cpu" : "wall", SERIES_SECONDS,
                                time->scale };
    const struct unit rate = { NULL, "throughput", SERIES_RATE, 1 };
    bool has_items = json_object_get(place->object, "items_per_second");
    show(place, is_wall ? "cpu_time" : "real_time", recording, name, &other);
    show(place, has_items ? "items_per_second" : "bytes_per_second", recording, name,
         &rate);
}

static int
read_item(const struct place *place, struct recording *recording, struct error *err)
{
    const char *name = place_text(place, "name", err);
    if (!name)
        return -1;
    if (is_aggregate(place->object, name))
        return 0;
    if (json_object_get(place->object, "run_name"))
        name = place_text(place, "run_name", err);
    if (!name)
        return -1;
    bool is_wall = strstr(name, "/real_time") || strstr(name, "/manual_time");
    struct series *series =
        recording_series(recording, name, is_wall ? "wall" : "cpu", SERIES_SECONDS);
    if (place_is_true(place, "error_occurred")) {
        const char *message =
            json_string_value(json_object_get(place->object, "error_message"));
        series_fail(series, message && *message ? message : "it reported an error");
        return 0;
    }
    const struct unit *unit = time_unit(place, err);
    if (!unit || add_time(place, series, unit, err) < 0)
        return -1;
    show_others(place, recording, name, unit, is_wall);
    return 0;
}

static void read_machine(const struct document *document, struct recording *recording)
{
    const json_t *context = json_object_get(document->json, "context");
    const char *host = json_string_value(json_object_get(context, "host_name"));
    const json_t *cpus = json_object_get(context, "num_cpus");
    if (host)
        recording->machine = str_format("%s (%" JSON_INTEGER_FORMAT " CPUs)", host,
                                        json_integer_value(cpus));
    const char *type = json_string_value(json_object_get(context, "library_build_type"));
    if (type && str_equal(type, "debug"))
        strvec_pushf(&recording->warnings,
                     "'%s' is from a debug build of the benchmark library",
                     document->path);
}

static int read_google(const struct document *document,
                       struct recording *recording,
                       struct error *err)
{
    struct place top = { .document = document, .object = document->json, .pointer = "" };
    const json_t *benchmarks = place_array(&top, "benchmarks", err);
    if (!benchmarks)
        return -1;
    read_machine(document, recording);
    for (size_t i = 0; i < json_array_size(benchmarks); i++) {
        AUTO_FREE char *pointer = str_format("/benchmarks/%zu", i);
        struct place place = { document, json_array_get(benchmarks, i), pointer };
        if (read_item(&place, recording, err) < 0)
            return -1;
    }
    if (!recording->count)
        return place_error(&top, "benchmarks", err,
                           "only aggregates: run it without "
                           "--benchmark_report_aggregates_only");
    return 0;
}

const struct format format_google = {
    .name = "google",
    .description = "Google Benchmark's JSON",
    .recognises = recognises,
    .read = read_google,
};
