/* Structs to and from JSON by one table a struct, so that what is written is what is
 * read: each row names a member, its key and its kind. */
#pragma once

#include <stddef.h>

#include <jansson.h>

#include "gate/base/attributes.h"
#include "gate/base/error.h"
#include "gate/base/str.h"

enum field_kind {
    FIELD_TEXT,          /* char *; "" is written for NULL */
    FIELD_TEXT_OPTION,   /* the same; there is no member for NULL */
    FIELD_TEXTS,         /* struct strvec */
    FIELD_BOOL,          /* bool */
    FIELD_NUMBER,        /* double; what is not finite is null, and null reads as NAN */
    FIELD_NUMBER_OPTION, /* double; there is no member for what is not finite, and NAN
                          * where there is none */
    FIELD_INT,           /* int */
    FIELD_INT64,         /* int64_t */
    FIELD_UINT32,        /* uint32_t */
    FIELD_SIZE,          /* size_t */
    FIELD_SEED,   /* uint64_t, as decimal text: many readers of JSON round numbers so long
                   */
    FIELD_CHOICE, /* an enum, as the name of its value */
    FIELD_OBJECT, /* a struct */
    FIELD_OPTION, /* a pointer to a struct; there is no member for NULL */
    FIELD_LIST,   /* an array struct { items, count, capacity }, as a list of objects */
    FIELD_LIST_OPTION, /* the same; there is no member for an empty one, and an empty one
                        * where there is none */
    FIELD_ITEMS /* as FIELD_LIST, for structs that are written and read by functions */
};

/* The names of an enum's values below count; NULL for a value that there is not. */
struct field_choice {
    unsigned count;
    const char *(*name)(unsigned value);
};

/* How one item of FIELD_ITEMS is written and read. */
struct field_item {
    size_t size;
    json_t *(*write)(const void *item);
    int (*read)(const json_t *json, void *item, struct error *err);
};

struct field_table;
struct field {
    const char *key;
    enum field_kind kind;
    size_t offset;
    const struct field_choice *choice; /* FIELD_CHOICE */
    const struct field_table *table;   /* FIELD_OBJECT, FIELD_OPTION, FIELD_LIST... */
    const struct field_item *item;     /* FIELD_ITEMS */
};
struct field_table {
    const struct field *fields;
    size_t count;
    size_t size; /* of the struct */
};

/* Rows of a table, and the table of an array of them. */
#define FIELD(KEY, KIND, STRUCT, MEMBER)                                 \
    {                                                                    \
        .key = (KEY), .kind = (KIND), .offset = offsetof(STRUCT, MEMBER) \
    }
#define FIELD_OF_CHOICE(KEY, STRUCT, MEMBER, CHOICE)                            \
    {                                                                           \
        .key = (KEY), .kind = FIELD_CHOICE, .offset = offsetof(STRUCT, MEMBER), \
        .choice = &(CHOICE)                                                     \
    }
#define FIELD_OF_TABLE(KEY, KIND, STRUCT, MEMBER, TABLE)                  \
    {                                                                     \
        .key = (KEY), .kind = (KIND), .offset = offsetof(STRUCT, MEMBER), \
        .table = &(TABLE)                                                 \
    }
#define FIELD_TABLE(FIELDS, STRUCT)                                      \
    {                                                                    \
        .fields = (FIELDS), .count = sizeof(FIELDS) / sizeof(FIELDS)[0], \
        .size = sizeof(STRUCT)                                           \
    }

/* How the array structs of gate/base/array.h lie in memory, whatever they hold. */
struct field_array {
    void *items;
    size_t count;
    size_t capacity;
};

/* A new object with a member for each field; the caller's. */
json_t *fields_write(const struct field_table *table, const void *from) MUST_CHECK;

/* Fills the zeroed struct at to, which owns what was read also when this fails; the
 * caller clears it. An object must have the table's keys
 * (those of the _OPTION kinds may be missing) and no others. path is the
 * JSON pointer to the object and stands in messages, which begin with it: what kind of
 * document it leads into is the caller's to say. */
int fields_read(const struct field_table *table,
                const json_t *json,
                void *to,
                struct str *path,
                struct error *err) MUST_CHECK;
