/* A text that grows. data is always a NUL-terminated string, also when empty. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"

struct str {
    char *data;      /* never NULL; borrowed from a constant while capacity is 0 */
    size_t length;   /* bytes before the NUL */
    size_t capacity; /* bytes allocated, 0 for none */
};

extern char str_empty[1];
#define STR_INIT ((struct str){ .data = str_empty })
#define AUTO_STR AUTO(str_clear)

/* Frees the text and leaves a valid empty one. */
void str_clear(struct str *str);
/* Empties the text and keeps its memory. */
void str_reset(struct str *str);
/* Cuts the text down to length bytes (no effect when it is shorter). */
void str_truncate(struct str *str, size_t length);

void str_add(struct str *str, const char *text);
void str_add_bytes(struct str *str, const char *bytes, size_t length);
void str_add_char(struct str *str, char c);
void str_addf(struct str *str, const char *format, ...) PRINTF_LIKE(2, 3);

/* Hands the text out as a malloc'd string (the caller's) and leaves str empty. */
char *str_detach(struct str *str) MUST_CHECK;

/* A malloc'd formatted string (the caller's). */
char *str_format(const char *format, ...) PRINTF_LIKE(1, 2) MUST_CHECK;

/* "1 row", "2 rows": a count with the word that it counts. */
void str_add_counted(struct str *str, size_t count, const char *word);

bool str_equal(const char *a, const char *b);
bool str_starts_with(const char *text, const char *prefix);
bool str_ends_with(const char *text, const char *suffix);

/* How many single-character edits (insert, delete, replace) turn a into b; for "did you
 * mean". */
size_t str_distance(const char *a, const char *b);

/* The candidate nearest to word, or NULL where none is near enough to be meant (more than
 * a third of the word's length away, at least 2 edits allowed). Borrowed from candidates.
 */
const char *str_nearest(const char *word, const char *const *candidates, size_t count);
