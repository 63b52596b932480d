/* The forms of a comparison, one function each. */
#pragma once

#include "gate/cli/compare.h"

struct report_screen;

/* For a person at a terminal. */
void compare_write_screen(const struct comparison *comparison,
                          const struct report_screen *wanted,
                          struct str *out);
/* The same for files and for who knows: 100 columns, no colours. */
void compare_write_terminal(const struct comparison *comparison, struct str *out);
void compare_write_markdown(const struct comparison *comparison, struct str *out);
void compare_write_json(const struct comparison *comparison, struct str *out);
void compare_write_tsv(const struct comparison *comparison, struct str *out);
