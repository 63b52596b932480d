/* The terminal report's lines on why rows changed. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/verdict/explanation.h"

struct result;
struct str;

/* Lines of at most width columns; the functions that matter most below each. */
void terminal_add_explanations(const struct result *result,
                               size_t width,
                               struct str *out);

/* One of them with everything that is known: all functions, lines and figures. */
void terminal_add_explanation(const struct result *result,
                              const struct explanation *explanation,
                              size_t width,
                              struct str *out);
