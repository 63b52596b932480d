/* The names in a profile: objects, files and functions, each kept once, so that two of
 * them are equal where their pointers are; and the numbers that the file gives them
 * ("fn=(12) main" once, "fn=(12)" from then on). */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "gate/base/strvec.h"
#include "runners/callgrind/index.h"

/* Numbers are given apart for each of these. */
enum name_kind {
    NAME_OBJECT,
    NAME_FILE,
    NAME_FUNCTION,
    NAME_KIND_COUNT
};

/* What a number stands for. */
struct name_number {
    uint64_t number;
    const char *text;
};

/* { 0 } is empty. */
struct names {
    struct strvec texts;
    struct index by_text;
    struct {
        struct name_number *items;
        size_t count;
        size_t capacity;
    } numbers[NAME_KIND_COUNT];
    struct index by_number[NAME_KIND_COUNT];
};

void names_clear(struct names *names);

/* The one copy of the text, which lives as long as texts does; made where it is new. */
const char *names_intern(struct names *names, const char *bytes, size_t length);

/* Gives the text (an interned one) a number, which may have stood for another before. */
void names_define(struct names *names,
                  enum name_kind kind,
                  uint64_t number,
                  const char *text);

/* NULL where the number was never given. */
const char *names_find(const struct names *names, enum name_kind kind, uint64_t number);
