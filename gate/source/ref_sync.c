/* Others may push at any time, and a remote offers no lock. So a push that was overtaken
 * is made again; what decides whether it ever gets through is how far apart the tries of
 * many pushers lie. A try is open to being overtaken from its fetch to its end. With
 * windows that double, and are counted in tries of this very remote, eight that start at
 * the same moment are spread over tens of tries by their third. */
#include "gate/source/ref_sync.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gate/base/alloc.h"
#include "gate/base/clock.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/interrupt.h"
#include "gate/base/log.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/source/git_error.h"
#include "gate/source/ref_files.h"
#include "gate/source/ref_internal.h"
#include "gate/source/ref_lock.h"
#include "gate/source/ref_remote.h"
#include "gate/source/shallow_merge_base.h"
#include "gate/source/tree_union.h"

#define SHORTEST_TRY_NS 50000000
#define LONGEST_TRY_NS  5000000000

/* Joins the ref with what came from the remote; where it stood before and after. */
struct joining {
    git_oid theirs;
    git_oid before;
    bool had_before;
    git_oid after;
};

/* False where there is none, and where a shallow clone can't tell. */
static bool find_base(git_repository *repository,
                      const git_oid *ours,
                      const git_oid *theirs,
                      git_oid *out)
{
    /* libgit2 stumbles over the end of a shallow history. */
    if (git_repository_is_shallow(repository) == 1)
        return shallow_merge_base(out, repository, ours, theirs);
    return git_merge_base(out, repository, ours, theirs) == 0;
}

static int
tree_of(struct ref_files *files, const git_oid *commit, git_oid *out, struct error *err)
{
    AUTO_COMMIT git_commit *found = NULL;
    if (git_commit_lookup(&found, files->repository, commit) < 0)
        return git_failed(err, "cannot read a commit of '%s'", files->ref);
    *out = *git_commit_tree_id(found);
    return 0;
}

/* base NULL: there is none. */
static int write_join(struct ref_files *files,
                      const git_oid *base,
                      const git_oid *ours,
                      const git_oid *theirs,
                      git_oid *out,
                      struct error *err)
{
    git_oid trees[3] = { 0 };
    git_oid joined = { 0 };
    if (tree_of(files, ours, &trees[1], err) < 0 ||
        tree_of(files, theirs, &trees[2], err) < 0 ||
        (base && tree_of(files, base, &trees[0], err) < 0))
        return -1;
    struct tree_versions versions = {
        .base = base ? &trees[0] : NULL,
        .ours = &trees[1],
        .theirs = &trees[2],
    };
    if (tree_union(files->repository, &versions, &joined, err) < 0)
        return -1;
    struct ref_commit commit = {
        .tree = &joined,
        .parents = { ours, theirs },
        .parent_count = 2,
        .message = "Join what was recorded in two places\n",
    };
    return ref_write_commit(files, &commit, out, err);
}

/* Where one follows from the other, that one; else both joined. */
static int follow_both(struct ref_files *files,
                       const git_oid *ours,
                       const git_oid *theirs,
                       git_oid *out,
                       struct error *err)
{
    git_oid base = { 0 };
    bool has_base = find_base(files->repository, ours, theirs, &base);
    if (git_oid_equal(ours, theirs) || (has_base && git_oid_equal(&base, theirs)))
        *out = *ours;
    else if (has_base && git_oid_equal(&base, ours))
        *out = *theirs;
    else
        return write_join(files, has_base ? &base : NULL, ours, theirs, out, err);
    return 0;
}

static int make_join(const struct ref_step *step,
                     struct ref_files *files,
                     const git_oid *tip,
                     git_oid *next,
                     bool *is_wanted,
                     struct error *err)
{
    struct joining *joining = step->context;
    *is_wanted = true;
    *next = joining->theirs;
    joining->had_before = tip != NULL;
    if (tip) {
        joining->before = *tip;
        if (follow_both(files, tip, &joining->theirs, next, err) < 0)
            return -1;
    }
    joining->after = *next;
    return 0;
}

/* How many files are in a, and not in b, by path and bytes. */
static size_t count_others(const struct ref_file_list *a, const struct ref_file_list *b)
{
    size_t count = 0;
    size_t at = 0;
    for (size_t i = 0; i < a->count; i++) {
        while (at < b->count && strcmp(b->items[at].path, a->items[i].path) < 0)
            at++;
        count += at == b->count || !str_equal(b->items[at].path, a->items[i].path) ||
                 !str_equal(b->items[at].blob, a->items[i].blob);
    }
    return count;
}

/* from NULL: from nothing. */
static int count_changes(struct ref_files *files,
                         const git_oid *from,
                         const git_oid *to,
                         size_t *added,
                         size_t *removed,
                         struct error *err)
{
    AUTO_REF_FILE_LIST struct ref_file_list before = { 0 };
    AUTO_REF_FILE_LIST struct ref_file_list after = { 0 };
    if ((from && ref_list_commit(files, from, NULL, &before, err) < 0) ||
        ref_list_commit(files, to, NULL, &after, err) < 0)
        return -1;
    *added += count_others(&after, &before);
    *removed += count_others(&before, &after);
    return 0;
}

