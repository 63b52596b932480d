#include "gate/source/ancestry.h"

#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/source/git_error.h"
#include "gate/source/internal.h"
#include "gate/source/shallow_merge_base.h"
#include "gate/source/source.h"

void revisions_clear(struct revisions *revisions)
{
    array_clear(revisions);
}

static int id_of(const struct revision *revision, git_oid *out, struct error *err)
{
    if (git_oid_fromstr(out, revision->commit) < 0)
        return error_set(err, ERROR_GIT, "'%s' is not a full commit id",
                         revision->commit);
    return 0;
}

/* libgit2's own walk fails where a parent is not there. */
static enum ancestry
ancestry_in_shallow(struct source *source, const git_oid *older, const git_oid *younger)
{
    git_oid common = { 0 };
    if (shallow_merge_base(&common, source->own, older, younger) &&
        git_oid_equal(&common, older))
        return ANCESTRY_ANCESTOR;
    return ANCESTRY_CUT_OFF;
}

int source_ancestry(struct source *source,
                    const struct revision *older,
                    const struct revision *younger,
                    enum ancestry *out,
                    struct error *err)
{
    git_oid old = { 0 };
    git_oid young = { 0 };
    if (id_of(older, &old, err) < 0 || id_of(younger, &young, err) < 0)
        return -1;
    if (git_oid_equal(&old, &young)) {
        *out = ANCESTRY_SAME;
        return 0;
    }
    if (source_is_shallow(source)) {
        *out = ancestry_in_shallow(source, &old, &young);
        return 0;
    }
    int descends = git_graph_descendant_of(source->own, &young, &old);
    if (descends < 0)
        return git_failed(err, "cannot walk the history of commit %.10s",
                          younger->commit);
    *out = descends ? ANCESTRY_ANCESTOR : ANCESTRY_NONE;
    return 0;
}

static int list_walked(struct source *source,
                       git_revwalk *walk,
                       size_t most,
                       struct revisions *out,
                       struct error *err)
{
    git_oid id = { 0 };
    for (size_t i = 0; i < most && git_revwalk_next(&id, walk) == 0; i++) {
        AUTO_COMMIT git_commit *commit = NULL;
        if (git_commit_lookup(&commit, source->own, &id) < 0)
            return git_failed(err, "cannot read a commit of the history");
        revision_from_commit(array_push(out), commit);
    }
    return 0;
}

static int walk_between(struct source *source,
                        const struct revision *older,
                        const struct revision *younger,
                        size_t most,
                        struct revisions *out,
                        struct error *err)
{
    AUTO_WALK git_revwalk *walk = NULL;
    git_oid old = { 0 };
    git_oid young = { 0 };
    if (id_of(older, &old, err) < 0 || id_of(younger, &young, err) < 0)
        return -1;
    if (git_revwalk_new(&walk, source->own) < 0 ||
        git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL | GIT_SORT_TIME) < 0 ||
        git_revwalk_push(walk, &young) < 0 || git_revwalk_hide(walk, &old) < 0)
        return git_failed(err, "cannot walk the history of commit %.10s",
                          younger->commit);
    return list_walked(source, walk, most, out, err);
}

/* Down to a commit, or to the end. */
static int list_parents(struct source *source,
                        const struct revision *from,
                        const char *until,
                        size_t most,
                        struct revisions *out,
                        struct error *err)
{
    AUTO_COMMIT git_commit *commit = NULL;
    if (commit_from_id(&commit, source, from->commit, err) < 0)
        return -1;
    for (size_t i = 0; i < most; i++) {
        struct revision revision;
        revision_from_commit(&revision, commit);
        if (until && str_equal(revision.commit, until))
            return 0;
        *array_push(out) = revision;
        if (!commit_step_back(&commit))
            return 0;
    }
    return 0;
}

int source_list_between(struct source *source,
                        const struct revision *older,
                        const struct revision *younger,
                        size_t most,
                        struct revisions *out,
                        struct error *err)
{
    return source_is_shallow(source)
               ? list_parents(source, younger, older->commit, most, out, err)
               : walk_between(source, older, younger, most, out, err);
}

int source_list_first_parents(struct source *source,
                              const struct revision *of,
                              size_t most,
                              struct revisions *out,
                              struct error *err)
{
    return list_parents(source, of, NULL, most, out, err);
}
