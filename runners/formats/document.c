#include "runners/formats/document.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/json.h"
#include "runners/formats/lines.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define SHOWN_BYTES     100

void document_clear(struct document *document)
{
    str_clear(&document->text);
    json_release(&document->json);
}

static int check_text(struct document *document, struct error *err)
{
    if (strlen(document->text.data) != document->text.length)
        return error_set(err, ERROR_USAGE,
                         "in '%s': not a text: a NUL byte at offset %zu", document->path,
                         strlen(document->text.data));
    if (str_starts_with(document->text.data, BYTE_ORDER_MARK))
        memmove(document->text.data, document->text.data + strlen(BYTE_ORDER_MARK),
                document->text.length - strlen(BYTE_ORDER_MARK) + 1);
    document->text.length = strlen(document->text.data);
    return 0;
}

/* Whether the first of several lines is an object that says its reason. */
static bool is_json_lines(const char *begin)
{
    size_t length = strcspn(begin, "\n");
    json_error_t problem;
    if (!begin[length] || !begin[length + strspn(begin + length, " \t\r\n")])
        return false;
    AUTO_JSON json_t *first = json_loadb(begin, length, JSON_DISABLE_EOF_CHECK, &problem);
    return json_is_string(json_object_get(first, "reason"));
}

static int look_into(struct document *document, struct error *err)
{
    if (check_text(document, err) < 0)
        return -1;
    const char *begin = document->text.data + strspn(document->text.data, " \t\r\n");
    if (!*begin)
        return error_set(err, ERROR_USAGE, "in '%s': nothing in it", document->path);
    if ((*begin != '{' && *begin != '[') || is_json_lines(begin))
        return 0;
    document->json =
        json_read_text(document->text.data, document->path, ERROR_USAGE, err);
    return document->json ? 0 : -1;
}

int document_open(struct document *document, const char *path, struct error *err)
{
    *document = (struct document){ .path = path, .text = STR_INIT };
    if (file_read(path, &document->text, err) == 0)
        return look_into(document, err);
    err->code = ERROR_USAGE; /* it was asked for by name */
    return -1;
}

int document_take(struct document *document,
                  struct str *text,
                  const char *name,
                  struct error *err)
{
    *document = (struct document){ .path = name, .text = *text };
    *text = STR_INIT;
    return look_into(document, err);
}

/* The line as it stands in the text, so that nobody has to look for it. */
static void add_line(struct str *out, const struct document *document, size_t line)
{
    AUTO_LINES struct lines lines = LINES_OF(document->text.data);
    while (lines.number + document->lines_before < line && lines_next(&lines))
        continue;
    if (lines.number + document->lines_before != line || !lines.line.length)
        return;
    bool is_long = lines.line.length > SHOWN_BYTES;
    const char *shown = lines.line.data + strspn(lines.line.data, " \t");
    str_addf(out, ": '%.*s%s'", SHOWN_BYTES, shown, is_long ? "..." : "");
}

PRINTF_LIKE(4, 0)
static void set_error(struct error *err,
                      const struct document *document,
                      size_t line,
                      const char *format,
                      va_list arguments)
{
    char sentence[sizeof err->message];
    vsnprintf(sentence, sizeof sentence, format, arguments);
    AUTO_STR struct str shown = STR_INIT;
    add_line(&shown, document, line);
    error_set(err, ERROR_USAGE, "in '%s', line %zu: %s%s", document->path, line, sentence,
              shown.data);
}

int document_error_at(const struct document *document,
                      size_t line,
                      struct error *err,
                      const char *format,
                      ...)
{
    va_list arguments;
    va_start(arguments, format);
    set_error(err, document, line, format, arguments);
    va_end(arguments);
    return -1;
}

/* Of the member, or of the object itself where it has no such member. */
static size_t line_of(const struct place *place, const char *key)
{
    AUTO_STR struct str pointer = STR_INIT;
    str_add(&pointer, place->pointer);
    if (key && json_object_get(place->object, key))
        json_pointer_add(&pointer, key);
    return json_find_place(place->document->text.data, pointer.data).line +
           place->document->lines_before;
}

int place_error(const struct place *place,
                const char *key,
                struct error *err,
                const char *format,
                ...)
{
    va_list arguments;
    va_start(arguments, format);
    set_error(err, place->document, line_of(place, key), format, arguments);
    va_end(arguments);
    return -1;
}

static const json_t *
member(const struct place *place, const char *key, const char *what, struct error *err)
{
    const json_t *value = json_object_get(place->object, key);
    if (!value)
        place_error(place, NULL, err, "'%s' is missing; it must be %s", key, what);
    return value;
}

const char *place_text(const struct place *place, const char *key, struct error *err)
{
    const json_t *value = member(place, key, "a text", err);
    if (!value)
        return NULL;
    const char *text = json_string_value(value);
    if (text && *text)
        return text;
    place_error(place, key, err, "'%s' must be a text that is not empty", key);
    return NULL;
}

const json_t *place_array(const struct place *place, const char *key, struct error *err)
{
    const json_t *value = member(place, key, "an array", err);
    if (!value)
        return NULL;
    if (json_is_array(value) && json_array_size(value))
        return value;
    place_error(place, key, err, "'%s' must be an array with something in it", key);
    return NULL;
}

const json_t *place_object(const struct place *place, const char *key, struct error *err)
{
    const json_t *value = member(place, key, "an object", err);
    if (!value)
        return NULL;
    if (json_is_object(value))
        return value;
    place_error(place, key, err, "'%s' must be an object", key);
    return NULL;
}

bool place_is_true(const struct place *place, const char *key)
{
    return json_is_true(json_object_get(place->object, key));
}
