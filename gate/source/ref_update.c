/* Moving the ref on: the new commit is made beside it, and the ref is moved by compare
 * and swap; where something else moved it in between, the step is made again on top of
 * that. The lock of ref_lock.h spares processes of pawl the repetition; that nothing is
 * lost does not hang on it, for git itself takes no notice of it. */
#include <stdint.h>
#include <time.h>

#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/interrupt.h"
#include "gate/base/str.h"
#include "gate/source/git_error.h"
#include "gate/source/ref_internal.h"
#include "gate/source/ref_lock.h"

/* A lock of git's is gone within milliseconds: 50 looks are a second. */
#define MOST_TRIES 50
#define PAUSE_NS   20000000

/* libgit2 moves it without a look where it is to be new: that it still is not there is
 * asked by force = 0. */
static int move(struct ref_files *files, const git_oid *from, const git_oid *to)
{
    AUTO_REFERENCE git_reference *moved = NULL;
    return git_reference_create_matching(&moved, files->repository, files->ref, to,
                                         from != NULL, from, "pawl");
}

static bool is_worth_another_try(int result)
{
    return result == GIT_EMODIFIED || result == GIT_EEXISTS || result == GIT_ELOCKED;
}

static int pause_for_git(struct error *err)
{
    struct timespec pause = { .tv_nsec = PAUSE_NS };
    nanosleep(&pause, NULL);
    return interrupt_check(err);
}

static int say_failure(struct ref_files *files, int result, struct error *err)
{
    if (result == GIT_ELOCKED)
        return error_set(
            err, ERROR_SYSTEM,
            "cannot move the ref '%s': '%s%s.lock' is there; if no git and no "
            "pawl is at work in this repository, a killed one left it: "
            "remove it",
            files->ref, git_repository_commondir(files->repository), files->ref);
    return git_failed(err, "cannot move the ref '%s'", files->ref);
}

/* One try; *result is libgit2's of the moving, 0 for done. */
static int try_step(struct ref_files *files,
                    const struct ref_step *step,
                    int lock,
                    int *result,
                    struct error *err)
{
    git_oid tip = { 0 };
    git_oid next = { 0 };
    bool is_there = false;
    bool is_wanted = true;
    *result = 0;
    if (ref_tip(files, &tip, &is_there, err) < 0 ||
        step->make(step, files, is_there ? &tip : NULL, &next, &is_wanted, err) < 0)
        return -1;
    if (!is_wanted || (is_there && git_oid_equal(&tip, &next)))
        return 0;
    if (ref_lock_begin(lock, files->repository, files->ref, err) < 0)
        return -1;
    *result = move(files, is_there ? &tip : NULL, &next);
    ref_lock_end(lock);
    return 0;
}

static int try_until_done(struct ref_files *files,
                          const struct ref_step *step,
                          int lock,
                          struct error *err)
{
    int result = 0;
    for (int i = 0; i < MOST_TRIES; i++) {
        if (try_step(files, step, lock, &result, err) < 0)
            return -1;
        if (result == 0)
            return 0;
        if (!is_worth_another_try(result))
            break;
        if (result == GIT_ELOCKED && pause_for_git(err) < 0)
            return -1;
    }
    return say_failure(files, result, err);
}

/* libgit2 asks for this once, when it opens a repository's refs, and each time that it
 * writes an object. */
static void set_fsync(struct ref_files *files, int is_on)
{
    git_refdb *refs = NULL;
    git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, is_on);
    if (is_on && git_repository_refdb(&refs, files->repository) == 0)
        git_refdb_free(refs);
}

int ref_update(struct ref_files *files, const struct ref_step *step, struct error *err)
{
    AUTO_FD int lock = ref_lock_take(files->repository, "update", err);
    if (lock < 0)
        return -1;
    set_fsync(files, 1);
    int result = try_until_done(files, step, lock, err);
    set_fsync(files, 0);
    return result;
}

/* Nobody's name is made up where git knows one. */
static int author_of(git_repository *repository, git_signature **out)
{
    if (git_signature_default(out, repository) == 0)
        return 0;
    return git_signature_now(out, "pawl", "pawl@localhost");
}

int ref_write_commit(struct ref_files *files,
                     const struct ref_commit *commit,
                     git_oid *out,
                     struct error *err)
{
    AUTO_SIGNATURE git_signature *author = NULL;
    AUTO_TREE git_tree *tree = NULL;
    AUTO_COMMIT git_commit *first = NULL;
    AUTO_COMMIT git_commit *second = NULL;
    git_repository *repository = files->repository;
    if (git_tree_lookup(&tree, repository, commit->tree) < 0 ||
        (commit->parent_count > 0 &&
         git_commit_lookup(&first, repository, commit->parents[0]) < 0) ||
        (commit->parent_count > 1 &&
         git_commit_lookup(&second, repository, commit->parents[1]) < 0))
        return git_failed(err, "cannot read what a commit on '%s' follows", files->ref);
    const git_commit *parents[] = { first, second };
    if (author_of(repository, &author) < 0 ||
        git_commit_create(out, repository, NULL, author, author, NULL, commit->message,
                          tree, commit->parent_count, parents) < 0)
        return git_failed(err, "cannot commit to '%s'", files->ref);
    return 0;
}
