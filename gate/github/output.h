/* The file of GITHUB_OUTPUT, by which a step hands values on. */
#pragma once

#include "gate/base/attributes.h"

struct error;
struct str;

/* "ghadelimiter_" and 128 bits in hex: what no value holds by chance, nor by knowing what
 * an earlier run had. */
enum {
    GITHUB_DELIMITER_SIZE = 13 + 32 + 1
};
/* Draws one; -1 where the kernel gives no random bytes. */
int github_delimiter_draw(char delimiter[GITHUB_DELIMITER_SIZE], struct error *err)
    MUST_CHECK;

/* Appends one output to the file's text, so that the value comes back byte for byte,
 * whatever it holds. NULL is "". */
void github_add_output(struct str *out,
                       const char *name,
                       const char *value,
                       const char *delimiter);
