/* Names of source files as debug information has them, brought to the names that git
 * knows: "/cache/builds/1f../tree/build/../src/lookup.c" is "src/lookup.c". */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"

/* Where a side was built. Borrowed. */
struct tree_paths {
    const char *tree;           /* absolute, without a '/' at its end; NULL: nowhere */
    const struct strvec *known; /* the tree's files, sorted by bytes; NULL: not known */
};

/* Whether a program or library lies in the tree. */
bool tree_paths_hold(const struct tree_paths *paths, const char *object);

/* The file's name, without "." and ".." where they can be taken out; the caller's.
 * *is_in_tree is set to whether it is a file of the tree: below it where the name is
 * absolute; else (names are relative to some directory of the build, or to another place
 * where the same was built) where a known file has this name or is the only one that ends
 * in it, which is only looked for in code of the tree's own. */
char *tree_path_of(const struct tree_paths *paths,
                   const char *file,
                   bool is_own_code,
                   bool *is_in_tree) MUST_CHECK;
