/* Catch2's XML (`-r xml`, versions 2 and 3): a BenchmarkResults element with a mean in
 * nanoseconds for each BENCHMARK, within its TestCase and its Sections, which make the
 * name: "test case/section/benchmark". Single runs are not told, so that a file holds one
 * value a name.
 *
 * expat reads it as a stream and says where it is. It loads no other file and expands no
 * entity without end. */
#include <expat.h>
#include <limits.h>
#include <string.h>

#include "gate/base/array.h"
#include "gate/base/error.h"
#include "runners/formats/format.h"
#include "runners/formats/lines.h"

#define NANOSECONDS 1e-9

/* How long the name was before each element that is open and has a part in it. */
struct name_lengths {
    size_t *items;
    size_t count;
    size_t capacity;
};

struct reading {
    const struct document *document;
    struct recording *recording;
    XML_Parser parser;
    struct str name;
    struct name_lengths lengths;
    bool is_in_benchmark;   /* a "mean" elsewhere is none of ours */
    size_t test_case_begin; /* the first series of the open test case */
    struct error *err;
    bool has_failed;
};

static bool recognises(const struct document *document)
{
    const char *text = document->text.data + strspn(document->text.data, " \t\r\n");
    return *text == '<' && (strstr(text, "<Catch ") || strstr(text, "<Catch2TestRun "));
}

/* NULL where the element has no attribute of that name. */
static const char *attribute(const char *const *attributes, const char *name)
{
    for (size_t i = 0; attributes[i]; i += 2) {
        if (str_equal(attributes[i], name))
            return attributes[i + 1];
    }
    return NULL;
}

static size_t line_of(const struct reading *reading)
{
    return (size_t)XML_GetCurrentLineNumber(reading->parser);
}

static void stop(struct reading *reading)
{
    reading->has_failed = true;
    XML_StopParser(reading->parser, XML_FALSE);
}

static bool has_name_part(const char *element)
{
    return str_equal(element, "TestCase") || str_equal(element, "Section") ||
           str_equal(element, "BenchmarkResults");
}

static void
open_name(struct reading *reading, const char *element, const char *const *attributes)
{
    const char *part = attribute(attributes, "name");
    if (!part) {
        document_error_at(reading->document, line_of(reading), reading->err,
                          "<%s> has no 'name'", element);
        stop(reading);
        return;
    }
    *array_push(&reading->lengths) = reading->name.length;
    str_addf(&reading->name, "%s%s", reading->name.length ? "/" : "", part);
    if (str_equal(element, "TestCase"))
        reading->test_case_begin = reading->recording->count;
    reading->is_in_benchmark = str_equal(element, "BenchmarkResults");
}

static struct series *series_of_name(const struct reading *reading)
{
    return recording_series(reading->recording, reading->name.data, "wall",
                            SERIES_SECONDS);
}

static void add_mean(struct reading *reading, const char *value)
{
    double number = -1;
    bool is_number = value && lines_parse_number(value, &number);
    const char *rule = series_value_rule(SERIES_SECONDS, is_number ? number : -1);
    if (!rule) {
        series_push(series_of_name(reading), number * NANOSECONDS);
        return;
    }
    document_error_at(reading->document, line_of(reading), reading->err,
                      "the mean of '%s' must be %s, not '%s'", reading->name.data, rule,
                      value ? value : "");
    stop(reading);
}

/* A test case that failed has measured something, but who knows what. */
static void fail_test_case(struct reading *reading)
{
    for (size_t i = reading->test_case_begin; i < reading->recording->count; i++)
        series_fail(&reading->recording->items[i], "its test case failed");
}

static void XMLCALL on_start(void *data, const char *element, const char **attributes)
{
    struct reading *reading = data;
    const char *success = attribute(attributes, "success");
    const char *message = attribute(attributes, "message");
    if (reading->has_failed)
        return;
    if (has_name_part(element))
        open_name(reading, element, attributes);
    else if (reading->is_in_benchmark && str_equal(element, "mean"))
        add_mean(reading, attribute(attributes, "value"));
    else if (reading->is_in_benchmark && str_equal(element, "failed"))
        series_fail(series_of_name(reading),
                    message && *message ? message : "it threw an exception");
    else if (str_equal(element, "OverallResult") && success &&
             str_equal(success, "false"))
        fail_test_case(reading);
}

static void XMLCALL on_end(void *data, const char *element)
{
    struct reading *reading = data;
    if (!has_name_part(element) || !reading->lengths.count)
        return;
    str_truncate(&reading->name, reading->lengths.items[--reading->lengths.count]);
    reading->is_in_benchmark = false;
}

static int parse(struct reading *reading)
{
    const struct str *text = &reading->document->text;
    XML_SetUserData(reading->parser, reading);
    XML_SetElementHandler(reading->parser, on_start, on_end);
    if (XML_Parse(reading->parser, text->data, (int)text->length, XML_TRUE) ==
        XML_STATUS_OK)
        return 0;
    if (reading->has_failed)
        return -1;
    return document_error_at(reading->document, line_of(reading), reading->err,
                             "not well-formed XML: %s",
                             XML_ErrorString(XML_GetErrorCode(reading->parser)));
}

static int read_catch2(const struct document *document,
                       struct recording *recording,
                       struct error *err)
{
    struct reading reading = {
        .document = document,
        .recording = recording,
        .name = STR_INIT,
        .err = err,
    };
    if (document->text.length > INT_MAX)
        return error_set(err, ERROR_USAGE, "in '%s': larger than 2 GiB", document->path);
    reading.parser = XML_ParserCreate(NULL);
    if (!reading.parser)
        return error_set(err, ERROR_SYSTEM, "in '%s': no memory for the XML parser",
                         document->path);
    int parsed = parse(&reading);
    XML_ParserFree(reading.parser);
    array_clear(&reading.lengths);
    str_clear(&reading.name);
    return parsed;
}

const struct format format_catch2 = {
    .name = "catch2",
    .description = "Catch2's XML",
    .recognises = recognises,
    .read = read_catch2,
};
