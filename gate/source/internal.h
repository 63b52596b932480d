/* What the files of gate/source share. Private to gate/source. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"
#include "gate/source/git_auto.h"
#include "gate/source/revision.h"

struct error;

struct source {
    git_repository *user; /* only ever read */
    git_repository *own;  /* the private bare one; reads the user's objects as well */
    char *directory;      /* where the search began, for messages */
    char *cache_directory;
    char *work_tree; /* NULL where bare */
};

/* As source_open; flags as for git_repository_open_ext. */
struct source *source_open_exactly(const char *directory,
                                   unsigned flags,
                                   const char *cache_directory,
                                   struct error *err) MUST_CHECK;

void revision_from_commit(struct revision *out, git_commit *commit);

/* Looks a full id up; the caller's commit. */
int commit_from_id(git_commit **out,
                   struct source *source,
                   const char *id,
                   struct error *err) MUST_CHECK;

/* Puts its first parent in the commit's place, and frees it. False, with the commit kept,
 * where there is none: the first commit has no parent, and that of a shallow clone's last
 * one is not there. */
bool commit_step_back(git_commit **commit);

/* The tree of a commit or tree given by its full id; the caller's. */
int tree_from_id(git_tree **out, struct source *source, const char *id, struct error *err)
    MUST_CHECK;
