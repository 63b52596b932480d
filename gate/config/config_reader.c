#include "gate/config/config_reader.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/json.h"
#include "gate/base/str.h"
#include "gate/base/units.h"

/* Longer values are cut in messages: they are there to be recognised, not to be read. */
#define SHOWN_BYTES 60

static void add_pointer(struct str *pointer, const struct node *node)
{
    if (!node->parent)
        return;
    add_pointer(pointer, node->parent);
    if (node->key)
        json_pointer_add(pointer, node->key);
    else
        str_addf(pointer, "/%zu", node->index);
}

/* Cut at a character's start, control characters as '?': the text comes from whoever
 * wrote the file. */
static void add_shown(struct str *out, const char *text)
{
    size_t length = strlen(text);
    size_t shown = length;
    if (length > SHOWN_BYTES) {
        shown = SHOWN_BYTES;
        while (((unsigned char)text[shown] & 0xc0) == 0x80)
            shown--;
    }
    for (size_t i = 0; i < shown; i++) {
        if ((unsigned char)text[i] < ' ' || text[i] == 0x7f)
            str_add_char(out, '?');
        else
            str_add_char(out, text[i]);
    }
    if (shown < length)
        str_add(out, "...");
}

/* The way to the node as people write it: "suites[0].benchmarks[1].run". */
static void add_path(struct str *path, const struct node *node)
{
    if (!node->parent)
        return;
    add_path(path, node->parent);
    if (!node->key) {
        str_addf(path, "[%zu]", node->index);
        return;
    }
    if (node->parent->parent)
        str_add_char(path, '.');
    add_shown(path, node->key);
}

static void add_value(struct str *out, const json_t *value)
{
    if (json_is_object(value)) {
        str_add(out, "an object");
    } else if (json_is_array(value)) {
        str_addf(out, "an array of %zu", json_array_size(value));
    } else {
        AUTO_FREE char *dumped =
            json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(12));
        add_shown(out, dumped ? dumped : "?");
    }
}

static void add_place(struct str *out, const struct reader *reader, const char *pointer)
{
    struct json_place place = json_find_place(reader->text, pointer);
    str_addf(out, "in '%s', line %zu, column %zu: ", reader->path, place.line,
             place.column);
}

/* "in 'pawl.json', line 4, column 5: 'budget.pairs' " */
static void begin_message(struct str *out, const struct node *node)
{
    AUTO_STR struct str pointer = STR_INIT;
    add_pointer(&pointer, node);
    add_place(out, node->reader, pointer.data);
    if (!node->parent) {
        str_add(out, "the top level ");
        return;
    }
    str_add_char(out, '\'');
    add_path(out, node);
    str_add(out, "' ");
}

char *node_place(const struct node *node)
{
    AUTO_STR struct str pointer = STR_INIT;
    struct str place = STR_INIT;
    add_pointer(&pointer, node);
    add_place(&place, node->reader, pointer.data);
    str_truncate(&place, place.length - strlen(": "));
    return str_detach(&place);
}

PRINTF_LIKE(2, 0)
static void add_formatted(struct str *out, const char *format, va_list args)
{
    char *text = NULL;
    if (vasprintf(&text, format, args) >= 0)
        str_add(out, text);
    free(text);
}

int node_error(const struct node *node, const char *format, ...)
{
    AUTO_STR struct str message = STR_INIT;
    begin_message(&message, node);
    va_list args;
    va_start(args, format);
    add_formatted(&message, format, args);
    va_end(args);
    return error_set(node->reader->err, ERROR_CONFIG, "%s", message.data);
}

int node_must_be(const struct node *node, const char *format, ...)
{
    AUTO_STR struct str message = STR_INIT;
    begin_message(&message, node);
    str_add(&message, "must be ");
    va_list args;
    va_start(args, format);
    add_formatted(&message, format, args);
    va_end(args);
    str_add(&message, ", not ");
    add_value(&message, node->value);
    return error_set(node->reader->err, ERROR_CONFIG, "%s", message.data);
}

/* More names than this are a page, not a hint. */
#define MOST_NAMES_SHOWN 36

static void add_allowed(struct str *message, const struct strvec *allowed)
{
    AUTO_STRVEC struct strvec shown = { 0 };
    for (size_t i = 0; i < allowed->count && i < MOST_NAMES_SHOWN; i++)
        strvec_push(&shown, allowed->items[i]);
    AUTO_FREE char *names = strvec_join(&shown, ", ");
    str_addf(message, " (allowed: %s", names);
    if (allowed->count > shown.count)
        str_addf(message, " and %zu more", allowed->count - shown.count);
    str_add_char(message, ')');
}

