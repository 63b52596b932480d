/* Words of a POSIX shell's command line. */
#pragma once

struct str;

/* Appends word so that a shell reads it as one: as it is where nothing in it means
 * something to a shell, else in '...'. */
void shell_word_add(struct str *out, const char *word);
