/* Files with a number in front, as records of decisions have them:
 * "0007-shorter-name.md".
 */
#pragma once

#include "gate/base/attributes.h"

struct error;
struct str;

/* Appends title as it stands in a file's name: small letters of ASCII, digits, and one
 * '-' for everything between them; cut at a '-' to about 60 bytes; "untitled" where
 * nothing is left. */
void numbered_file_add_slug(struct str *out, const char *title);

/* Writes text to directory (made where it is not there) as "NNNN-slug.md", NNNN the
 * number after the largest there, and gives the path (the caller's). Whole or not at all;
 * a file that is there is never replaced, and two writers get two numbers. */
char *numbered_file_write(const char *directory,
                          const char *title,
                          const struct str *text,
                          struct error *err) MUST_CHECK;
