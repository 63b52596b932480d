/* pytest-benchmark's JSON: { "machine_info", "benchmarks": [{ "fullname", "stats": {
 * "data": [seconds] } }] }. */
#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "runners/formats/format.h"
#include "runners/formats/values.h"

static bool recognises(const struct document *document)
{
    const json_t *benchmarks = json_object_get(document->json, "benchmarks");
    const json_t *first = json_array_get(benchmarks, 0);
    return json_object_get(document->json, "machine_info") ||
           json_is_object(json_object_get(first, "stats"));
}

static int
read_benchmark(const struct place *place, struct recording *recording, struct error *err)
{
    const char *name = place_text(place, "fullname", err);
    const json_t *stats = name ? place_object(place, "stats", err) : NULL;
    if (!stats)
        return -1;
    AUTO_FREE char *pointer = str_format("%s/stats", place->pointer);
    struct place inner = { place->document, stats, pointer };
    if (!json_object_get(stats, "data"))
        return place_error(&inner, NULL, err,
                           "'%s' has no 'data', the single times: save with "
                           "--benchmark-json or --benchmark-save-data",
                           name);
    const json_t *data = place_array(&inner, "data", err);
    if (!data)
        return -1;
    if (recording_find(recording, name, "wall"))
        return place_error(place, "fullname", err, "'%s' stands twice in this file",
                           name);
    struct series *series = recording_series(recording, name, "wall", SERIES_SECONDS);
    AUTO_FREE char *data_pointer = str_format("%s/data", pointer);
    return values_add_all(series, place->document, data, data_pointer, err);
}

static void read_machine(const struct document *document, struct recording *recording)
{
    const json_t *machine = json_object_get(document->json, "machine_info");
    const json_t *cpu = json_object_get(machine, "cpu");
    const char *node = json_string_value(json_object_get(machine, "node"));
    const char *brand = json_string_value(json_object_get(cpu, "brand_raw"));
    if (!brand) /* before version 3.4 */
        brand = json_string_value(json_object_get(cpu, "brand"));
    if (node || brand)
        recording->machine =
            str_format("%s (%s)", node ? node : "?", brand ? brand : "?");
}

static int read_pytest(const struct document *document,
                       struct recording *recording,
                       struct error *err)
{
    struct place top = { .document = document, .object = document->json, .pointer = "" };
    const json_t *benchmarks = place_array(&top, "benchmarks", err);
    read_machine(document, recording);
    for (size_t i = 0; i < json_array_size(benchmarks); i++) {
        AUTO_FREE char *pointer = str_format("/benchmarks/%zu", i);
        struct place place = { document, json_array_get(benchmarks, i), pointer };
        if (read_benchmark(&place, recording, err) < 0)
            return -1;
    }
    return benchmarks ? 0 : -1;
}

const struct format format_pytest = {
    .name = "pytest",
    .description = "pytest-benchmark's JSON",
    .recognises = recognises,
    .read = read_pytest,
};
