/* Files in Git LFS. Private to gate/source. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/source/git_auto.h"

struct error;
struct source;

/* Puts the content from the user's LFS store in the place of each pointer in a new
 * worktree, where .gitattributes says filter=lfs, as git lfs checkout would. -1 where the
 * store lacks some. */
int lfs_fill(struct source *source, git_repository *worktree, struct error *err)
    MUST_CHECK;
