#include "gate/base/json.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/file.h"
#include "gate/base/str.h"

void json_release(json_t **value)
{
    json_decref(*value);
    *value = NULL;
}

json_t *json_read_text(const char *text,
                       const char *name,
                       enum error_code code,
                       struct error *err)
{
    json_error_t problem;
    json_t *value = json_loads(text, JSON_REJECT_DUPLICATES, &problem);
    if (!value)
        error_set(err, code, "in '%s', line %d, column %d: %s", name, problem.line,
                  problem.column, problem.text);
    return value;
}

json_t *json_read_file(const char *path, enum error_code code, struct error *err)
{
    AUTO_STR struct str text = STR_INIT;
    if (file_read(path, &text, err) < 0)
        return NULL;
    if (strlen(text.data) != text.length) {
        error_set(err, code, "in '%s': a NUL byte, which JSON does not allow", path);
        return NULL;
    }
    return json_read_text(text.data, path, code, err);
}

int json_write_file(const char *path, const json_t *value, struct error *err)
{
    AUTO_FREE char *text =
        json_dumps(value, JSON_INDENT(2) | JSON_SORT_KEYS | JSON_REAL_PRECISION(12));
    if (!text)
        return error_set(err, ERROR_SYSTEM, "cannot write '%s': a value that is not JSON",
                         path);
    AUTO_STR struct str whole = STR_INIT;
    str_add(&whole, text);
    str_add_char(&whole, '\n');
    return file_write(path, whole.data, whole.length, err);
}

void json_pointer_add(struct str *pointer, const char *key)
{
    str_add_char(pointer, '/');
    for (; *key; key++) {
        if (*key == '~')
            str_add(pointer, "~0");
        else if (*key == '/')
            str_add(pointer, "~1");
        else
            str_add_char(pointer, *key);
    }
}

/* A scanner over text that is known to be valid JSON: it skips values and stops at the
 * one whose pointer is asked for. jansson keeps no places, and errors without them are no
 * help. */
struct scanner {
    const char *next;
    const char *wanted; /* the rest of the pointer, "" once the value is reached */
};

static void skip_blanks(struct scanner *scan)
{
    scan->next += strspn(scan->next, " \t\r\n");
}

static void skip_string(struct scanner *scan)
{
    scan->next++;
    while (*scan->next && *scan->next != '"')
        scan->next += scan->next[0] == '\\' && scan->next[1] ? 2 : 1;
    if (*scan->next)
        scan->next++;
}

/* Past one value of any kind: brackets are counted, strings stepped over. */
static void skip_value(struct scanner *scan)
{
    size_t depth = 0;
    skip_blanks(scan);
    do {
        if (*scan->next == '"') {
            skip_string(scan);
        } else if (strchr("{[", *scan->next)) {
            depth++;
            scan->next++;
        } else if (strchr("}]", *scan->next)) {
            depth--;
            scan->next++;
        } else if (depth) {
            scan->next++;
        } else {
            scan->next += strcspn(scan->next, ",]} \t\r\n");
        }
    } while (depth && *scan->next);
}

/* Whether the pointer's next step is this key (its JSON text, quotes included). */
static bool step_is_key(const char *step,
                        size_t step_length,
                        const char *quoted,
                        size_t quoted_length)
{
    AUTO_FREE char *copy = xstrndup(quoted, quoted_length);
    json_t *key = json_loads(copy, JSON_DECODE_ANY, NULL);
    AUTO_STR struct str escaped = STR_INIT;
    if (key)
        json_pointer_add(&escaped, json_string_value(key));
    json_decref(key);
    return escaped.length == step_length + 1 &&
           memcmp(escaped.data + 1, step, step_length) == 0;
}

/* Enters the object or array at next; true once next stands at the step's member (an
 * object's key or an array's element). */
static bool enter(struct scanner *scan, const char *step, size_t step_length)
{
    bool is_object = *scan->next == '{';
    size_t index = 0;
    if (!is_object && *scan->next != '[')
        return false;

    scan->next++;
    for (;;) {
        skip_blanks(scan);
        if (!*scan->next || strchr("}]", *scan->next))
            return false;
        const char *member = scan->next;
        bool is_wanted = false;
        if (is_object) {
            skip_string(scan);
            is_wanted =
                step_is_key(step, step_length, member, (size_t)(scan->next - member));
        } else {
            is_wanted =
                strtoull(step, NULL, 10) == index && isdigit((unsigned char)*step);
        }
        if (is_wanted) {
            scan->next = member;
            return true;
        }
        if (is_object)
            scan->next += strcspn(scan->next, ":") + 1;
        skip_value(scan);
        skip_blanks(scan);
        if (*scan->next == ',')
            scan->next++;
        index++;
    }
}

static struct json_place place_of(const char *text, const char *at)
{
    struct json_place place = { 1, 1 };
    for (const char *c = text; c < at; c++) {
        if (*c == '\n') {
            place.line++;
            place.column = 1;
        } else if (((unsigned char)*c & 0xc0) != 0x80) {
            place.column++; /* continuation bytes of UTF-8 are no characters */
        }
    }
    return place;
}

/* From a member's key, or from an element that is a string, to what stands behind it. */
static void step_into_value(struct scanner *scan)
{
    if (*scan->next != '"')
        return;
    skip_string(scan);
    skip_blanks(scan);
    if (*scan->next != ':')
        return;
    scan->next++;
    skip_blanks(scan);
}

struct json_place json_find_place(const char *text, const char *pointer)
{
    struct scanner scan = { .next = text, .wanted = pointer };
    skip_blanks(&scan);
    while (*scan.wanted == '/') {
        const char *step = scan.wanted + 1;
        size_t length = strcspn(step, "/");
        if (!enter(&scan, step, length))
            return (struct json_place){ 1, 1 };
        scan.wanted = step + length;
        if (*scan.wanted)
            step_into_value(&scan);
    }
    return place_of(text, scan.next);
}
