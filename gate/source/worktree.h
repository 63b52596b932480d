/* Checked-out commits outside the user's repository.
 *
 * A worktree is a real one: git describe, git status and git rev-parse HEAD work in it,
 * against the private repository and with the user's tags. Submodules are filled from
 * the user's clones of them, files in Git LFS from the user's LFS store; nothing is
 * fetched over the network, and no smudge filter of the user's runs. */
#pragma once

#include "gate/base/attributes.h"

struct error;
struct source;

/* Checks commit out at path (absolute, not there yet or an empty directory), HEAD
 * detached. commit is a full id from struct revision. On failure nothing is left. */
int source_add_worktree(struct source *source,
                        const char *commit,
                        const char *path,
                        struct error *err) MUST_CHECK;

/* Deletes the directory and what the private repository knows of it, submodules
 * included. Fine where it is not there. */
int source_remove_worktree(struct source *source, const char *path, struct error *err)
    MUST_CHECK;

/* The files of a commit or tree (a full id) in path, without any .git. */
int source_export(struct source *source,
                  const char *commit_or_tree,
                  const char *path,
                  struct error *err) MUST_CHECK;

/* Forgets worktrees whose directories are gone, of all repositories in the cache; for the
 * start of a run, after others were killed. */
int source_sweep(const char *cache_directory, struct error *err) MUST_CHECK;
