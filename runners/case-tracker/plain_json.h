/* The JSON that nearly all input is made of: what case_format writes, with no escape but
 * those of one letter (\n, but not \u000A). Read in one pass, without a tree of values.
 * Whatever differs, be it only a blank, is not plain: it is for jansson to read, or to
 * say what is wrong with it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/str.h"

/* Strings one after another, each with its NUL. */
struct plain_strings {
    struct str bytes;
    size_t count;
};
#define PLAIN_STRINGS_INIT ((struct plain_strings){ .bytes = STR_INIT })
void plain_strings_reset(struct plain_strings *strings);
void plain_strings_clear(struct plain_strings *strings);

/* Appends the strings of an array, "[]" or ["a","b"], that begins the text. Returns the
 * bytes that it takes; 0, with strings as it may be, where that is not plain or not
 * UTF-8. */
size_t plain_json_array(const char *text, size_t length, struct plain_strings *strings);

/* The same for a case with id, title, status and notes, in this order: appends these, the
 * notes last. */
size_t plain_json_case(const char *text, size_t length, struct plain_strings *strings);
