/* The command line that a shell wants completed, in words as the shell would make them.
 * Pure. */
#pragma once

#include "gate/base/strvec.h"

struct completion_line {
    struct strvec words; /* those before the cursor's, without quotes; the first is the
                          * program */
    char *current;       /* the one that the cursor is at the end of; "" for a new one */
};
#define AUTO_COMPLETION_LINE AUTO(completion_line_clear)
void completion_line_clear(struct completion_line *line);

/* text: the line up to the cursor. out is { 0 } before and the caller's to clear. */
void completion_line_read(const char *text, struct completion_line *out);
