#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/source/git_error.h"
#include "gate/source/ref_files.h"
#include "gate/source/ref_internal.h"

/* What the step is made from. */
struct wanted {
    const struct ref_change *change;
};

/* Changes of a tree; room for all of the change. */
struct updates {
    git_tree_update *items;
    size_t count;
};

static void updates_clear(struct updates *updates)
{
    free(updates->items);
}

static void push_update(struct updates *updates,
                        git_tree_update_t action,
                        const git_oid *blob,
                        const char *path)
{
    updates->items[updates->count++] = (git_tree_update){
        .action = action,
        .id = blob ? *blob : (git_oid){ { 0 } },
        .filemode = GIT_FILEMODE_BLOB,
        .path = path,
    };
}

/* False where the tree has no such file; NULL: a tree without any. */
static bool find_file(const git_tree *tree, const char *path, git_oid *out)
{
    AUTO_TREE_ENTRY git_tree_entry *entry = NULL;
    if (!tree || git_tree_entry_bypath(&entry, tree, path) < 0 ||
        git_tree_entry_type(entry) == GIT_OBJECT_TREE)
        return false;
    *out = *git_tree_entry_id(entry);
    return true;
}

/* Only what changes the tree. */
static int list_updates(struct ref_files *files,
                        const struct ref_change *change,
                        const git_tree *tree,
                        struct updates *out,
                        struct error *err)
{
    git_oid found = { 0 };
    git_oid blob = { 0 };
    for (size_t i = 0; i < change->added_count; i++) {
        const struct ref_addition *added = &change->added[i];
        if (git_blob_create_from_buffer(&blob, files->repository, added->bytes,
                                        added->length) < 0)
            return git_failed(err, "cannot store '%s' in '%s'", added->path, files->ref);
        if (!find_file(tree, added->path, &found) || !git_oid_equal(&found, &blob))
            push_update(out, GIT_TREE_UPDATE_UPSERT, &blob, added->path);
    }
    for (size_t i = 0; i < change->removed_count; i++) {
        if (find_file(tree, change->removed[i], &found))
            push_update(out, GIT_TREE_UPDATE_REMOVE, NULL, change->removed[i]);
    }
    return 0;
}

static int make_commit(const struct ref_step *step,
                       struct ref_files *files,
                       const git_oid *tip,
                       git_oid *next,
                       bool *is_wanted,
                       struct error *err)
{
    const struct ref_change *change = ((const struct wanted *)step->context)->change;
    size_t most = change->added_count + change->removed_count;
    AUTO(updates_clear)
    struct updates updates = { .items = xcalloc(most + 1, sizeof *updates.items) };
    AUTO_COMMIT git_commit *parent = NULL;
    AUTO_TREE git_tree *before = NULL;
    git_oid after = { 0 };
    if (tip && (git_commit_lookup(&parent, files->repository, tip) < 0 ||
                git_commit_tree(&before, parent) < 0))
        return git_failed(err, "cannot read the commit of '%s'", files->ref);
    if (list_updates(files, change, before, &updates, err) < 0)
        return -1;
    *is_wanted = updates.count > 0;
    if (!*is_wanted)
        return 0;
    if (git_tree_create_updated(&after, files->repository, before, updates.count,
                                updates.items) < 0)
        return git_failed(err, "cannot change the files of '%s'", files->ref);
    struct ref_commit commit = {
        .tree = &after,
        .parents = { tip },
        .parent_count = tip ? 1 : 0,
        .message = change->message,
    };
    return ref_write_commit(files, &commit, next, err);
}

int ref_files_commit(struct ref_files *files,
                     const struct ref_change *change,
                     struct error *err)
{
    struct wanted wanted = { change };
    struct ref_step step = { .make = make_commit, .context = &wanted };
    return ref_update(files, &step, err);
}
