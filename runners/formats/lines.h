/* A text line by line. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/str.h"
#include "gate/base/strvec.h"

struct lines {
    const char *rest; /* unread; borrowed */
    struct str line;  /* the current one, without its end ("\n" or "\r\n") */
    size_t number;    /* of the current one, from 1 */
};
#define LINES_OF(text) ((struct lines){ .rest = (text), .line = STR_INIT })
#define AUTO_LINES     AUTO(lines_clear)

void lines_clear(struct lines *lines);
/* Moves on; false at the end of the text. */
bool lines_next(struct lines *lines);

/* Appends the words of a line, which blanks part. */
void lines_split(const char *line, struct strvec *words);

/* Reads a whole text as a decimal number; false, with *out as it was, for anything else:
 * "nan", "inf" and hexadecimal numbers, too. */
bool lines_parse_number(const char *text, double *out);
