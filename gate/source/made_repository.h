/* A repository that pawl makes itself, for a gate that tries itself out: bare, with a few
 * branches of one commit each. Nothing here ever writes to a repository of the user's. */
#pragma once

#include <stddef.h>

#include "gate/base/attributes.h"

struct error;
struct made_repository;

/* Makes directory, which must not be there yet, and an empty bare repository in it, whose
 * HEAD is that branch. The caller's; NULL with err on failure. */
struct made_repository *made_repository_new(const char *directory,
                                            const char *branch,
                                            struct error *err) MUST_CHECK;
void made_repository_close(struct made_repository *repository);
/* cleanup helper */
void made_repository_release(struct made_repository **repository);
#define AUTO_MADE_REPOSITORY AUTO(made_repository_release)

/* A file in the top of the tree. */
struct made_file {
    const char *name; /* without '/' */
    const char *text;
};

struct made_commit {
    const char *branch; /* made with it; must be new */
    const char *parent; /* the branch that it goes on from; NULL: from nothing */
    const char *message;
    const struct made_file *files; /* others than these stay as in the parent */
    size_t file_count;
};
int made_repository_commit(struct made_repository *repository,
                           const struct made_commit *commit,
                           struct error *err) MUST_CHECK;
