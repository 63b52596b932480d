#include "gate/source/tree_diff.h"

#include "gate/base/error.h"
#include "gate/source/internal.h"
#include "gate/source/missing_object.h"

/* Files beyond this have no lines that anybody would look at. */
#define MOST_BYTES (INT64_C(16) * 1024 * 1024)

static int
diff_trees(git_diff **out, struct source *source, git_tree *old_tree, git_tree *new_tree)
{
    git_diff_options options = { .version = GIT_DIFF_OPTIONS_VERSION,
                                 .flags = GIT_DIFF_INCLUDE_TYPECHANGE,
                                 .ignore_submodules = GIT_SUBMODULE_IGNORE_UNSPECIFIED,
                                 .context_lines = 0,
                                 .interhunk_lines = 0,
                                 .max_size = MOST_BYTES };
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

int tree_diff_make(git_diff **out,
                   struct source *source,
                   const char *old_id,
                   const char *new_id,
                   struct error *err)
{
    AUTO_TREE git_tree *old_tree = NULL;
    AUTO_TREE git_tree *new_tree = NULL;
    if (tree_from_id(&old_tree, source, old_id, err) < 0 ||
        tree_from_id(&new_tree, source, new_id, err) < 0)
        return -1;
    int result = diff_with_renames(out, source, old_tree, new_tree);
    if (result < 0)
        return say_missing_or_failed(err, source, result,
                                     "cannot compare %.10s with %.10s", old_id, new_id);
    return 0;
}
