/* How a private repository and a worktree know of each other. Private to gate/source. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/source/git_auto.h"

struct error;

/* Makes path an empty worktree of the private repository with HEAD at commit. path may be
 * an empty directory. Under the cache's lock; on failure path may be left empty. */
int worktree_entry_add(git_repository *own,
                       const char *path,
                       const git_oid *commit,
                       struct error *err) MUST_CHECK;

/* Deletes the entries of one private repository whose worktrees are gone, or were never
 * finished. Under the cache's lock. */
int worktree_entries_prune(const char *own_path, struct error *err) MUST_CHECK;
