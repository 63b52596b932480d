#include "gate/source/checkout.h"

#include "gate/source/missing_object.h"

/* The index comes first: libgit2 then finds every .gitattributes in it before the files
 * that it speaks of are written, whatever their order. */
static int fill_index(git_repository *worktree, git_tree *tree)
{
    AUTO_INDEX git_index *index = NULL;
    int result = git_repository_index(&index, worktree);
    if (result == 0)
        result = git_index_read_tree(index, tree);
    if (result == 0)
        result = git_index_write(index);
    return result;
}

static int write_files(git_repository *worktree, git_tree *tree)
{
    git_checkout_options options = { .version = GIT_CHECKOUT_OPTIONS_VERSION,
                                     .checkout_strategy = GIT_CHECKOUT_FORCE };
    return git_checkout_tree(worktree, (const git_object *)tree, &options);
}

int checkout_commit(git_repository **out,
                    const struct source *source,
                    git_commit *commit,
                    const char *path,
                    struct error *err)
{
    AUTO_REPOSITORY git_repository *worktree = NULL;
    AUTO_TREE git_tree *tree = NULL;
    int result =
        git_repository_open_ext(&worktree, path, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);
    if (result == 0)
        result = git_tree_lookup(&tree, worktree, git_commit_tree_id(commit));
    if (result == 0)
        result = fill_index(worktree, tree);
    if (result == 0)
        result = write_files(worktree, tree);
    if (result < 0)
        return say_missing_or_failed(err, source, result, "cannot check out commit %.10s",
                                     git_oid_tostr_s(git_commit_id(commit)));
    *out = worktree;
    worktree = NULL;
    return 0;
}
