#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/fields.h"
#include "gate/base/json.h"
#include "gate/base/strvec.h"

struct reader {
    struct str *path;
    struct error *err;
};

static const char *type_name(const json_t *json)
{
    if (!json)
        return "nothing";
    switch (json_typeof(json)) {
    case JSON_OBJECT:
        return "an object";
    case JSON_ARRAY:
        return "a list";
    case JSON_STRING:
        return "a text";
    case JSON_INTEGER:
        return "a whole number";
    case JSON_REAL:
        return "a number with decimals";
    case JSON_TRUE:
    case JSON_FALSE:
        return "true or false";
    case JSON_NULL:
        return "null";
    }
    abort();
}

static int wrong_type(const struct reader *reader, const char *wanted, const json_t *json)
{
    return error_set(reader->err, ERROR_USAGE, "'%s' must be %s, not %s",
                     reader->path->length ? reader->path->data : "/", wanted,
                     type_name(json));
}

static int read_text(const struct reader *reader, const json_t *json, void *to)
{
    if (!json_is_string(json))
        return wrong_type(reader, "a text", json);
    char *text = xstrdup(json_string_value(json));
    memcpy(to, &text, sizeof text);
    return 0;
}

static int read_texts(const struct reader *reader, const json_t *json, struct strvec *to)
{
    if (!json_is_array(json))
        return wrong_type(reader, "a list of texts", json);
    for (size_t i = 0; i < json_array_size(json); i++) {
        const json_t *item = json_array_get(json, i);
        if (!json_is_string(item))
            return wrong_type(reader, "a list of texts", item);
        strvec_push(to, json_string_value(item));
    }
    return 0;
}

static int read_bool(const struct reader *reader, const json_t *json, void *to)
{
    bool value = json_is_true(json);
    if (!json_is_boolean(json))
        return wrong_type(reader, "true or false", json);
    memcpy(to, &value, sizeof value);
    return 0;
}

static int read_number(const struct reader *reader, const json_t *json, void *to)
{
    double value = json_is_null(json) ? (double)NAN : json_number_value(json);
    if (!json_is_null(json) && !json_is_number(json))
        return wrong_type(reader, "a number or null", json);
    memcpy(to, &value, sizeof value);
    return 0;
}

static int read_known_number(const struct reader *reader, const json_t *json, void *to)
{
    if (!json_is_number(json))
        return wrong_type(reader, "a number", json);
    return read_number(reader, json, to);
}

struct limits {
    json_int_t least;
    json_int_t most;
};

static struct limits limits_of(enum field_kind kind)
{
    if (kind == FIELD_INT)
        return (struct limits){ INT32_MIN, INT32_MAX };
    if (kind == FIELD_UINT32)
        return (struct limits){ 0, UINT32_MAX };
    return (struct limits){ kind == FIELD_SIZE ? 0 : INT64_MIN, INT64_MAX };
}

static void store_integer(enum field_kind kind, json_int_t value, void *to)
{
    if (kind == FIELD_INT)
        memcpy(to, &(int){ (int)value }, sizeof(int));
    else if (kind == FIELD_UINT32)
        memcpy(to, &(uint32_t){ (uint32_t)value }, sizeof(uint32_t));
    else if (kind == FIELD_SIZE)
        memcpy(to, &(size_t){ (size_t)value }, sizeof(size_t));
    else
        memcpy(to, &(int64_t){ value }, sizeof(int64_t));
}

static int read_integer(const struct reader *reader,
                        enum field_kind kind,
                        const json_t *json,
                        void *to)
{
    struct limits limits = limits_of(kind);
    json_int_t value = json_integer_value(json);
    if (!json_is_integer(json))
        return wrong_type(reader, "a whole number", json);
    if (value < limits.least || value > limits.most)
        return error_set(reader->err, ERROR_USAGE,
                         "'%s' must be between %lld and %lld, not %lld",
                         reader->path->data, limits.least, limits.most, value);
    store_integer(kind, value, to);
    return 0;
}

static int read_seed(const struct reader *reader, const json_t *json, void *to)
{
    const char *text = json_is_string(json) ? json_string_value(json) : "";
    errno = 0;
    uint64_t value = strtoull(text, NULL, 10);
    if (!*text || text[strspn(text, "0123456789")] || errno)
        return wrong_type(reader, "a text of digits below 2^64", json);
    memcpy(to, &value, sizeof value);
    return 0;
}

/* "one of 'a', 'b', 'c'" */
static void add_choices(struct str *out, const struct field_choice *choice)
{
    const char *separator = "one of ";
    for (unsigned i = 0; i < choice->count; i++) {
        if (!choice->name(i))
            continue;
        str_addf(out, "%s'%s'", separator, choice->name(i));
        separator = ", ";
    }
}

static int read_choice(const struct reader *reader,
                       const struct field_choice *choice,
                       const json_t *json,
                       void *to)
{
    AUTO_STR struct str allowed = STR_INIT;
    const char *wanted = json_string_value(json);
    for (unsigned i = 0; wanted && i < choice->count; i++) {
        if (choice->name(i) && str_equal(choice->name(i), wanted)) {
            memcpy(to, &i, sizeof i);
            return 0;
        }
    }
    add_choices(&allowed, choice);
    if (!wanted)
        return wrong_type(reader, allowed.data, json);
    return error_set(reader->err, ERROR_USAGE, "'%s' must be %s, not '%.200s'",
                     reader->path->data, allowed.data, wanted);
}

