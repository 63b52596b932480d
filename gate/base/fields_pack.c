#include "gate/base/fields_pack.h"

#include <assert.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/fields.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"

/* Stands for the length of a text that is NULL, which is another than "". */
#define NO_TEXT UINT32_MAX

/* The size of a member that is copied as it lies in memory; 0 for the other kinds. */
static size_t plain_size(enum field_kind kind)
{
    switch (kind) {
    case FIELD_BOOL:
        return sizeof(bool);
    case FIELD_NUMBER:
    case FIELD_NUMBER_OPTION:
        return sizeof(double);
    case FIELD_INT:
        return sizeof(int);
    case FIELD_INT64:
        return sizeof(int64_t);
    case FIELD_UINT32:
        return sizeof(uint32_t);
    case FIELD_SIZE:
        return sizeof(size_t);
    case FIELD_SEED:
        return sizeof(uint64_t);
    case FIELD_CHOICE:
        return sizeof(unsigned);
    case FIELD_TEXT:
    case FIELD_TEXT_OPTION:
    case FIELD_TEXTS:
    case FIELD_OBJECT:
    case FIELD_OPTION:
    case FIELD_LIST:
    case FIELD_LIST_OPTION:
    case FIELD_ITEMS:
        return 0;
    }
    abort();
}

static bool is_list(const struct field *field)
{
    return field->kind == FIELD_LIST || field->kind == FIELD_LIST_OPTION;
}

static void pack_count(size_t count, struct str *out)
{
    uint32_t number = (uint32_t)count;
    assert(count < NO_TEXT);
    str_add_bytes(out, (const char *)&number, sizeof number);
}

static void pack_text(const char *text, struct str *out)
{
    size_t length = text ? strlen(text) : 0;
    uint32_t number = text ? (uint32_t)length : NO_TEXT;
    assert(length < NO_TEXT);
    str_add_bytes(out, (const char *)&number, sizeof number);
    str_add_bytes(out, text ? text : "", length);
}

static void pack_texts(const void *at, struct str *out)
{
    struct strvec texts = { 0 };
    memcpy(&texts, at, sizeof texts);
    pack_count(texts.count, out);
    for (size_t i = 0; i < texts.count; i++)
        pack_text(texts.items[i], out);
}

static void pack_list(const struct field_table *table, const void *at, struct str *out)
{
    struct field_array array = { 0 };
    memcpy(&array, at, sizeof array);
    pack_count(array.count, out);
    for (size_t i = 0; i < array.count; i++)
        fields_pack(table, (const char *)array.items + i * table->size, out);
}

static void pack_pointer(const struct field *field, const char *at, struct str *out)
{
    const void *pointer = NULL;
    memcpy(&pointer, at, sizeof(void *));
    if (field->kind != FIELD_OPTION) {
        pack_text(pointer, out);
        return;
    }
    str_add_char(out, pointer ? 1 : 0);
    if (pointer)
        fields_pack(field->table, pointer, out);
}

void fields_pack(const struct field_table *table, const void *from, struct str *out)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct field *field = &table->fields[i];
        const char *at = (const char *)from + field->offset;
        size_t size = plain_size(field->kind);
        assert(field->kind != FIELD_ITEMS);
        if (size > 0)
            str_add_bytes(out, at, size);
        else if (field->kind == FIELD_OBJECT)
            fields_pack(field->table, at, out);
        else if (is_list(field))
            pack_list(field->table, at, out);
        else if (field->kind == FIELD_TEXTS)
            pack_texts(at, out);
        else
            pack_pointer(field, at, out);
    }
}

static int take(struct packed *packed, void *to, size_t size)
{
    if (packed->left < size)
        return -1;
    memcpy(to, packed->at, size);
    packed->at += size;
    packed->left -= size;
    return 0;
}

static int take_text(struct packed *packed, char **out)
{
    uint32_t length = 0;
    if (take(packed, &length, sizeof length) < 0)
        return -1;
    if (length == NO_TEXT)
        return 0;
    if (packed->left < length)
        return -1;
    *out = xstrndup(packed->at, length);
    packed->at += length;
    packed->left -= length;
    return 0;
}

static int take_texts(struct packed *packed, void *to)
{
    uint32_t count = 0;
    struct strvec texts = { 0 };
    int result = take(packed, &count, sizeof count);
    for (uint32_t i = 0; result == 0 && i < count; i++) {
        char *text = NULL;
        result = take_text(packed, &text);
        if (result == 0)
            strvec_push_owned(&texts, text ? text : xstrdup(""));
    }
    memcpy(to, &texts, sizeof texts);
    return result;
}

/* An item takes at least a byte, so a count that can't be is seen before memory is asked
 * for. */
static int take_list(const struct field_table *table, struct packed *packed, void *to)
{
    uint32_t count = 0;
    if (take(packed, &count, sizeof count) < 0 || count > packed->left)
        return -1;
    if (count == 0)
        return 0;
    struct field_array array = {
        .items = xcalloc(count, table->size),
        .count = count,
        .capacity = count,
    };
    memcpy(to, &array, sizeof array);
    for (uint32_t i = 0; i < count; i++) {
        if (fields_unpack(table, packed, (char *)array.items + i * table->size) < 0)
            return -1;
    }
    return 0;
}

static int take_option(const struct field_table *table, struct packed *packed, void *to)
{
    char is_there = 0;
    if (take(packed, &is_there, 1) < 0)
        return -1;
    if (!is_there)
        return 0;
    void *object = xcalloc(1, table->size);
    memcpy(to, &object, sizeof object);
    return fields_unpack(table, packed, object);
}

static int take_field(const struct field *field, struct packed *packed, char *to)
{
    size_t size = plain_size(field->kind);
    char *text = NULL;
    if (size > 0)
        return take(packed, to, size);
    if (field->kind == FIELD_OBJECT)
        return fields_unpack(field->table, packed, to);
    if (is_list(field))
        return take_list(field->table, packed, to);
    if (field->kind == FIELD_OPTION)
        return take_option(field->table, packed, to);
    if (field->kind == FIELD_TEXTS)
        return take_texts(packed, to);
    if (take_text(packed, &text) < 0)
        return -1;
    memcpy(to, &text, sizeof text);
    return 0;
}

int fields_unpack(const struct field_table *table, struct packed *packed, void *to)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct field *field = &table->fields[i];
        if (take_field(field, packed, (char *)to + field->offset) < 0)
            return -1;
    }
    return 0;
}

static uint64_t mix_in(uint64_t so_far, uint64_t more)
{
    return random_at(so_far, 0, more);
}

static uint64_t mix_choice(uint64_t so_far, const struct field_choice *choice)
{
    for (unsigned value = 0; value < choice->count; value++) {
        const char *name = choice->name(value);
        so_far = mix_in(so_far, random_stream_of(name ? name : ""));
    }
    return so_far;
}

uint64_t fields_fingerprint(const struct field_table *table)
{
    uint64_t sum = mix_in(table->count, table->size);
    for (size_t i = 0; i < table->count; i++) {
        const struct field *field = &table->fields[i];
        sum = mix_in(sum, random_stream_of(field->key));
        sum = mix_in(sum, (uint64_t)field->kind);
        sum = mix_in(sum, field->offset);
        if (field->choice)
            sum = mix_choice(sum, field->choice);
        if (field->table)
            sum = mix_in(sum, fields_fingerprint(field->table));
    }
    return sum;
}
