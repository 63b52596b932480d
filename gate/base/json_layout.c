#include "gate/base/json_layout.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/str.h"
#include "gate/base/strvec.h"

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

static void add_scalar(struct str *out, const json_t *value)
{
    if (json_is_real(value)) {
        add_real(out, json_real_value(value));
        return;
    }
    char *text = json_dumps(value, JSON_ENCODE_ANY);
    str_add(out, text);
    free(text);
}

static void add_key(struct str *out, const char *key)
{
    json_t *text = json_string(key);
    add_scalar(out, text);
    str_add(out, ": ");
    json_decref(text);
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

static void
add_object(struct str *out, const json_t *object, size_t depth, bool is_inline)
{
    AUTO_STRVEC struct strvec keys = { 0 };
    for (void *i = first_member(object); i; i = next_member(object, i))
        strvec_push(&keys, json_object_iter_key(i));
    if (keys.count)
        strvec_sort(&keys);
    str_add_char(out, '{');
    for (size_t i = 0; i < keys.count; i++) {
        str_add(out, !i ? "" : is_inline ? ", " : ",");
        add_break(out, depth + 1, is_inline);
        add_key(out, keys.items[i]);
        add_value(out, json_object_get(object, keys.items[i]), depth + 1, is_inline);
    }
    add_break(out, depth, is_inline || !keys.count);
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
