/* The forms of a comparison, one function each. */
#pragma once

#include "gate/cli/compare.h"

void compare_write_terminal(const struct comparison *comparison, struct str *out);
void compare_write_markdown(const struct comparison *comparison, struct str *out);
void compare_write_json(const struct comparison *comparison, struct str *out);
void compare_write_tsv(const struct comparison *comparison, struct str *out);
