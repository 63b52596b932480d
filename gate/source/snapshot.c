/* The user's index is read into memory, brought up to date with the work tree there, and
 * written as a tree to the private repository: what "git add -A" would do, without the
 * index file ever being written. Blobs go to the private repository because the user's
 * handle has its object database (see source.c). */

#include "gate/source/snapshot.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/source/git_error.h"
#include "gate/source/internal.h"
#include "gate/source/missing_object.h"
#include "gate/source/source.h"

static int read_index(git_index **out, struct source *source, struct error *err)
{
    AUTO_FREE char *path = path_join(git_repository_path(source->user), "index");
    if (git_index_open(out, path) == 0)
        return 0;
    if (strstr(git_reason(), "mandatory extension"))
        return error_set(
            err, ERROR_GIT,
            "the index '%s' is split or sparse, which can't be read: run git "
            "update-index --no-split-index, or git sparse-checkout set "
            "--no-sparse-index",
            path);
    return git_failed(err, "cannot read the index '%s'", path);
}

static int add_file(struct source *source,
                    git_index *index,
                    const git_diff_file *file,
                    struct error *err)
{
    git_index_entry entry = { .mode = file->mode, .path = file->path };
    int result = git_blob_create_from_workdir(&entry.id, source->user, file->path);
    if (result == 0)
        result = git_index_add(index, &entry);
    if (result < 0)
        return git_failed(err, "cannot take '%s' into the snapshot", file->path);
    return 0;
}

/* A sparse checkout leaves files out of the work tree on purpose: not deleted. */
static void remove_file(git_index *index, const char *path)
{
    const git_index_entry *entry = git_index_get_bypath(index, path, 0);
    if (entry && !(entry->flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE))
        git_index_remove(index, path, 0);
}

/* The cache may stand in the work tree (a workflow keeps it there to save it): what pawl
 * wrote is no part of the project. */
static bool is_in_cache(const struct source *source, const char *path)
{
    AUTO_FREE char *cache = realpath(source->cache_directory, NULL);
    AUTO_FREE char *start = str_format("%s/", cache ? cache : source->cache_directory);
    AUTO_FREE char *full = path_join(source->work_tree, path);
    return str_starts_with(full, start);
}

static int apply(struct source *source,
                 git_index *index,
                 const git_diff_delta *delta,
                 struct error *err)
{
    switch (delta->status) {
    case GIT_DELTA_ADDED:
    case GIT_DELTA_MODIFIED:
    case GIT_DELTA_TYPECHANGE:
    case GIT_DELTA_UNTRACKED:
        /* A directory here is a repository inside the work tree, and not a part of it. */
        if (delta->new_file.mode == GIT_FILEMODE_TREE ||
            str_ends_with(delta->new_file.path, "/") ||
            (delta->status == GIT_DELTA_UNTRACKED &&
             is_in_cache(source, delta->new_file.path)))
            return 0;
        return add_file(source, index, &delta->new_file, err);
    case GIT_DELTA_DELETED:
        remove_file(index, delta->old_file.path);
        return 0;
    case GIT_DELTA_CONFLICTED:
        return error_set(err, ERROR_GIT,
                         "'%s' has an unfinished merge: resolve it and git add it, or "
                         "measure a commit",
                         delta->new_file.path ? delta->new_file.path
                                              : delta->old_file.path);
    case GIT_DELTA_UNREADABLE:
        return error_set(
            err, ERROR_GIT,
            "cannot read '%s': make it readable, or have .gitignore leave it "
            "out",
            delta->new_file.path);
    case GIT_DELTA_UNMODIFIED:
    case GIT_DELTA_IGNORED:
    case GIT_DELTA_RENAMED:
    case GIT_DELTA_COPIED:
        return 0;
    }
    return 0;
}

static int take_files(struct source *source, git_index *index, struct error *err)
{
    AUTO_DIFF git_diff *diff = NULL;
    git_diff_options options = {
        .version = GIT_DIFF_OPTIONS_VERSION,
        .flags = GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS |
                 GIT_DIFF_INCLUDE_TYPECHANGE | GIT_DIFF_INCLUDE_UNREADABLE |
                 GIT_DIFF_IGNORE_SUBMODULES,
        .ignore_submodules = GIT_SUBMODULE_IGNORE_UNSPECIFIED,
    };
    int result = git_diff_index_to_workdir(&diff, source->user, index, &options);
    if (result < 0)
        return say_missing_or_failed(
            err, source, result, "cannot compare the work tree '%s'", source->work_tree);
    for (size_t i = 0; i < git_diff_num_deltas(diff); i++) {
        if (apply(source, index, git_diff_get_delta(diff, i), err) < 0)
            return -1;
    }
    return 0;
}

