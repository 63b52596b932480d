#include "gate/source/changes.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/source/git_error.h"
#include "gate/source/internal.h"
#include "gate/source/missing_object.h"

void changes_clear(struct changes *changes)
{
    for (size_t i = 0; i < changes->count; i++) {
        free(changes->items[i].old_path);
        free(changes->items[i].new_path);
    }
    array_clear(changes);
}

static void push(struct changes *changes,
                 enum change_status status,
                 const char *old_path,
                 const char *new_path)
{
    *array_push(changes) = (struct change){ .status = status,
                                            .old_path = xstrdup(old_path),
                                            .new_path = xstrdup(new_path) };
}

static void push_delta(struct changes *changes, const git_diff_delta *delta)
{
    const char *old_path = delta->old_file.path;
    const char *new_path = delta->new_file.path;
    if (delta->status == GIT_DELTA_ADDED)
        push(changes, CHANGE_ADDED, NULL, new_path);
    else if (delta->status == GIT_DELTA_DELETED)
        push(changes, CHANGE_DELETED, old_path, NULL);
    else if (delta->status == GIT_DELTA_RENAMED)
        push(changes, CHANGE_RENAMED, old_path, new_path);
    else
        push(changes, CHANGE_MODIFIED, old_path, new_path);
}

static const char *path_of(const struct change *change)
{
    return change->new_path ? change->new_path : change->old_path;
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(path_of(a), path_of(b));
}

static int
diff_trees(git_diff **out, struct source *source, git_tree *old_tree, git_tree *new_tree)
{
    git_diff_options options = { .version = GIT_DIFF_OPTIONS_VERSION,
                                 .flags = GIT_DIFF_INCLUDE_TYPECHANGE,
                                 .ignore_submodules = GIT_SUBMODULE_IGNORE_UNSPECIFIED };
    return git_diff_tree_to_tree(out, source->own, old_tree, new_tree, &options);
}

/* Renames are found by reading files, which a partial clone may lack; the plain list is
 * right without them too. */
static int diff_with_renames(git_diff **out,
                             struct source *source,
                             git_tree *old_tree,
                             git_tree *new_tree)
{
    git_diff_find_options options = { .version = GIT_DIFF_FIND_OPTIONS_VERSION,
                                      .flags = GIT_DIFF_FIND_RENAMES };
    int result = diff_trees(out, source, old_tree, new_tree);
    if (result < 0 || git_diff_find_similar(*out, &options) == 0)
        return result;
    release_diff(out);
    return diff_trees(out, source, old_tree, new_tree);
}

int source_list_changes(struct source *source,
                        const char *old_id,
                        const char *new_id,
                        struct changes *out,
                        struct error *err)
{
    AUTO_TREE git_tree *old_tree = NULL;
    AUTO_TREE git_tree *new_tree = NULL;
    AUTO_DIFF git_diff *diff = NULL;
    if (tree_from_id(&old_tree, source, old_id, err) < 0 ||
        tree_from_id(&new_tree, source, new_id, err) < 0)
        return -1;
    int result = diff_with_renames(&diff, source, old_tree, new_tree);
    if (result < 0)
        return say_missing_or_failed(err, source, result,
                                     "cannot compare %.10s with %.10s", old_id, new_id);
    for (size_t i = 0; i < git_diff_num_deltas(diff); i++)
        push_delta(out, git_diff_get_delta(diff, i));
    if (out->count)
        qsort(out->items, out->count, sizeof *out->items, compare_paths);
    return 0;
}
