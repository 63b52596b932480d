/* The terminal report's lines on growth: those that fail the gate, and the others. */
#pragma once

#include <stdbool.h>

#include "gate/report/terminal_page.h"
#include "gate/verdict/result.h"

struct str;

/* Lines of at most width columns; a limited number of the others. color is put around
 * what a bad outcome is called. */
void terminal_add_worse_growth(const struct result *result,
                               struct terminal_color color,
                               size_t width,
                               struct str *out);
void terminal_add_growth(const struct result *result, size_t width, struct str *out);
