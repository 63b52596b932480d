/* What stood in a directory at one moment: name, mode, size and time of change of every
 * file and link. Tells later whether something of it was changed or is gone. Files that
 * came after do not count, for programs that run in a built tree leave files there (logs,
 * caches, profiles), nor does anything named ".git". */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"
#include "gate/source/revision.h"

struct error;
struct str;

/* Writes the list of what is below root to path; hash is the list's own. */
int manifest_write(const char *root,
                   const char *path,
                   char hash[SOURCE_ID_SIZE],
                   struct error *err) MUST_CHECK;

/* True where the list at path has this hash and everything in it is below root as it was;
 * else false with the reason appended to why. */
bool manifest_holds(const char *root, const char *path, const char *hash, struct str *why)
    MUST_CHECK;
