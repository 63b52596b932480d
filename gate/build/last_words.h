/* The end of what a program printed, for a sentence on why it failed. */
#pragma once

struct str;

/* Appends ": " and at most 600 bytes from the end of the file, on one line, with one
 * blank for several, and cleaned; nothing where it is empty or can't be read. Build tools
 * wrap what a program said in words of their own (cargo: 300 bytes), so that less would
 * leave out what it was. */
void last_words_add(struct str *out, const char *path);
