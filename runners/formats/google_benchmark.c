/* Google Benchmark's JSON: { "context", "benchmarks": [{ "run_name", "run_type",
 * "real_time", "cpu_time", "time_unit" }] }, an item a repetition. Aggregates (mean,
 * median, ...) are passed over.
 *
 * One time of the two is judged: the processor's, or the wall clock's where the benchmark
 * itself asked for it, which its name then says (UseRealTime, UseManualTime). */
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "runners/formats/format.h"
#include "runners/formats/values.h"

static bool recognises(const struct document *document)
{
    return json_is_array(json_object_get(document->json, "benchmarks")) &&
           json_is_object(json_object_get(document->json, "context"));
}

static double seconds_of(const char *unit)
{
    static const struct {
        const char *name;
        double seconds;
    } units[] = { { "ns", 1e-9 }, { "us", 1e-6 }, { "ms", 1e-3 }, { "s", 1 } };

    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (str_equal(unit, units[i].name))
            return units[i].seconds;
    }
    return 0;
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

static int add_time(const struct place *place, struct series *series, struct error *err)
{
    const char *key = str_equal(series->quantity, "cpu") ? "cpu_time" : "real_time";
    const char *unit = place_text(place, "time_unit", err);
    if (!unit)
        return -1;
    double scale = seconds_of(unit);
    if (!(scale > 0))
        return place_error(place, "time_unit", err,
                           "'time_unit' must be ns, us, ms or s, not '%s'", unit);
    const json_t *value = json_object_get(place->object, key);
    if (!value)
        return place_error(place, NULL, err, "'%s' is missing", key);
    AUTO_FREE char *pointer = str_format("%s/%s", place->pointer, key);
    return values_add(series, place->document, value, pointer, scale, err);
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
    if (!place_is_true(place, "error_occurred"))
        return add_time(place, series, err);
    const char *message =
        json_string_value(json_object_get(place->object, "error_message"));
    series_fail(series, message && *message ? message : "it reported an error");
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
