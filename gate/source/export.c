#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/tree.h"
#include "gate/source/git_error.h"
#include "gate/source/internal.h"
#include "gate/source/worktree.h"

/* A commit for a tree that has none, in the private repository; the same for each call.
 */
static int wrap(git_oid *out, struct source *source, git_tree *tree, struct error *err)
{
    AUTO_SIGNATURE git_signature *nobody = NULL;
    if (git_signature_new(&nobody, "pawl", "pawl@localhost", 0, 0) < 0 ||
        git_commit_create(out, source->own, NULL, nobody, nobody, NULL, "export\n", tree,
                          0, NULL) < 0)
        return git_failed(err, "cannot export tree %s",
                          git_oid_tostr_s(git_tree_id(tree)));
    return 0;
}

/* git allows no ".git" inside a tree, so each such file is the link of a worktree: of the
 * export itself or of a submodule. */
static int
unlink_git(void *context, const char *name, const struct stat *info, struct error *err)
{
    const char *root = context;
    if (!S_ISREG(info->st_mode) || !str_equal(path_base(name), ".git"))
        return 0;
    AUTO_FREE char *path = path_join(root, name);
    return unlink(path) < 0 ? error_errno(err, "cannot remove '%s'", path) : 0;
}

int source_export(struct source *source,
                  const char *commit_or_tree,
                  const char *path,
                  struct error *err)
{
    AUTO_TREE git_tree *tree = NULL;
    git_oid commit = { 0 };
    AUTO_FREE char *root = xstrdup(path);
    if (tree_from_id(&tree, source, commit_or_tree, err) < 0 ||
        wrap(&commit, source, tree, err) < 0 ||
        source_add_worktree(source, git_oid_tostr_s(&commit), path, err) < 0)
        return -1;
    if (tree_walk(path, unlink_git, root, err) < 0)
        return -1;
    return source_sweep(source->cache_directory, err);
}
