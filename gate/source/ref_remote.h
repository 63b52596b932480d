/* The ref on a remote: fetched and pushed by the git program. Private to gate/source. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"
#include "gate/source/git_auto.h"

struct error;
struct ref_files;
struct str;

/* What git is to be given for the remote that a person named: a configured name or a URL
 * as it is, a directory by its absolute name; for NULL "origin", else the only one that
 * is configured. The caller's; NULL with err where there is none. */
char *remote_find(struct ref_files *files, const char *name, struct error *err)
    MUST_CHECK;

/* "origin", else the only remote that is configured. The caller's; NULL with err where
 * there is none. */
char *remote_default(git_repository *repository, struct error *err) MUST_CHECK;

/* Fetches the remote's ref: its commit and all that belongs to it. *is_there false where
 * the remote has no such ref. Another process's fetch is not in the way. */
int remote_fetch(struct ref_files *files,
                 const char *remote,
                 git_oid *out,
                 bool *is_there,
                 struct error *err) MUST_CHECK;

/* Removes what fetches of killed processes left; with the lock "sync". */
void remote_forget_left_behind(struct ref_files *files);

enum push_end {
    PUSH_DONE,
    PUSH_NEW,        /* done; the remote had no such ref */
    PUSH_UP_TO_DATE, /* it had that commit already */
    PUSH_OVERTAKEN,  /* another moved the ref, or is about to */
};
struct push_answer {
    enum push_end end;
    git_oid before;   /* PUSH_DONE: where the remote's ref was */
    char reason[200]; /* PUSH_OVERTAKEN: in git's words */
};

/* Moves the remote's ref to that commit, forward only. -1 with err where the remote can't
 * be reached or will not have it. */
int remote_push(struct ref_files *files,
                const char *remote,
                const git_oid *commit,
                struct push_answer *out,
                struct error *err) MUST_CHECK;
