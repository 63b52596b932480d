/* Text out of commits, which may hold anything. Private to gate/source. */
#pragma once

#include <stddef.h>

/* Copies text as valid UTF-8 without control characters, cut between characters to fit
 * size bytes with the NUL. What is no UTF-8 becomes '?', a control character a blank;
 * NULL gives "". */
void plain_text_copy(char *to, size_t size, const char *text);
