#include "gate/source/revision.h"

#include <string.h>

#include "gate/base/error.h"
#include "gate/source/git_error.h"
#include "gate/source/internal.h"
#include "gate/source/missing_object.h"
#include "gate/source/plain_text.h"
#include "gate/source/source.h"
#include "gate/source/unknown_revision.h"

void revision_from_commit(struct revision *out, git_commit *commit)
{
    const git_signature *author = git_commit_author(commit);
    git_oid_tostr(out->commit, sizeof out->commit, git_commit_id(commit));
    git_oid_tostr(out->tree, sizeof out->tree, git_commit_tree_id(commit));
    plain_text_copy(out->subject, sizeof out->subject, git_commit_summary(commit));
    plain_text_copy(out->author, sizeof out->author, author ? author->name : NULL);
    out->author_time_s = author ? author->when.time : 0;
    out->commit_time_s = git_commit_time(commit);
}

static int resolve_object(git_object **out,
                          struct source *source,
                          const char *name,
                          struct error *err)
{
    if (git_repository_head_unborn(source->user) == 1 && strncmp(name, "HEAD", 4) == 0)
        return error_set(
            err, ERROR_GIT,
            "'%s' has no commit yet: the branch is still empty; commit first", name);
    int result = git_revparse_single(out, source->user, name);
    return result < 0 ? say_unknown_revision(err, source, result, name) : 0;
}

int source_resolve(struct source *source,
                   const char *name,
                   struct revision *out,
                   struct error *err)
{
    AUTO_OBJECT git_object *object = NULL;
    AUTO_OBJECT git_object *commit = NULL;
    if (resolve_object(&object, source, name, err) < 0)
        return -1;
    int result = git_object_peel(&commit, object, GIT_OBJECT_COMMIT);
    if (git_object_is_missing(result))
        return say_missing_or_failed(err, source, result, "cannot read '%s'", name);
    if (result < 0)
        return error_set(err, ERROR_GIT, "'%s' is a %s, not a commit", name,
                         git_object_type2string(git_object_type(object)));
    revision_from_commit(out, (git_commit *)commit);
    return 0;
}

int commit_from_id(git_commit **out,
                   struct source *source,
                   const char *id,
                   struct error *err)
{
    git_oid oid = { 0 };
    if (git_oid_fromstr(&oid, id) < 0)
        return error_set(err, ERROR_GIT, "'%s' is not a full commit id", id);
    int result = git_commit_lookup(out, source->own, &oid);
    if (result < 0)
        return say_missing_or_failed(err, source, result, "cannot read commit %s", id);
    return 0;
}

bool commit_step_back(git_commit **commit)
{
    git_commit *parent = NULL;
    if (git_commit_parentcount(*commit) == 0 ||
        git_commit_parent(&parent, *commit, 0) < 0)
        return false;
    git_commit_free(*commit);
    *commit = parent;
    return true;
}

int tree_from_id(git_tree **out, struct source *source, const char *id, struct error *err)
{
    AUTO_OBJECT git_object *object = NULL;
    git_oid oid = { 0 };
    if (git_oid_fromstr(&oid, id) < 0)
        return error_set(err, ERROR_GIT, "'%s' is not a full id", id);
    int result = git_object_lookup(&object, source->own, &oid, GIT_OBJECT_ANY);
    if (result == 0)
        result = git_object_peel((git_object **)out, object, GIT_OBJECT_TREE);
    if (result < 0)
        return say_missing_or_failed(err, source, result, "cannot read the tree of %s",
                                     id);
    return 0;
}

int source_parent(struct source *source,
                  const struct revision *of,
                  struct revision *out,
                  struct error *err)
{
    AUTO_COMMIT git_commit *commit = NULL;
    AUTO_COMMIT git_commit *parent = NULL;
    if (commit_from_id(&commit, source, of->commit, err) < 0)
        return -1;
    if (git_commit_parentcount(commit) == 0)
        return error_set(
            err, ERROR_GIT,
            "commit %.10s ('%s') has no parent: it is the first of the "
            "history, so there is nothing to compare it with but what --base "
            "names",
            of->commit, of->subject);
    int result = git_commit_parent(&parent, commit, 0);
    if (result < 0)
        return say_missing_or_failed(
            err, source, result, "cannot read the parent of commit %.10s", of->commit);
    revision_from_commit(out, parent);
    return 0;
}
