/* Text that comes from outside (names, commit subjects, outputs, paths), made fit to be
 * shown: valid UTF-8, one line, nothing that a terminal or a CI log obeys. */
#pragma once

#include <stddef.h>

struct str;

/* Appends text with each byte that is no UTF-8 replaced by U+FFFD and nothing else
 * changed. NULL is "". */
void text_add_valid(struct str *out, const char *text);

/* Appends at most limit characters of text, with "…" where it was cut:
 * - line breaks, tabs and the blanks of other alphabets become blanks;
 * - other control characters, and those that are invisible or turn the reading direction,
 *   become U+FFFD, as bytes do that are no UTF-8;
 * - "##[", by which a CI log takes commands, becomes "# #[". */
void text_add_clean(struct str *out, const char *text, size_t limit);

/* Columns that text takes in a terminal: 2 for wide characters, 0 for combining ones. */
size_t text_width(const char *text);

/* Cuts text down to width columns, "…" at its end where something was cut off. */
void text_cut(struct str *text, size_t width);

/* Appends text and blanks up to width columns; the blanks first for right alignment. */
void text_add_left(struct str *out, const char *text, size_t width);
void text_add_right(struct str *out, const char *text, size_t width);

/* Appends text as lines of at most width columns, each after indent blanks. A line never
 * begins with "::", by which a CI log takes commands. */
void text_add_wrapped(struct str *out, const char *text, size_t indent, size_t width);
