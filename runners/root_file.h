/* Files of /proc and /sys below a root that tests can choose; for machine.c and
 * environment.c. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"

struct str;

/* Replaces text by the file root + path; leaves it empty where that can't be read. */
void root_read(const char *root, const char *path, struct str *text);

/* The same without the line end, and blanks, after it; the caller's, never NULL. */
char *root_read_line(const char *root, const char *path) MUST_CHECK;

bool root_has(const char *root, const char *path);