static int take_in(struct ref_files *files,
                   const char *remote,
                   struct ref_sync *out,
                   struct error *err)
{
    struct joining joining = { 0 };
    struct ref_step step = { .make = make_join, .context = &joining };
    bool is_there = false;
    if (remote_fetch(files, remote, &joining.theirs, &is_there, err) < 0)
        return -1;
    if (!is_there)
        return 0;
    if (ref_update(files, &step, err) < 0)
        return -1;
    return count_changes(files, joining.had_before ? &joining.before : NULL,
                         &joining.after, &out->received, &out->dropped, err);
}

/* The remote as git knows it, and the lock that keeps a second pull or push of this clone
 * waiting. */
struct exchange {
    char *remote;
    int lock;
};

static void exchange_clear(struct exchange *exchange)
{
    free(exchange->remote);
    fd_close(&exchange->lock);
}

static int exchange_begin(struct ref_files *files,
                          const char *remote,
                          struct exchange *out,
                          struct error *err)
{
    out->remote = remote_find(files, remote, err);
    if (!out->remote)
        return -1;
    out->lock = ref_lock_take(files->repository, "sync", err);
    if (out->lock < 0)
        return -1;
    remote_forget_left_behind(files);
    return 0;
}

int ref_files_pull(struct ref_files *files,
                   const char *remote,
                   struct ref_sync *out,
                   struct error *err)
{
    AUTO(exchange_clear) struct exchange exchange = { NULL, -1 };
    *out = (struct ref_sync){ 0 };
    if (exchange_begin(files, remote, &exchange, err) < 0)
        return -1;
    return take_in(files, exchange.remote, out, err);
}

/* A random part of 2, 4, 8, ... tries. */
static int
wait_for_turn(int64_t try_ns, int64_t longest_try_ns, int retry, struct error *err)
{
    uint64_t seed = 0;
    if (random_seed(&seed, err) < 0)
        return -1;
    if (try_ns < SHORTEST_TRY_NS)
        try_ns = SHORTEST_TRY_NS;
    if (try_ns > longest_try_ns)
        try_ns = longest_try_ns;
    uint64_t window_ns = (uint64_t)try_ns << retry;
    uint64_t pause_ns = random_below_at(seed, 0, 0, window_ns);
    struct timespec left = {
        .tv_sec = (time_t)(pause_ns / 1000000000),
        .tv_nsec = (long)(pause_ns % 1000000000),
    };
    while (nanosleep(&left, &left) < 0 && errno == EINTR) {
        if (interrupt_check(err) < 0)
            return -1;
    }
    return 0;
}

static int say_overtaken(const struct ref_files *files,
                         const char *remote,
                         const struct push_answer *last,
                         struct error *err)
{
    return error_set(err, ERROR_SYSTEM,
                     "others moved '%s' of '%s' each time before this push came through, "
                     "%d times: nothing is lost, all of it is still in this clone; push "
                     "again later (the last answer: %s)",
                     files->ref, remote, REF_SYNC_MOST_RETRIES + 1, last->reason);
}

static int count_sent(struct ref_files *files,
                      const git_oid *tip,
                      const struct push_answer *answer,
                      struct ref_sync *out,
                      struct error *err)
{
    size_t removed = 0;
    if (answer->end == PUSH_UP_TO_DATE)
        return 0;
    const git_oid *before = answer->end == PUSH_NEW ? NULL : &answer->before;
    return count_changes(files, before, tip, &out->sent, &removed, err);
}

static int try_push(struct ref_files *files,
                    const char *remote,
                    struct push_answer *answer,
                    struct ref_sync *out,
                    struct error *err)
{
    git_oid tip = { 0 };
    bool is_there = false;
    *answer = (struct push_answer){ .end = PUSH_UP_TO_DATE };
    if (ref_tip(files, &tip, &is_there, err) < 0)
        return -1;
    if (is_there && remote_push(files, remote, &tip, answer, err) < 0)
        return -1;
    return answer->end == PUSH_OVERTAKEN ? 0 : count_sent(files, &tip, answer, out, err);
}

int ref_push_paced(struct ref_files *files,
                   const char *remote,
                   int64_t longest_try_ns,
                   struct ref_sync *out,
                   struct error *err)
{
    AUTO(exchange_clear) struct exchange exchange = { NULL, -1 };
    *out = (struct ref_sync){ 0 };
    if (exchange_begin(files, remote, &exchange, err) < 0)
        return -1;
    struct push_answer answer;
    int64_t began_ns = clock_now_ns();
    if (try_push(files, exchange.remote, &answer, out, err) < 0)
        return -1;
    while (answer.end == PUSH_OVERTAKEN) {
        int64_t try_ns = clock_now_ns() - began_ns;
        if (out->retries == REF_SYNC_MOST_RETRIES)
            return say_overtaken(files, exchange.remote, &answer, err);
        out->retries++;
        log_detail("'%s' has moved on (%s): joining and pushing again (%d of %d)",
                   exchange.remote, answer.reason, out->retries, REF_SYNC_MOST_RETRIES);
        if (wait_for_turn(try_ns, longest_try_ns, out->retries, err) < 0)
            return -1;
        began_ns = clock_now_ns();
        if (take_in(files, exchange.remote, out, err) < 0 ||
            try_push(files, exchange.remote, &answer, out, err) < 0)
            return -1;
    }
    return 0;
}

int ref_files_push(struct ref_files *files,
                   const char *remote,
                   struct ref_sync *out,
                   struct error *err)
{
    return ref_push_paced(files, remote, LONGEST_TRY_NS, out, err);
}
