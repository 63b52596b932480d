/* What the files about refs share. Private to gate/source. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/source/git_auto.h"

struct error;
struct ref_files;
struct ref_file_list;
struct ref_sync;

struct ref_files {
    git_repository *repository;
    char *ref;
    char *top; /* where git commands run: work tree, or the bare repository */
};

/* The ref's commit; *is_there false where there is no ref. */
int ref_tip(struct ref_files *files, git_oid *out, bool *is_there, struct error *err)
    MUST_CHECK;

/* The files of a commit, as ref_files_list. */
int ref_list_commit(struct ref_files *files,
                    const git_oid *commit,
                    const char *folder,
                    struct ref_file_list *out,
                    struct error *err) MUST_CHECK;

/* Says which commit follows tip (NULL: there is no ref yet). Called again where the ref
 * was moved in between. next equal to tip, or is_wanted false: leave the ref. */
struct ref_step {
    int (*make)(const struct ref_step *step,
                struct ref_files *files,
                const git_oid *tip,
                git_oid *next,
                bool *is_wanted,
                struct error *err);
    void *context;
};
int ref_update(struct ref_files *files, const struct ref_step *step, struct error *err)
    MUST_CHECK;

/* Writes a commit of that tree; no ref moves. The parents' count is 0 to 2. */
struct ref_commit {
    const git_oid *tree;
    const git_oid *parents[2];
    size_t parent_count;
    const char *message;
};
int ref_write_commit(struct ref_files *files,
                     const struct ref_commit *commit,
                     git_oid *out,
                     struct error *err) MUST_CHECK;

/* As ref_files_push, where a try counts for at most longest_try_ns when it comes to
 * waiting. */
int ref_push_paced(struct ref_files *files,
                   const char *remote,
                   int64_t longest_try_ns,
                   struct ref_sync *out,
                   struct error *err) MUST_CHECK;
