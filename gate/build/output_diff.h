/* What two programs printed, compared byte by byte. Files may be of any size: they are
 * read in blocks. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "gate/base/attributes.h"

struct error;

struct output_diff {
    bool is_equal;
    int64_t base_bytes; /* sizes of the files */
    int64_t head_bytes;
    int64_t line; /* number of the first line that differs, from 1; 0 where equal */
    char *text;   /* for people; NULL where equal. The output_diff's */
};
#define AUTO_OUTPUT_DIFF AUTO(output_diff_clear)

/* Compares the two files. text is like "line 3: base printed 'x', head printed 'y' (12
 * and 12 bytes in all)"; long lines are cut to the part around the first difference,
 * control characters are cleaned. -1 with ERROR_SYSTEM where one can't be read. */
int output_diff(const char *base_path,
                const char *head_path,
                struct output_diff *out,
                struct error *err) MUST_CHECK;
void output_diff_clear(struct output_diff *diff);
