#include "gate/base/json_layout.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"

static void *first_member(const json_t *object)
{
    return json_object_iter((json_t *)(uintptr_t)object);
}

static void *next_member(const json_t *object, void *member)
{
    return json_object_iter_next((json_t *)(uintptr_t)object, member);
}

/* jansson reads no deeper than 2,048 levels. */
static bool holds_list(const json_t *object)
{
    for (void *i = first_member(object); i; i = next_member(object, i)) {
        const json_t *value = json_object_iter_value(i);
        if (json_is_array(value) || (json_is_object(value) && holds_list(value)))
            return true;
    }
    return false;
}

/* Equal to the bit, so that -0.0 keeps its sign. */
static bool is_same(double a, double b)
{
    uint64_t bits_of_a = 0;
    uint64_t bits_of_b = 0;
    memcpy(&bits_of_a, &a, sizeof a);
    memcpy(&bits_of_b, &b, sizeof b);
    return bits_of_a == bits_of_b;
}

/* 15 digits are always exact as decimals, 17 as doubles; the fewest that do are shown. */
static void add_real(struct str *out, double number)
{
    char digits[40];
    int precision = 15;
    do
        snprintf(digits, sizeof digits, "%.*g", precision, number);
    while (!is_same(strtod(digits, NULL), number) && precision++ < 17);
    str_add(out, digits);
    if (!strpbrk(digits, ".e"))
        str_add(out, ".0");
}

/* Results have millions; printf reads its format anew for each. */
static void add_integer(struct str *out, json_int_t number)
{
    char digits[24];
    char *end = digits + sizeof digits;
    char *at = end;
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do
        *--at = (char)('0' + left % 10);
    while (left /= 10);
    if (number < 0)
        *--at = '-';
    str_add_bytes(out, at, (size_t)(end - at));
}

/* Whether JSON has it as it stands: most keys and texts are so, and results have
 * millions. */
static bool is_plain(const char *text)
{
    for (const char *c = text; *c; c++)
        if (*c < ' ' || *c > '~' || *c == '"' || *c == '\\')
            return false;
    return true;
}

static void add_plain(struct str *out, const char *text)
{
    str_add_char(out, '"');
    str_add(out, text);
    str_add_char(out, '"');
}

static void add_encoded(struct str *out, const json_t *value)
{
    char *text = json_dumps(value, JSON_ENCODE_ANY);
    str_add(out, text);
    free(text);
}

static void add_scalar(struct str *out, const json_t *value)
{
    const char *text = json_string_value(value);
    if (json_is_real(value)) {
        add_real(out, json_real_value(value));
    } else if (json_is_integer(value)) {
        add_integer(out, json_integer_value(value));
    } else if (text && strlen(text) == json_string_length(value) && is_plain(text)) {
        add_plain(out, text);
    } else {
        add_encoded(out, value);
    }
}

static void add_key(struct str *out, const char *key)
{
    if (is_plain(key)) {
        add_plain(out, key);
    } else {
        json_t *text = json_string(key);
        add_encoded(out, text);
        json_decref(text);
    }
    str_add(out, ": ");
}

static void add_break(struct str *out, size_t depth, bool is_inline)
{
    if (is_inline)
        return;
    str_add_char(out, '\n');
    for (size_t i = 0; i < 2 * depth; i++)
        str_add_char(out, ' ');
}

static void add_value(struct str *out, const json_t *value, size_t depth, bool is_inline);

static void add_array(struct str *out, const json_t *array, size_t depth, bool is_inline)
{
    size_t count = json_array_size(array);
    str_add_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        const json_t *item = json_array_get(array, i);
        str_add(out, !i ? "" : is_inline ? ", " : ",");
        add_break(out, depth + 1, is_inline);
        add_value(out, item, depth + 1, !holds_list(item));
    }
    add_break(out, depth, is_inline || !count);
    str_add_char(out, ']');
}

static int compare_keys(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void
add_object(struct str *out, const json_t *object, size_t depth, bool is_inline)
{
    size_t count = 0;
    AUTO_FREE const char **keys = xcalloc(json_object_size(object) + 1, sizeof *keys);
    for (void *i = first_member(object); i; i = next_member(object, i))
        keys[count++] = json_object_iter_key(i);
    if (count)
        qsort(keys, count, sizeof *keys, compare_keys);
    str_add_char(out, '{');
    for (size_t i = 0; i < count; i++) {
        str_add(out, !i ? "" : is_inline ? ", " : ",");
        add_break(out, depth + 1, is_inline);
        add_key(out, keys[i]);
        add_value(out, json_object_get(object, keys[i]), depth + 1, is_inline);
    }
    add_break(out, depth, is_inline || !count);
    str_add_char(out, '}');
}

static void add_value(struct str *out, const json_t *value, size_t depth, bool is_inline)
{
    if (json_is_object(value))
        add_object(out, value, depth, is_inline);
    else if (json_is_array(value))
        add_array(out, value, depth, is_inline);
    else
        add_scalar(out, value);
}

void json_layout(const json_t *value, struct str *out)
{
    add_value(out, value, 0, false);
    str_add_char(out, '\n');
}