static int read_item(const struct reader *reader,
                     const struct field *field,
                     const json_t *json,
                     void *to)
{
    if (field->kind != FIELD_ITEMS)
        return fields_read(field->table, json, to, reader->path, reader->err);
    if (field->item->read(json, to, reader->err) < 0)
        return error_prefix(reader->err, "'%s': ", reader->path->data);
    return 0;
}

/* The array is handed over before it is filled, so that its owner has all of it at any
 * time. */
static int read_list(const struct reader *reader,
                     const struct field *field,
                     const json_t *json,
                     void *to)
{
    size_t size = field->kind == FIELD_ITEMS ? field->item->size : field->table->size;
    size_t length = reader->path->length;
    size_t count = json_array_size(json);
    if (!json_is_array(json))
        return wrong_type(reader, "a list", json);
    struct field_array array = { .items = count ? xcalloc(count, size) : NULL,
                                 .count = count,
                                 .capacity = count };
    memcpy(to, &array, sizeof array);

    for (size_t i = 0; i < count; i++) {
        str_addf(reader->path, "/%zu", i);
        if (read_item(reader, field, json_array_get(json, i),
                      (char *)array.items + i * size) < 0)
            return -1;
        str_truncate(reader->path, length);
    }
    return 0;
}

/* Handed over before it is filled, as a list is. */
static int read_option(const struct reader *reader,
                       const struct field *field,
                       const json_t *json,
                       void *to)
{
    void *object = xcalloc(1, field->table->size);
    memcpy(to, &object, sizeof object);
    return fields_read(field->table, json, object, reader->path, reader->err);
}

static int read_field(const struct reader *reader,
                      const struct field *field,
                      const json_t *json,
                      void *to)
{
    switch (field->kind) {
    case FIELD_TEXT:
    case FIELD_TEXT_OPTION:
        return read_text(reader, json, to);
    case FIELD_TEXTS:
        return read_texts(reader, json, to);
    case FIELD_BOOL:
        return read_bool(reader, json, to);
    case FIELD_NUMBER:
        return read_number(reader, json, to);
    case FIELD_NUMBER_OPTION:
        return read_known_number(reader, json, to);
    case FIELD_INT:
    case FIELD_INT64:
    case FIELD_UINT32:
    case FIELD_SIZE:
        return read_integer(reader, field->kind, json, to);
    case FIELD_SEED:
        return read_seed(reader, json, to);
    case FIELD_CHOICE:
        return read_choice(reader, field->choice, json, to);
    case FIELD_OBJECT:
        return fields_read(field->table, json, to, reader->path, reader->err);
    case FIELD_OPTION:
        return read_option(reader, field, json, to);
    case FIELD_LIST:
    case FIELD_LIST_OPTION:
    case FIELD_ITEMS:
        return read_list(reader, field, json, to);
    }
    abort();
}

static const struct field *find_field(const struct field_table *table, const char *key)
{
    for (size_t i = 0; i < table->count; i++)
        if (str_equal(table->fields[i].key, key))
            return &table->fields[i];
    return NULL;
}

static int refuse_unknown_keys(const struct reader *reader,
                               const struct field_table *table,
                               const json_t *json)
{
    for (void *i = json_object_iter((json_t *)(uintptr_t)json); i;
         i = json_object_iter_next((json_t *)(uintptr_t)json, i)) {
        const char *key = json_object_iter_key(i);
        if (!find_field(table, key))
            return error_set(reader->err, ERROR_USAGE,
                             "'%s' has the unknown key '%.200s'",
                             reader->path->length ? reader->path->data : "/", key);
    }
    return 0;
}

static bool is_option(const struct field *field)
{
    return field->kind == FIELD_OPTION || field->kind == FIELD_TEXT_OPTION ||
           field->kind == FIELD_NUMBER_OPTION || field->kind == FIELD_LIST_OPTION;
}

/* Zeroes are right for the others. */
static void leave_out(const struct field *field, void *to)
{
    if (field->kind == FIELD_NUMBER_OPTION)
        memcpy(to, &(double){ (double)NAN }, sizeof(double));
}

int fields_read(const struct field_table *table,
                const json_t *json,
                void *to,
                struct str *path,
                struct error *err)
{
    struct reader reader = { .path = path, .err = err };
    size_t length = path->length;
    if (!json_is_object(json))
        return wrong_type(&reader, "an object", json);
    if (refuse_unknown_keys(&reader, table, json) < 0)
        return -1;
    for (size_t i = 0; i < table->count; i++) {
        const struct field *field = &table->fields[i];
        const json_t *value = json_object_get(json, field->key);
        if (!value && is_option(field)) {
            leave_out(field, (char *)to + field->offset);
            continue;
        }
        if (!value)
            return error_set(err, ERROR_USAGE, "'%s' lacks the key '%s'",
                             length ? path->data : "/", field->key);
        json_pointer_add(path, field->key);
        if (read_field(&reader, field, value, (char *)to + field->offset) < 0)
            return -1;
        str_truncate(path, length);
    }
    return 0;
}
