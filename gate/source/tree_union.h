/* Two trees that grew from one, put together. Private to gate/source. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/source/git_auto.h"

struct error;

/* Writes the tree that has what base (NULL: nothing), ours or theirs hold, but for what
 * either has removed since base: path by path,
 *   only one of the two changed it (added, removed, replaced)   that change holds
 *   both changed it to the same                                  that
 *   one removed it, the other replaced it                        it is kept
 *   both added or replaced it with different bytes               the smaller id holds
 * The last is decided so that either order gives the same tree; it needs a file that was
 * changed by hand where names are made from contents. Folders are taken apart only where
 * all three differ: the cost is what the changed folders hold. */
struct tree_versions {
    const git_oid *base; /* NULL: there is none */
    const git_oid *ours;
    const git_oid *theirs;
};
int tree_union(git_repository *repository,
               const struct tree_versions *versions,
               git_oid *out,
               struct error *err) MUST_CHECK;
