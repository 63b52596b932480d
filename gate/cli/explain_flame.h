/* The profiles of what was explained, as pictures. */
#pragma once

#include <stddef.h>

#include "gate/base/attributes.h"

/* Beside a result. */
#define FLAME_NAME "flame.svg"

struct check;
struct error;
struct report_flames;
struct str;

/* Writes a flame graph of each bench that was profiled: of the one that changed most to
 * path, of the others to "flame-2.svg" where path is "flame.svg", and so on. Appends a
 * line for each to said, with its bench; nothing where none was profiled. */
int explain_write_flames(const struct check *check,
                         const char *path,
                         struct str *said,
                         struct error *err) MUST_CHECK;

/* What the picture of that number, from 1, is called where the first is `first`: itself,
 * "flame-2.svg", and so on. The caller's. */
char *explain_flame_name(const char *first, size_t number) MUST_CHECK;

/* Notes in the explanations how explain_write_flames will name their files, of which
 * `name` is the first. */
void explain_name_flames(struct check *check, const char *name);

/* The same pictures without their scripts, for the page (gate/report/report.h). *out is
 * empty before, and cleared with explain_flames_clear. */
void explain_flames_of(const struct check *check, struct report_flames *out);
void explain_flames_clear(struct report_flames *flames);
