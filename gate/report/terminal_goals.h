/* Goals and waivers in the terminal's report. */
#pragma once

#include <stddef.h>

#include "gate/report/terminal_page.h"

/* Those that are not met and those with a trend, a line each; how many are met, and
 * where the least room is left. Nothing where there are none. */
void terminal_add_goals(const struct result *result,
                        struct terminal_color color,
                        size_t width,
                        struct str *out);

/* Waivers that do not simply hold (rows that they hold for say so themselves). */
void terminal_add_waivers(const struct result *result, size_t width, struct str *out);
