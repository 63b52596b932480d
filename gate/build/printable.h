/* What other programs printed, made fit to be shown and to be put into reports. */
#pragma once

#include <stddef.h>

struct str;

/* Appends bytes (any; NULs too) as UTF-8 of at most max_characters. What could steer a
 * terminal or make a report invalid becomes '?': control characters but those in keep,
 * marks that change the direction of writing, bytes that are not UTF-8. Returns how many
 * of the bytes were taken. */
size_t printable_add(struct str *out,
                     const char *bytes,
                     size_t length,
                     const char *keep,
                     size_t max_characters);