/* The submodule's own snapshot: what is checked out there, with its changes. */
static int take_submodule(struct source *source,
                          git_index *index,
                          const git_index_entry *entry,
                          struct error *err)
{
    AUTO_FREE char *path = path_join(source->work_tree, entry->path);
    AUTO_FREE char *link = path_join(path, ".git");
    struct revision now = { 0 };
    bool is_dirty = false;
    if (!file_exists(link))
        return 0;
    AUTO_SOURCE struct source *clone = source_open_exactly(
        path, GIT_REPOSITORY_OPEN_NO_SEARCH, source->cache_directory, err);
    if (!clone || source_snapshot(clone, &now, &is_dirty, err) < 0)
        return error_prefix(err, "submodule '%s': ", entry->path);
    git_index_entry changed = { .mode = GIT_FILEMODE_COMMIT, .path = entry->path };
    git_oid_fromstr(&changed.id, now.commit);
    if (!git_oid_equal(&changed.id, &entry->id) && git_index_add(index, &changed) < 0)
        return git_failed(err, "cannot take '%s' into the snapshot", path);
    return 0;
}

static int take_submodules(struct source *source, git_index *index, struct error *err)
{
    for (size_t i = 0; i < git_index_entrycount(index); i++) {
        const git_index_entry *entry = git_index_get_byindex(index, i);
        if (entry->mode == GIT_FILEMODE_COMMIT &&
            take_submodule(source, index, entry, err) < 0)
            return -1;
    }
    return 0;
}

/* "git add -N" enters an empty blob that is not written yet. */
static int write_tree(git_oid *out, struct source *source, git_index *index)
{
    git_oid empty = { 0 };
    int result = git_blob_create_from_buffer(&empty, source->own, "", 0);
    return result < 0 ? result : git_index_write_tree_to(out, index, source->own);
}

static int write_commit(git_oid *out,
                        struct source *source,
                        git_commit *head,
                        const git_oid *tree_id,
                        struct error *err)
{
    AUTO_SIGNATURE git_signature *author = NULL;
    AUTO_TREE git_tree *tree = NULL;
    AUTO_FREE char *message = str_format("uncommitted changes on top of %.10s\n",
                                         git_oid_tostr_s(git_commit_id(head)));
    git_time_t time = git_commit_author(head)->when.time;
    const git_commit *parents[] = { head };
    if (git_signature_new(&author, "pawl", "pawl@localhost", time, 0) < 0 ||
        git_tree_lookup(&tree, source->own, tree_id) < 0 ||
        git_commit_create(out, source->own, NULL, author, author, NULL, message, tree, 1,
                          parents) < 0)
        return git_failed(err, "cannot write the snapshot");
    return 0;
}

static int snapshot_on(struct source *source,
                       git_commit *head,
                       struct revision *out,
                       bool *is_dirty,
                       struct error *err)
{
    AUTO_INDEX git_index *index = NULL;
    AUTO_COMMIT git_commit *commit = NULL;
    git_oid tree = { 0 };
    git_oid id = *git_commit_id(head);
    if (read_index(&index, source, err) < 0 || take_files(source, index, err) < 0 ||
        take_submodules(source, index, err) < 0)
        return -1;
    if (write_tree(&tree, source, index) < 0)
        return git_failed(err, "cannot write the snapshot of '%s'", source->work_tree);
    bool differs = !git_oid_equal(&tree, git_commit_tree_id(head));
    if (differs && write_commit(&id, source, head, &tree, err) < 0)
        return -1;
    if (commit_from_id(&commit, source, git_oid_tostr_s(&id), err) < 0)
        return -1;
    revision_from_commit(out, commit);
    *is_dirty = differs;
    return 0;
}

int source_snapshot(struct source *source,
                    struct revision *out,
                    bool *is_dirty,
                    struct error *err)
{
    struct revision head = { 0 };
    AUTO_COMMIT git_commit *commit = NULL;
    if (!source->work_tree)
        return error_set(err, ERROR_GIT,
                         "'%s' is a bare repository without a work tree to measure: name "
                         "a commit instead",
                         source->directory);
    if (source_resolve(source, "HEAD", &head, err) < 0 ||
        commit_from_id(&commit, source, head.commit, err) < 0)
        return -1;
    return snapshot_on(source, commit, out, is_dirty, err);
}
