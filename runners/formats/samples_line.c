#include "runners/formats/samples_line.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/json.h"
#include "gate/base/str.h"
#include "runners/formats/samples.h"

#define SHOWN_BYTES     60
#define NAME_BYTES      200
#define WORK_UNIT_BYTES 40
/* 10,000 lines of so many values are still counted in 64 bits. */
#define MOST_TIMES INT64_C(1000000000000000)

/* The object that a line is. */
struct object {
    const struct samples_line *line;
    json_t *json;
    struct error *err;
};

bool samples_unit(const char *name, double *ns)
{
    static const struct {
        const char *name;
        double ns;
    } units[] = {
        { "ns", 1 }, { "us", 1e3 }, { "\xc2\xb5s", 1e3 }, { "ms", 1e6 }, { "s", 1e9 }
    };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (str_equal(units[i].name, name)) {
            *ns = units[i].ns;
            return true;
        }
    return false;
}

int samples_line_error(const struct samples_line *line,
                       struct error *err,
                       const char *format,
                       ...)
{
    char sentence[sizeof err->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    return error_set(err, ERROR_BENCHMARK, "in '%s', line %zu: %s", line->path,
                     line->number, sentence);
}

/* "'samples' must be an array, not 5". */
static int refuse(const struct object *object,
                  const char *what,
                  const char *rule,
                  const json_t *value)
{
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(9));
    samples_line_error(object->line, object->err, "'%s' must be %s, not %.*s", what, rule,
                       SHOWN_BYTES, text ? text : "there");
    free(text);
    return -1;
}

static int refuse_item(const struct object *object,
                       const char *array,
                       size_t i,
                       const char *rule,
                       const json_t *value)
{
    AUTO_FREE char *what = str_format("%s[%zu]", array, i);
    return refuse(object, what, rule, value);
}

static int check_keys(const struct object *object)
{
    static const char *const known[] = { "name",    "unit",   "iterations", "clock",
                                         "samples", "counts", "work" };
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach(object->json, key, value) {
        bool is_known = false;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            is_known |= str_equal(known[i], key);
        if (!is_known)
            return samples_line_error(object->line, object->err,
                                      "unknown key '%.*s' (allowed: name, unit, "
                                      "iterations, clock, samples, counts; or work and "
                                      "unit)",
                                      SHOWN_BYTES, key);
    }
    return 0;
}

/* Printable, and no longer than what a report has room for. */
static bool is_text(const json_t *value, size_t most_bytes)
{
    const char *text = json_string_value(value);
    if (!text || strlen(text) > most_bytes)
        return false;
    for (; *text; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7f)
            return false;
    return true;
}

/* The text of a member that may be missing; NULL with err where it is no such text. */
static const char *read_text(const struct object *object, const char *key, size_t most)
{
    const json_t *value = json_object_get(object->json, key);
    if (!value)
        return "";
    if (is_text(value, most))
        return json_string_value(value);
    AUTO_FREE char *rule =
        str_format("a text of at most %zu bytes, without control characters", most);
    refuse(object, key, rule, value);
    return NULL;
}

static int read_work(const struct object *object)
{
    struct samples *samples = object->line->samples;
    const json_t *value = json_object_get(object->json, "work");
    const char *unit = read_text(object, "unit", WORK_UNIT_BYTES);
    if (!unit)
        return -1;
    if (!json_is_number(value) || json_number_value(value) <= 0)
        return refuse(object, "work", "a number above 0", value);
    if (json_object_get(object->json, "samples"))
        return samples_line_error(object->line, object->err,
                                  "'work' and 'samples' must stand in lines of their "
                                  "own");
    if (samples->work_unit && !str_equal(samples->work_unit, unit))
        return samples_line_error(object->line, object->err,
                                  "the work is in '%s' here and in '%s' above", unit,
                                  samples->work_unit);
    if (!samples->work_unit)
        samples->work_unit = xstrdup(unit);
    samples->work += json_number_value(value);
    return 0;
}

/* A member that may be missing: a number of at least `least`. */
static int
read_number(const struct object *object, const char *key, double least, double *out)
{
    const json_t *value = json_object_get(object->json, key);
    if (!value)
        return 0;
    AUTO_FREE char *rule = str_format("a number of at least %.0f", least);
    if (!json_is_number(value) || json_number_value(value) < least)
        return refuse(object, key, rule, value);
    *out = json_number_value(value);
    return 0;
}

static int
read_times(const struct object *object, const json_t *counts, size_t i, uint64_t *times)
{
    const json_t *value = json_array_get(counts, i);
    json_int_t number = json_integer_value(value);
    if (number < 1 || number > MOST_TIMES)
        return refuse_item(object, "counts", i,
                           "a whole number of at least 1 and at most 10^15", value);
    *times = (uint64_t)number;
    return 0;
}

static int
read_values(const struct object *object, double unit_ns, struct histogram *histogram)
{
    const json_t *samples = json_object_get(object->json, "samples");
    const json_t *counts = json_object_get(object->json, "counts");
    for (size_t i = 0; i < json_array_size(samples); i++) {
        const json_t *value = json_array_get(samples, i);
        uint64_t times = 1;
        if (!json_is_number(value) || json_number_value(value) < 0)
            return refuse_item(object, "samples", i, "a number of at least 0", value);
        if (counts && read_times(object, counts, i, &times) < 0)
            return -1;
        histogram_add(histogram, json_number_value(value) * unit_ns, times);
    }
    return 0;
}

static int check_arrays(const struct object *object)
{
    const json_t *samples = json_object_get(object->json, "samples");
    const json_t *counts = json_object_get(object->json, "counts");
    if (!samples)
        return samples_line_error(object->line, object->err,
                                  "neither 'samples' nor 'work' in it");
    if (!json_array_size(samples))
        return refuse(object, "samples", "an array with something in it", samples);
    if (!counts || json_array_size(counts) == json_array_size(samples))
        return 0;
    return samples_line_error(object->line, object->err,
                              "'counts' must be an array of %zu numbers, one for each "
                              "sample",
                              json_array_size(samples));
}

static int read_series(const struct object *object)
{
    double unit_ns = 1;
    double iterations = 1;
    double clock = 0;
    const json_t *unit = json_object_get(object->json, "unit");
    const char *unit_name = json_string_value(unit);
    const char *name = read_text(object, "name", NAME_BYTES);
    if (!name || check_arrays(object) < 0 ||
        read_number(object, "iterations", 1, &iterations) < 0 ||
        read_number(object, "clock", 0, &clock) < 0)
        return -1;
    if (unit && (!unit_name || !samples_unit(unit_name, &unit_ns)))
        return refuse(object, "unit", "ns, us, ms or s", unit);
    struct samples_series *series = samples_series_of(object->line->samples, name);
    series->iterations =
        (uint64_t)fmax((double)series->iterations, fmin(iterations, 1e15));
    series->clock_ns = fmax(series->clock_ns, clock * unit_ns);
    return read_values(object, unit_ns, &series->ns);
}

int samples_line_json(const struct samples_line *line,
                      const char *text,
                      struct error *err)
{
    json_error_t problem;
    AUTO_JSON json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, &problem);
    if (!json)
        return samples_line_error(line, err, "column %d: %s", problem.column,
                                  problem.text);
    const struct object object = { line, json, err };
    if (check_keys(&object) < 0)
        return -1;
    return json_object_get(json, "work") ? read_work(&object) : read_series(&object);
}
