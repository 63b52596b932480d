/* The terminal report's lines on commits of other days: the anchor, and stored sessions.
 */
#pragma once

#include "gate/report/terminal_growth.h"

/* Lines of at most width columns, a limited number; nothing where there is no anchor. */
void terminal_add_creep(const struct result *result,
                        struct terminal_color color,
                        size_t width,
                        struct str *out);

/* What head was held against; nothing where base was measured. */
void terminal_add_baseline(const struct result *result, size_t width, struct str *out);
