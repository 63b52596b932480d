/* A list of case numbers, from a file with an id a line. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"

struct error;

struct number_list {
    uint64_t *items;
    size_t count;
    size_t capacity;
};
void number_list_clear(struct number_list *numbers);
#define AUTO_NUMBERS AUTO(number_list_clear)

/* Appends the numbers; empty lines are stepped over. */
int number_list_read(struct number_list *numbers, const char *path, struct error *err)
    MUST_CHECK;
