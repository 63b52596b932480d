/* Files kept under a git ref: a tree with a history of its own beside the project's, such
 * as refs/pawl/baselines. Nothing is ever checked out; work tree and index are not
 * touched. Bare repositories and linked worktrees (which share the ref) are fine. Each
 * change is one commit on the ref, safe on disk when its function returns. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"
#include "gate/source/revision.h"

struct error;
struct str;
struct ref_files;

/* Finds the repository that directory lies in. ref is a full name, "refs/...", of which
 * nothing needs to be there yet; the branch that is checked out is refused. The caller's;
 * NULL with err on failure. */
struct ref_files *
ref_files_open(const char *directory, const char *ref, struct error *err) MUST_CHECK;
void ref_files_close(struct ref_files *files);
/* cleanup helper */
void ref_files_release(struct ref_files **files);
#define AUTO_REF_FILES AUTO(ref_files_release)

/* The ref's name. Borrowed. */
const char *ref_files_name(const struct ref_files *files);

/* The repository's own directory (".git"), that of the main work tree for linked ones.
 * Borrowed. */
const char *ref_files_directory(const struct ref_files *files);

/* One file as the tree has it. */
struct ref_file {
    char *path;
    char blob[SOURCE_ID_SIZE]; /* of its bytes: files with equal ids are equal */
    bool is_regular;           /* false for links and submodules, which can't be read */
};
struct ref_file_list {
    struct ref_file *items;
    size_t count;
    size_t capacity;
};
void ref_file_list_clear(struct ref_file_list *list);
#define AUTO_REF_FILE_LIST AUTO(ref_file_list_clear)

/* The files below folder (NULL for all), by path in the order of bytes, as they are at
 * this moment. A ref or folder that is not there has none. Trees nested deeper than 16
 * and more than a million files are an error. */
int ref_files_list(struct ref_files *files,
                   const char *folder,
                   struct ref_file_list *out,
                   struct error *err) MUST_CHECK;

/* Appends a listed file's bytes to text. It can still be read after it was removed. More
 * than limit_bytes is an error. */
int ref_files_read(struct ref_files *files,
                   const struct ref_file *file,
                   size_t limit_bytes,
                   struct str *text,
                   struct error *err) MUST_CHECK;

struct ref_addition {
    const char *path; /* "folder/name"; what stands there is replaced */
    const char *bytes;
    size_t length;
};

/* Borrowed. */
struct ref_change {
    const struct ref_addition *added;
    size_t added_count;
    const char *const *removed; /* paths; one that is not there is passed over */
    size_t removed_count;
    const char *message; /* of the commit */
};

/* Makes the change as one commit, on whatever the ref's tip is then: where another
 * process moved the ref in between, it is made again on top of that. A change that
 * changes nothing makes no commit. Costs what the changed folders hold, not what the ref
 * holds. The author is git's user.name and user.email, else pawl. */
int ref_files_commit(struct ref_files *files,
                     const struct ref_change *change,
                     struct error *err) MUST_CHECK;
