/* The sizes of programs in words and numbers. Plain text, not yet escaped. */
#pragma once

#include <stdbool.h>

#include "gate/verdict/program_result.h"

struct str;

/* What is told of a program, the parts that are loaded first. */
enum program_part {
    PROGRAM_TEXT,
    PROGRAM_DATA,
    PROGRAM_BSS,
    PROGRAM_FILE,
    PROGRAM_PART_COUNT
};
/* "text", "data", "bss", "file": as binutils' `size` calls them. */
const char *program_part_name(enum program_part part);

/* Whether the side tells it: scripts have a file alone. */
bool program_side_has(const struct program_side *side, enum program_part part);
double program_part_bytes(const struct program_side *side, enum program_part part);

/* "12,345" where both sides have the same, or one has it alone; else
 * "12,345 -> 16,441 (+4,096, +33.2 %)". Nothing where it is not known. */
void program_add_part(struct str *out,
                      const struct program_result *program,
                      enum program_part part);

/* "new", "gone", or "" where both sides have it. */
const char *program_presence(const struct program_result *program);

/* "2 of 5 programs differ in size: text +4,096 bytes in all": the sum over those whose
 * text both sides tell, left out where it is 0. */
void program_add_count(struct str *out, const struct program_results *programs);

/* What the parts mean, in a sentence for below a table. */
#define PROGRAM_LEGEND                                                                  \
    "Bytes, as binutils' size counts them: text is code and constants, data variables " \
    "with a value to begin with, bss those that begin as zeroes. The file also holds "  \
    "what is not loaded, such as debug information. No verdict hangs on it."
