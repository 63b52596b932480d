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

static bool take_string(struct cursor *cursor, struct plain_strings *strings)
{
    if (!take(cursor, "\""))
        return false;
    const char *text = cursor->next;
    size_t length = plain_unescaped(text, left_of(cursor));
    size_t printable = plain_printable(text, length); /* mostly all of it */
    cursor->next += length;
    if (!take(cursor, "\"") || !utf8_is_valid(text + printable, length - printable))
        return false;
    str_add_bytes(&strings->bytes, text, length);
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
