#include "gate/source/made_repository.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/source/git_auto.h"
#include "gate/source/git_error.h"

struct made_repository {
    git_repository *handle;
};

struct made_repository *
made_repository_new(const char *directory, const char *branch, struct error *err)
{
    git_libgit2_init();
    struct made_repository *made = xcalloc(1, sizeof *made);
    git_repository_init_options options = {
        .version = GIT_REPOSITORY_INIT_OPTIONS_VERSION,
        .flags = GIT_REPOSITORY_INIT_BARE | GIT_REPOSITORY_INIT_MKPATH |
                 GIT_REPOSITORY_INIT_NO_REINIT,
        .initial_head = branch,
    };
    if (git_repository_init_ext(&made->handle, directory, &options) < 0) {
        git_failed(err, "cannot make the repository '%s'", directory);
        made_repository_release(&made);
    }
    return made;
}

void made_repository_close(struct made_repository *repository)
{
    if (!repository)
        return;
    git_repository_free(repository->handle);
    free(repository);
    git_libgit2_shutdown();
}

void made_repository_release(struct made_repository **repository)
{
    made_repository_close(*repository);
    *repository = NULL;
}

/* The last commit of a branch; NULL for no branch. */
static int find_parent(git_commit **out,
                       git_repository *repository,
                       const char *branch,
                       struct error *err)
{
    git_oid id = { 0 };
    if (!branch)
        return 0;
    AUTO_FREE char *reference = str_format("refs/heads/%s", branch);
    if (git_reference_name_to_id(&id, repository, reference) < 0 ||
        git_commit_lookup(out, repository, &id) < 0)
        return git_failed(err, "cannot find the branch '%s'", branch);
    return 0;
}

static int insert_file(git_treebuilder *builder,
                       git_repository *repository,
                       const struct made_file *file)
{
    git_oid id = { 0 };
    int result =
        git_blob_create_from_buffer(&id, repository, file->text, strlen(file->text));
    if (result < 0)
        return result;
    return git_treebuilder_insert(NULL, builder, file->name, &id, GIT_FILEMODE_BLOB);
}

static int write_tree(git_oid *out,
                      git_repository *repository,
                      const git_tree *parent,
                      const struct made_commit *commit,
                      struct error *err)
{
    AUTO_TREEBUILDER git_treebuilder *builder = NULL;
    if (git_treebuilder_new(&builder, repository, parent) < 0)
        return git_failed(err, "cannot make a tree");
    for (size_t i = 0; i < commit->file_count; i++) {
        if (insert_file(builder, repository, &commit->files[i]) < 0)
            return git_failed(err, "cannot add the file '%s'", commit->files[i].name);
    }
    if (git_treebuilder_write(out, builder) < 0)
        return git_failed(err, "cannot write a tree");
    return 0;
}

/* The branch must be new: libgit2 would move one that is at the parent already. */
static int write_commit(git_repository *repository,
                        const struct made_commit *commit,
                        const git_oid *tree_id,
                        git_commit *parent,
                        struct error *err)
{
    AUTO_SIGNATURE git_signature *author = NULL;
    AUTO_TREE git_tree *tree = NULL;
    AUTO_COMMIT git_commit *made = NULL;
    AUTO_REFERENCE git_reference *branch = NULL;
    const git_commit *parents[] = { parent };
    git_oid id = { 0 };
    if (git_signature_now(&author, "pawl", "pawl@localhost") < 0 ||
        git_tree_lookup(&tree, repository, tree_id) < 0 ||
        git_commit_create(&id, repository, NULL, author, author, NULL, commit->message,
                          tree, parent ? 1 : 0, parents) < 0 ||
        git_commit_lookup(&made, repository, &id) < 0 ||
        git_branch_create(&branch, repository, commit->branch, made, 0) < 0)
        return git_failed(err, "cannot commit to the branch '%s'", commit->branch);
    return 0;
}

int made_repository_commit(struct made_repository *repository,
                           const struct made_commit *commit,
                           struct error *err)
{
    AUTO_COMMIT git_commit *parent = NULL;
    AUTO_TREE git_tree *parent_tree = NULL;
    git_oid tree = { 0 };
    if (find_parent(&parent, repository->handle, commit->parent, err) < 0)
        return -1;
    if (parent && git_commit_tree(&parent_tree, parent) < 0)
        return git_failed(err, "cannot read the tree of '%s'", commit->parent);
    if (write_tree(&tree, repository->handle, parent_tree, commit, err) < 0)
        return -1;
    return write_commit(repository->handle, commit, &tree, parent, err);
}
