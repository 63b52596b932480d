#include "gate/source/base_rule.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/source/internal.h"
#include "gate/source/missing_object.h"
#include "gate/source/shallow_merge_base.h"
#include "gate/source/source.h"

/* A branch that a head may have left. */
struct upstream {
    char name[256]; /* as people write it */
    git_oid tip;
    bool is_local;
};

static int say_unrelated(struct error *err,
                         struct source *source,
                         const char *a_name,
                         const char *b_name)
{
    if (source_is_shallow(source))
        return say_shallow(err, "cannot find a merge base of %s and %s", a_name, b_name);
    return error_set(err, ERROR_GIT,
                     "%s and %s have no common ancestor: name the commit to compare with",
                     a_name, b_name);
}

static int find_merge_base(struct source *source,
                           const git_oid *a,
                           const git_oid *b,
                           git_oid *out,
                           bool *is_found,
                           struct error *err)
{
    if (source_is_shallow(source)) {
        *is_found = shallow_merge_base(out, source->own, a, b);
        return 0;
    }
    int result = git_merge_base(out, source->own, a, b);
    if (result < 0 && result != GIT_ENOTFOUND)
        return say_missing_or_failed(err, source, result, "cannot find a merge base");
    *is_found = result == 0;
    return 0;
}

static int
load(struct source *source, const git_oid *id, struct revision *out, struct error *err)
{
    AUTO_COMMIT git_commit *commit = NULL;
    if (commit_from_id(&commit, source, git_oid_tostr_s(id), err) < 0)
        return -1;
    revision_from_commit(out, commit);
    return 0;
}

int source_merge_base(struct source *source,
                      const struct revision *a,
                      const struct revision *b,
                      struct revision *out,
                      struct error *err)
{
    AUTO_COMMIT git_commit *first = NULL;
    AUTO_COMMIT git_commit *second = NULL;
    git_oid base = { 0 };
    bool is_found = false;
    if (commit_from_id(&first, source, a->commit, err) < 0 ||
        commit_from_id(&second, source, b->commit, err) < 0 ||
        find_merge_base(source, git_commit_id(first), git_commit_id(second), &base,
                        &is_found, err) < 0)
        return -1;
    if (!is_found)
        return say_unrelated(err, source, a->commit, b->commit);
    return load(source, &base, out, err);
}

/* Follows origin/HEAD to the branch that it names. */
static bool find_upstream(struct source *source, const char *name, struct upstream *out)
{
    AUTO_REFERENCE git_reference *named = NULL;
    AUTO_REFERENCE git_reference *branch = NULL;
    AUTO_OBJECT git_object *commit = NULL;
    if (git_reference_lookup(&named, source->user, name) < 0 ||
        git_reference_resolve(&branch, named) < 0 ||
        git_reference_peel(&commit, branch, GIT_OBJECT_COMMIT) < 0)
        return false;
    snprintf(out->name, sizeof out->name, "%s", git_reference_shorthand(branch));
    out->tip = *git_object_id(commit);
    out->is_local = git_reference_is_branch(branch) == 1;
    return true;
}

static int use_parent(struct source *source,
                      const struct revision *head,
                      const char *head_name,
                      const char *held_by,
                      struct base_choice *out,
                      struct error *err)
{
    struct base_choice choice = { 0 };
    if (source_parent(source, head, &choice.revision, err) < 0)
        return -1;
    if (held_by)
        snprintf(choice.rule, sizeof choice.rule, "parent of %s, which %s already holds",
                 head_name, held_by);
    else
        snprintf(choice.rule, sizeof choice.rule,
                 "parent of %s, as there is no other branch to compare with", head_name);
    *out = choice;
    return 0;
}

/* Sets *is_chosen unless the branch is a local one that holds head: it may be head's own
 * branch, and says nothing then. */
static int try_upstream(struct source *source,
                        const struct revision *head,
                        const char *head_name,
                        const struct upstream *upstream,
                        struct base_choice *out,
                        struct error *err)
{
    git_oid head_id = { 0 };
    git_oid base = { 0 };
    bool is_found = false;
    struct base_choice choice = { 0 };
    git_oid_fromstr(&head_id, head->commit);
    if (find_merge_base(source, &head_id, &upstream->tip, &base, &is_found, err) < 0)
        return -1;
    if (!is_found)
        return say_unrelated(err, source, head_name, upstream->name);
    if (git_oid_equal(&base, &head_id))
        return upstream->is_local
                   ? 0
                   : use_parent(source, head, head_name, upstream->name, out, err);
    if (load(source, &base, &choice.revision, err) < 0)
        return -1;
    snprintf(choice.rule, sizeof choice.rule, "merge base of %s and %s", head_name,
             upstream->name);
    *out = choice;
    return 0;
}

int source_find_base(struct source *source,
                     const struct revision *head,
                     const char *head_name,
                     struct base_choice *out,
                     struct error *err)
{
    static const char *const names[] = {
        "refs/remotes/origin/HEAD",   "refs/remotes/origin/main",
        "refs/remotes/origin/master", "refs/heads/main",
        "refs/heads/master",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct upstream upstream = { 0 };
        struct base_choice choice = { 0 };
        if (!find_upstream(source, names[i], &upstream))
            continue;
        if (try_upstream(source, head, head_name, &upstream, &choice, err) < 0)
            return -1;
        if (*choice.rule) {
            *out = choice;
            return 0;
        }
    }
    return use_parent(source, head, head_name, NULL, out, err);
}