int node_unknown_key(const struct node *node,
                     const char *key,
                     const struct strvec *allowed)
{
    AUTO_STR struct str message = STR_INIT;
    AUTO_STR struct str pointer = STR_INIT;
    add_pointer(&pointer, node);
    json_pointer_add(&pointer, key);
    add_place(&message, node->reader, pointer.data);
    str_add(&message, "unknown key '");
    add_shown(&message, key);
    str_add(&message, "' in ");
    if (node->parent) {
        str_add_char(&message, '\'');
        add_path(&message, node);
        str_add_char(&message, '\'');
    } else {
        str_add(&message, "the top level");
    }

    const char *nearest =
        str_nearest(key, (const char *const *)allowed->items, allowed->count);
    if (nearest)
        str_addf(&message, ", did you mean '%s'?", nearest);
    add_allowed(&message, allowed);
    return error_set(node->reader->err, ERROR_CONFIG, "%s", message.data);
}

struct node node_member(const struct node *node, const char *key, json_t *value)
{
    return (struct node){
        .reader = node->reader, .parent = node, .key = key, .value = value
    };
}

struct node node_element(const struct node *node, size_t index)
{
    return (struct node){ .reader = node->reader,
                          .parent = node,
                          .index = index,
                          .value = json_array_get(node->value, index) };
}

void node_sorted_keys(const struct node *node, struct strvec *keys)
{
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach(node->value, name, value)
        strvec_push(keys, name);
    strvec_sort(keys);
}

static bool has_key(const struct key_table *table, const char *name)
{
    for (size_t i = 0; i < table->count; i++)
        if (str_equal(table->keys[i].name, name))
            return true;
    return false;
}

static int refuse_unknown_keys(const struct node *node, const struct key_table *table)
{
    AUTO_STRVEC struct strvec allowed = { 0 };
    for (size_t i = 0; i < table->count; i++)
        strvec_push(&allowed, table->keys[i].name);

    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach(node->value, name, value)
        if (!has_key(table, name))
            return node_unknown_key(node, name, &allowed);
    return 0;
}

static int read_key(const struct node *node, const struct key *key, void *into)
{
    json_t *value = json_object_get(node->value, key->name);
    if (!value && key->is_required)
        return node_error(node, "lacks the key '%s'", key->name);
    if (!value || !key->read)
        return 0;
    struct node member = node_member(node, key->name, value);
    return key->read(&member, into);
}

int node_read_object(const struct node *node, const struct key_table *table, void *into)
{
    if (!json_is_object(node->value))
        return node_must_be(node, "an object (%s)", table->what);
    if (refuse_unknown_keys(node, table) < 0)
        return -1;
    for (size_t i = 0; i < table->count; i++)
        if (read_key(node, &table->keys[i], into) < 0)
            return -1;
    return 0;
}

int node_read_array(const struct node *node,
                    bool needs_one,
                    const char *what,
                    node_read *read,
                    void *into)
{
    size_t count = json_array_size(node->value);
    if (!json_is_array(node->value) || (needs_one && !count))
        return node_must_be(node, "an array of %s%s", what,
                            needs_one ? " (at least one)" : "");
    for (size_t i = 0; i < count; i++) {
        struct node element = node_element(node, i);
        if (read(&element, into) < 0)
            return -1;
    }
    return 0;
}

int node_read_bool(const struct node *node, bool *out)
{
    if (!json_is_boolean(node->value))
        return node_must_be(node, "true or false");
    *out = json_is_true(node->value);
    return 0;
}

int node_read_string(const struct node *node, const char *what, const char **out)
{
    if (!json_is_string(node->value))
        return node_must_be(node, "%s", what);
    *out = json_string_value(node->value);
    return 0;
}

int node_read_integer(const struct node *node,
                      int64_t at_least,
                      int64_t at_most,
                      int64_t *out)
{
    int64_t number = json_integer_value(node->value);
    if (!json_is_integer(node->value) || number < at_least || number > at_most)
        return node_must_be(node,
                            "a whole number of at least %" PRId64 " and at most %" PRId64,
                            at_least, at_most);
    *out = number;
    return 0;
}

static bool is_within(int64_t duration_ns, const char *at_least, const char *at_most)
{
    int64_t least_ns = 0;
    int64_t most_ns = 0;
    return units_parse_duration_ns(at_least, &least_ns) == 0 &&
           units_parse_duration_ns(at_most, &most_ns) == 0 && duration_ns >= least_ns &&
           duration_ns <= most_ns;
}

int node_read_duration(const struct node *node,
                       const char *at_least,
                       const char *at_most,
                       int64_t *out_ns)
{
    int64_t duration_ns = 0;
    if (!json_is_string(node->value) ||
        units_parse_duration_ns(json_string_value(node->value), &duration_ns) < 0)
        return node_must_be(node, "%s", UNITS_DURATION_EXAMPLES);
    if (!is_within(duration_ns, at_least, at_most))
        return node_must_be(node, "at least %s and at most %s", at_least, at_most);
    *out_ns = duration_ns;
    return 0;
}
