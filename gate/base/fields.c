#include "gate/base/fields.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/strvec.h"
#include "gate/base/text.h"

/* Members are read through memcpy: a table knows where they are, not what C calls them.
 */
#define LOAD(type, variable, at) \
    type variable;               \
    memcpy(&(variable), (at), sizeof(variable))

static json_t *text_value(const char *text)
{
    AUTO_STR struct str valid = STR_INIT;
    text_add_valid(&valid, text);
    return json_stringn(valid.data, valid.length);
}

static json_t *write_texts(const void *at)
{
    LOAD(struct strvec, texts, at);
    json_t *list = json_array();
    for (size_t i = 0; i < texts.count; i++)
        json_array_append_new(list, text_value(texts.items[i]));
    return list;
}

static json_t *write_number(const void *at)
{
    LOAD(double, number, at);
    return isfinite(number) ? json_real(number) : json_null();
}

/* NULL where there is nothing to be written. */
static json_t *write_number_option(const void *at)
{
    LOAD(double, number, at);
    return isfinite(number) ? json_real(number) : NULL;
}

static json_t *write_seed(const void *at)
{
    LOAD(uint64_t, seed, at);
    return json_sprintf("%" PRIu64, seed);
}

static json_t *write_choice(const struct field *field, const void *at)
{
    LOAD(unsigned, value, at);
    const char *name = value < field->choice->count ? field->choice->name(value) : NULL;
    return name ? json_string(name) : json_null();
}

static json_t *write_list(const struct field *field, const void *at)
{
    LOAD(struct field_array, array, at);
    bool has_table = field->kind != FIELD_ITEMS;
    size_t size = has_table ? field->table->size : field->item->size;
    json_t *list = json_array();
    for (size_t i = 0; i < array.count; i++) {
        const char *item = (const char *)array.items + i * size;
        json_array_append_new(list, has_table ? fields_write(field->table, item)
                                              : field->item->write(item));
    }
    return list;
}

/* NULL where there is nothing to be written. */
static json_t *write_list_option(const struct field *field, const void *at)
{
    LOAD(struct field_array, array, at);
    return array.count ? write_list(field, at) : NULL;
}

static json_t *write_integer(const struct field *field, const void *at)
{
    if (field->kind == FIELD_INT) {
        LOAD(int, value, at);
        return json_integer(value);
    }
    if (field->kind == FIELD_UINT32) {
        LOAD(uint32_t, value, at);
        return json_integer(value);
    }
    if (field->kind == FIELD_SIZE) {
        LOAD(size_t, value, at);
        return json_integer((json_int_t)value);
    }
    LOAD(int64_t, value, at);
    return json_integer(value);
}

static json_t *write_text(const void *at)
{
    LOAD(const char *, text, at);
    return text_value(text);
}

/* NULL where there is nothing to be written. */
static json_t *write_text_option(const void *at)
{
    LOAD(const char *, text, at);
    return text ? text_value(text) : NULL;
}

static json_t *write_bool(const void *at)
{
    LOAD(bool, value, at);
    return json_boolean(value);
}

/* NULL where there is nothing to be written. */
static json_t *write_option(const struct field *field, const void *at)
{
    LOAD(const void *, object, at);
    return object ? fields_write(field->table, object) : NULL;
}

static json_t *write_field(const struct field *field, const void *at)
{
    switch (field->kind) {
    case FIELD_TEXT:
        return write_text(at);
    case FIELD_TEXT_OPTION:
        return write_text_option(at);
    case FIELD_TEXTS:
        return write_texts(at);
    case FIELD_BOOL:
        return write_bool(at);
    case FIELD_NUMBER:
        return write_number(at);
    case FIELD_NUMBER_OPTION:
        return write_number_option(at);
    case FIELD_INT:
    case FIELD_INT64:
    case FIELD_UINT32:
    case FIELD_SIZE:
        return write_integer(field, at);
    case FIELD_SEED:
        return write_seed(at);
    case FIELD_CHOICE:
        return write_choice(field, at);
    case FIELD_OBJECT:
        return fields_write(field->table, at);
    case FIELD_OPTION:
        return write_option(field, at);
    case FIELD_LIST:
    case FIELD_ITEMS:
        return write_list(field, at);
    case FIELD_LIST_OPTION:
        return write_list_option(field, at);
    }
    abort();
}

json_t *fields_write(const struct field_table *table, const void *from)
{
    json_t *object = json_object();
    for (size_t i = 0; i < table->count; i++) {
        const struct field *field = &table->fields[i];
        json_t *value = write_field(field, (const char *)from + field->offset);
        if (value)
            json_object_set_new(object, field->key, value);
    }
    return object;
}
