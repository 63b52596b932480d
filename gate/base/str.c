#include "gate/base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"

char str_empty[1] = { 0 };

static void reserve(struct str *str, size_t more)
{
    size_t needed = str->length + more + 1;
    if (needed <= str->capacity)
        return;

    size_t grown = str->capacity ? str->capacity * 2 : 64;
    if (grown < needed)
        grown = needed;
    str->data = xreallocarray(str->capacity ? str->data : NULL, grown, 1);
    str->data[str->length] = '\0';
    str->capacity = grown;
}

void str_clear(struct str *str)
{
    if (str->capacity)
        free(str->data);
    *str = STR_INIT;
}

void str_reset(struct str *str)
{
    str_truncate(str, 0);
}

void str_truncate(struct str *str, size_t length)
{
    if (length >= str->length)
        return;
    str->length = length;
    str->data[length] = '\0';
}

void str_add_bytes(struct str *str, const char *bytes, size_t length)
{
    if (!length)
        return;
    reserve(str, length);
    memcpy(str->data + str->length, bytes, length);
    str->length += length;
    str->data[str->length] = '\0';
}

void str_add(struct str *str, const char *text)
{
    str_add_bytes(str, text, strlen(text));
}

void str_add_char(struct str *str, char c)
{
    str_add_bytes(str, &c, 1);
}

/* Most of what is formatted fits at once, and need not be formatted twice. */
#define USUAL_LENGTH 48

PRINTF_LIKE(2, 0)
static void add_formatted(struct str *str, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    reserve(str, USUAL_LENGTH);
    size_t room = str->capacity - str->length;
    int length = vsnprintf(str->data + str->length, room, format, args);
    if (length > 0 && (size_t)length >= room) {
        reserve(str, (size_t)length);
        vsnprintf(str->data + str->length, (size_t)length + 1, format, again);
    }
    if (length > 0)
        str->length += (size_t)length;
    va_end(again);
}

void str_addf(struct str *str, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add_formatted(str, format, args);
    va_end(args);
}

char *str_detach(struct str *str)
{
    reserve(str, 0);
    char *text = str->data;
    *str = STR_INIT;
    return text;
}

char *str_format(const char *format, ...)
{
    struct str str = STR_INIT;
    va_list args;
    va_start(args, format);
    add_formatted(&str, format, args);
    va_end(args);
    return str_detach(&str);
}

void str_add_counted(struct str *str, size_t count, const char *word)
{
    /* "benches", "batches": a plural of its own after the sounds of s and ch. */
    bool hisses = str_ends_with(word, "s") || str_ends_with(word, "ch");
    str_addf(str, "%zu %s%s", count, word, count == 1 ? "" : hisses ? "es" : "s");
}

bool str_equal(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

bool str_starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool str_ends_with(const char *text, const char *suffix)
{
    size_t length = strlen(text);
    size_t tail = strlen(suffix);
    return length >= tail && memcmp(text + length - tail, suffix, tail) == 0;
}

static size_t least(size_t a, size_t b, size_t c)
{
    size_t smaller = a < b ? a : b;
    return smaller < c ? smaller : c;
}

/* Levenshtein's distance with one row of the table kept. */
size_t str_distance(const char *a, const char *b)
{
    size_t columns = strlen(b);
    AUTO_FREE size_t *row = xcalloc(columns + 1, sizeof *row);
    for (size_t j = 0; j <= columns; j++)
        row[j] = j;
    for (size_t i = 0; a[i]; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < columns; j++) {
            size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = least(replaced, row[j] + 1, row[j + 1] + 1);
        }
    }
    return row[columns];
}

const char *str_nearest(const char *word, const char *const *candidates, size_t count)
{
    size_t allowed = strlen(word) / 3 < 2 ? 2 : strlen(word) / 3;
    const char *nearest = NULL;
    for (size_t i = 0; i < count; i++) {
        size_t distance = str_distance(word, candidates[i]);
        if (distance > allowed)
            continue;
        if (distance == 0)
            return candidates[i];
        nearest = candidates[i];
        allowed = distance - 1;
    }
    return nearest;
}
