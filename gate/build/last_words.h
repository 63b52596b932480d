/* The end of what a program printed, for a sentence on why it failed. */
#pragma once

struct str;

/* Appends ": " and at most 300 bytes from the end of the file, on one line and cleaned;
 * nothing where it is empty or can't be read. */
void last_words_add(struct str *out, const char *path);
