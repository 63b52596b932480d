#include "gate/source/worktree.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/tree.h"
#include "gate/source/cache_lock.h"
#include "gate/source/checkout.h"
#include "gate/source/git_error.h"
#include "gate/source/internal.h"
#include "gate/source/lfs.h"
#include "gate/source/submodule.h"
#include "gate/source/worktree_entry.h"

static int add_entry(struct source *source,
                     const char *path,
                     const git_oid *commit,
                     struct error *err)
{
    AUTO_FD int lock = cache_lock(source->cache_directory, err);
    if (lock < 0)
        return -1;
    return worktree_entry_add(source->own, path, commit, err);
}

static int
fill(struct source *source, git_commit *commit, const char *path, struct error *err)
{
    AUTO_REPOSITORY git_repository *worktree = NULL;
    if (checkout_commit(&worktree, source, commit, path, err) < 0 ||
        lfs_fill(source, worktree, err) < 0)
        return -1;
    return submodules_fill(source, worktree, err);
}

int source_add_worktree(struct source *source,
                        const char *commit,
                        const char *path,
                        struct error *err)
{
    AUTO_COMMIT git_commit *found = NULL;
    if (!path_is_absolute(path))
        return error_set(err, ERROR_USAGE, "a worktree's path must be absolute, not '%s'",
                         path);
    if (commit_from_id(&found, source, commit, err) < 0 ||
        add_entry(source, path, git_commit_id(found), err) < 0)
        return -1;
    if (fill(source, found, path, err) < 0) {
        struct error ignored = { 0 };
        (void)!source_remove_worktree(source, path, &ignored);
        return -1;
    }
    return 0;
}

/* True where removing path would take other with it. */
static bool holds(const char *path, const char *other)
{
    AUTO_FREE char *real = realpath(path, NULL);
    AUTO_FREE char *real_other = other ? realpath(other, NULL) : NULL;
    if (!real || !real_other)
        return false;
    AUTO_FREE char *start = str_format("%s/", real);
    return str_equal(real, real_other) || str_starts_with(real_other, start);
}

int source_remove_worktree(struct source *source, const char *path, struct error *err)
{
    if (holds(path, source->work_tree) ||
        holds(path, git_repository_commondir(source->user)) ||
        holds(path, git_repository_path(source->own)))
        return error_set(err, ERROR_GIT,
                         "'%s' holds a repository and is no worktree to be removed",
                         path);
    if (tree_remove(path, err) < 0)
        return -1;
    return source_sweep(source->cache_directory, err);
}

static int sweep_one(const char *path, struct error *err)
{
    if (str_ends_with(path, ".git"))
        return worktree_entries_prune(path, err);
    if (str_ends_with(path, ".git.tmp"))
        return tree_remove(path, err);
    return 0;
}

static void close_directory(DIR **directory)
{
    closedir(*directory);
}

int source_sweep(const char *cache_directory, struct error *err)
{
    AUTO_FREE char *path = cache_git_directory(cache_directory);
    AUTO_FD int lock = cache_lock(cache_directory, err);
    if (lock < 0)
        return -1;
    DIR *opened = opendir(path);
    if (!opened)
        return error_errno(err, "cannot read '%s'", path);
    AUTO(close_directory) DIR *directory = opened;
    for (struct dirent *found = readdir(directory); found; found = readdir(directory)) {
        AUTO_FREE char *name = path_join(path, found->d_name);
        if (sweep_one(name, err) < 0)
            return -1;
    }
    return 0;
}
