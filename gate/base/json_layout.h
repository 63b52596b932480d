/* JSON as text that people can look through and that line-wise tools can work with. */
#pragma once

#include <jansson.h>

struct str;

/* Appends value and a line break: keys sorted, two blanks of indentation, but what stands
 * in a list and holds no list itself is on one line. Numbers have as many
 * digits as it takes to read the same number again. */
void json_layout(const json_t *value, struct str *out);
