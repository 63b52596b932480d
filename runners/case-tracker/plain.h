/* Runs of bytes that need no second look: nearly all of every text is one. Read eight
 * bytes at a time. */
#pragma once

#include <stddef.h>

/* How many bytes at the text's beginning are printable ASCII (0x20 .. 0x7e). */
size_t plain_printable(const char *text, size_t length);

/* How many of them stand in a JSON string as they are: all from 0x20 on but '"' and
 * '\\'. */
size_t plain_unescaped(const char *text, size_t length);
