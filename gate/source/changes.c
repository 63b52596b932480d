#include "gate/source/changes.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/source/git_auto.h"
#include "gate/source/tree_diff.h"

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

int source_list_changes(struct source *source,
                        const char *old_id,
                        const char *new_id,
                        struct changes *out,
                        struct error *err)
{
    AUTO_DIFF git_diff *diff = NULL;
    if (tree_diff_make(&diff, source, old_id, new_id, err) < 0)
        return -1;
    for (size_t i = 0; i < git_diff_num_deltas(diff); i++)
        push_delta(out, git_diff_get_delta(diff, i));
    if (out->count)
        qsort(out->items, out->count, sizeof *out->items, compare_paths);
    return 0;
}
