/* The terminal report's lines on head and the anchor. */
#pragma once

#include "gate/report/terminal_growth.h"

/* Lines of at most width columns, a limited number; nothing where there is no anchor. */
void terminal_add_creep(const struct result *result,
                        struct terminal_color color,
                        size_t width,
                        struct str *out);
