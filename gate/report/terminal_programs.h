/* Programs in the terminal's report. */
#pragma once

#include <stddef.h>

#include "gate/verdict/program_result.h"

struct str;

/* Those whose code grew or shrank by much (program_code_moved), a line each; nothing
 * where none did. */
void terminal_add_programs(const struct program_results *programs,
                           size_t width,
                           struct str *out);
