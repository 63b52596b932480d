/* Directory trees on disk: made, walked, measured, removed. */
#pragma once

#include <stdint.h>
#include <sys/stat.h>

#include "gate/base/attributes.h"

struct error;

/* Makes path and the directories above it; fine where it exists. */
int tree_make(const char *path, struct error *err) MUST_CHECK;

/* Makes a new, empty directory "<prefix>XXXXXX" with a random ending; the caller's name.
 */
char *tree_make_unique(const char *prefix, struct error *err) MUST_CHECK;

/* Removes path and everything below it, never following links; fine where it is not
 * there. Directories without write permission are made writable first (Go's module cache
 * is such). */
int tree_remove(const char *path, struct error *err) MUST_CHECK;

/* Calls visit for everything below root but root itself (links are not followed), names
 * relative to root, in byte order. A visit that returns -1 ends the walk, which returns
 * -1. */
typedef int
tree_visit(void *context, const char *name, const struct stat *info, struct error *err);
int tree_walk(const char *root, tree_visit *visit, void *context, struct error *err)
    MUST_CHECK;

/* A number that is another once something below root was made, changed or removed: of
 * names, sizes and times, not of what files hold. 0 where it can't be read. */
uint64_t tree_stamp(const char *root);

/* Bytes on disk below root; 0 where it can't be read. */
int64_t tree_size_bytes(const char *root);
