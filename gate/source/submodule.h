/* Submodules of a checkout. Private to gate/source. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/source/git_auto.h"

struct error;
struct source;

/* Checks the submodules of a new worktree out, from the clones that the user has of them,
 * and theirs in turn. Left empty: what .gitmodules does not name, and what is set to
 * "update = none". */
int submodules_fill(struct source *source, git_repository *worktree, struct error *err)
    MUST_CHECK;
