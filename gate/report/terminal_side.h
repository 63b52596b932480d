/* The terminal report's line on a side: which commit it is. */
#pragma once

#include "gate/verdict/result.h"

struct str;

/* "base 0123456789 subject (rule)", at most width columns; rule may be NULL. */
void terminal_add_side(const char *side,
                       const struct revision_info *revision,
                       const char *rule,
                       size_t width,
                       struct str *out);
