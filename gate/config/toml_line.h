/* As much of TOML as finds names in Cargo.toml and pyproject.toml: line by line, without
 * multi-line texts. Internal to gate/config. */
#pragma once

#include <stdbool.h>

#include "gate/base/str.h"

struct toml_line {
    struct str section; /* "package", "[bench]" for a list's, "" at the top */
    struct str key;     /* of this line, or of the last that had one in this section */
    struct str value;   /* of this line, without quotes around a text; what follows of a
                         * list where the line has no key */
    bool has_key;
};
#define TOML_LINE_INIT \
    ((struct toml_line){ .section = STR_INIT, .key = STR_INIT, .value = STR_INIT })
void toml_line_clear(struct toml_line *line);
#define AUTO_TOML_LINE AUTO(toml_line_clear)

/* Takes the next line that is neither blank nor a comment off *rest; a section's
 * heading has an empty value and no key. False where there is none any more. */
bool toml_line_next(const char **rest, struct toml_line *line);
