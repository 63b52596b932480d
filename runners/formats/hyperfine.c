/* hyperfine --export-json: { "results": [{ "command", "times": [seconds], "exit_codes":
 * [] }] }. Wall time only: its processor times are means, without the single runs. */
#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "runners/formats/format.h"
#include "runners/formats/values.h"

static bool recognises(const struct document *document)
{
    return json_is_array(json_object_get(document->json, "results"));
}

/* Exit codes are null where a signal ended the run. With --ignore-failure hyperfine goes
 * on after both. */
static void
check_exit_codes(const json_t *result, struct recording *recording, struct series *series)
{
    const json_t *codes = json_object_get(result, "exit_codes");
    size_t failed = 0;
    for (size_t i = 0; i < json_array_size(codes); i++) {
        const json_t *code = json_array_get(codes, i);
        if (json_is_null(code))
            series_fail(series, "a run was ended by a signal");
        failed += json_is_integer(code) && json_integer_value(code) != 0;
    }
    if (failed)
        strvec_pushf(&recording->warnings, "%zu of %zu runs of '%s' exited with an error",
                     failed, json_array_size(codes), series->name);
}

static int
read_result(const struct place *place, struct recording *recording, struct error *err)
{
    const char *command = place_text(place, "command", err);
    const json_t *times = command ? place_array(place, "times", err) : NULL;
    if (!times)
        return -1;
    if (recording_find(recording, command, "wall"))
        return place_error(place, "command", err,
                           "'%s' stands twice in this file: what is it to be compared "
                           "with? hyperfine --command-name gives names",
                           command);
    struct series *series = recording_series(recording, command, "wall", SERIES_SECONDS);
    check_exit_codes(place->object, recording, series);
    AUTO_FREE char *pointer = str_format("%s/times", place->pointer);
    return values_add_all(series, place->document, times, pointer, err);
}

static int read_hyperfine(const struct document *document,
                          struct recording *recording,
                          struct error *err)
{
    struct place top = { .document = document, .object = document->json, .pointer = "" };
    const json_t *results = place_array(&top, "results", err);
    for (size_t i = 0; i < json_array_size(results); i++) {
        AUTO_FREE char *pointer = str_format("/results/%zu", i);
        struct place place = { document, json_array_get(results, i), pointer };
        if (read_result(&place, recording, err) < 0)
            return -1;
    }
    return results ? 0 : -1;
}

const struct format format_hyperfine = {
    .name = "hyperfine",
    .description = "hyperfine's JSON",
    .recognises = recognises,
    .read = read_hyperfine,
};
