/* JSON on disk, through jansson: read with places in the errors, written whole or not at
 * all. */
#pragma once

#include <stddef.h>

#include <jansson.h>

#include "gate/base/error.h"

struct str;

void json_release(json_t **value);
#define AUTO_JSON AUTO(json_release)

/* Reads path into a new reference (the caller's). Duplicate keys, trailing text and
 * invalid UTF-8 are refused; NULL with code and "in 'path', line L, column C: ..." then.
 */
json_t *json_read_file(const char *path, enum error_code code, struct error *err)
    MUST_CHECK;

/* The same for text in memory; name stands for the path in messages. */
json_t *json_read_text(const char *text,
                       const char *name,
                       enum error_code code,
                       struct error *err) MUST_CHECK;

/* Writes value with sorted keys and two blanks of indentation, whole or not at all. */
int json_write_file(const char *path, const json_t *value, struct error *err) MUST_CHECK;

/* Where a value stands in a text that json_read_text accepted. */
struct json_place {
    size_t line;   /* from 1 */
    size_t column; /* from 1, in characters */
};

/* Finds the place of the value at pointer (RFC 6901: "/suites/0/name"); for a member of
 * an object, the place of its key. { 1, 1 } where the pointer leads nowhere. */
struct json_place json_find_place(const char *text, const char *pointer);

/* Adds "/key" to an RFC 6901 pointer, escaping '~' and '/'. */
void json_pointer_add(struct str *pointer, const char *key);
