#include "runners/case-tracker/plain_json.h"

#include <string.h>

#include "runners/case-tracker/plain.h"
#include "runners/case-tracker/utf8.h"

void plain_strings_reset(struct plain_strings *strings)
{
    str_reset(&strings->bytes);
    strings->count = 0;
}

void plain_strings_clear(struct plain_strings *strings)
{
    str_clear(&strings->bytes);
    strings->count = 0;
}

struct cursor {
    const char *next;
    const char *end;
};

static size_t left_of(const struct cursor *cursor)
{
    return (size_t)(cursor->end - cursor->next);
}

static bool take(struct cursor *cursor, const char *literal)
{
    size_t length = strlen(literal);
    if (left_of(cursor) < length || memcmp(cursor->next, literal, length) != 0)
        return false;
    cursor->next += length;
    return true;
}

/* Up to the next quote or backslash. */
static bool take_run(struct cursor *cursor, struct str *bytes)
{
    const char *text = cursor->next;
    size_t length = plain_unescaped(text, left_of(cursor));
    size_t printable = plain_printable(text, length); /* mostly all of it */
    if (!utf8_is_valid(text + printable, length - printable))
        return false;
    str_add_bytes(bytes, text, length);
    cursor->next += length;
    return true;
}

/* What follows a backslash, where it is one letter. */
static bool take_escape(struct cursor *cursor, struct str *bytes)
{
    static const char escapes[] = "\"\"\\\\//b\bf\fn\nr\rt\t";
    for (const char *pair = escapes; *pair && left_of(cursor); pair += 2) {
        if (pair[0] == *cursor->next) {
            str_add_char(bytes, pair[1]);
            cursor->next++;
            return true;
        }
    }
    return false;
}

static bool take_string(struct cursor *cursor, struct plain_strings *strings)
{
    if (!take(cursor, "\"") || !take_run(cursor, &strings->bytes))
        return false;
    while (take(cursor, "\\"))
        if (!take_escape(cursor, &strings->bytes) || !take_run(cursor, &strings->bytes))
            return false;
    if (!take(cursor, "\""))
        return false;
    str_add_char(&strings->bytes, '\0');
    strings->count++;
    return true;
}

static bool take_array(struct cursor *cursor, struct plain_strings *strings)
{
    if (!take(cursor, "["))
        return false;
    if (take(cursor, "]"))
        return true;
    do {
        if (!take_string(cursor, strings))
            return false;
    } while (take(cursor, ","));
    return take(cursor, "]");
}

size_t plain_json_array(const char *text, size_t length, struct plain_strings *strings)
{
    struct cursor cursor = { .next = text, .end = text + length };
    return take_array(&cursor, strings) ? (size_t)(cursor.next - text) : 0;
}

size_t plain_json_case(const char *text, size_t length, struct plain_strings *strings)
{
    struct cursor cursor = { .next = text, .end = text + length };
    bool is_plain = take(&cursor, "{\"id\":") && take_string(&cursor, strings) &&
                    take(&cursor, ",\"title\":") && take_string(&cursor, strings) &&
                    take(&cursor, ",\"status\":") && take_string(&cursor, strings) &&
                    take(&cursor, ",\"notes\":") && take_array(&cursor, strings) &&
                    take(&cursor, "}");
    return is_plain ? (size_t)(cursor.next - text) : 0;
}
