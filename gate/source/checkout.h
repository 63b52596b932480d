/* A commit's files into a worktree. Private to gate/source. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/source/git_auto.h"

struct error;
struct source;

/* Writes the files and the index of the new worktree at path, whose HEAD is commit.
 * Submodules are left as empty directories. *out is the opened worktree, the caller's. */
int checkout_commit(git_repository **out,
                    const struct source *source,
                    git_commit *commit,
                    const char *path,
                    struct error *err) MUST_CHECK;
