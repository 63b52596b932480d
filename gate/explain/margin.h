/* A function's source with what each line costs on both sides in the margin:
 *
 *          base        head
 *                  6,006,000 +    6      for (int i = 0; i < count; i++)
 *       248,080              -    9      while (low < high) {
 *        36,000      24,000      10  }
 *
 * A line's costs are its own and what is called from there. "+" was put in, "-" taken
 * out; line numbers are head's, of lines that were taken out base's. */
#pragma once

#include <stdint.h>

struct file_lines;
struct profile_pair;
struct str;

/* One file of the function's. Texts are whole; "" for a side that does not have it. */
struct margin_file {
    const char *path; /* as in line_diff: head's name, or base's */
    const char *base_text;
    const char *head_text;
    const struct file_lines *changed; /* NULL: the file did not change */
};

/* Appends the lines around those that the item (of the comparison) executed, with "..."
 * where a stretch is left out. */
void margin_add(const struct profile_pair *pair,
                uint32_t item,
                const struct margin_file *file,
                struct str *out);
