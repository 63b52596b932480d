/* The user's git repository as pawl sees it: only ever read.
 *
 * Everything that git needs to write (worktrees, snapshots of uncommitted work) goes to a
 * private bare repository in the cache, which borrows the user's objects. No ref, index,
 * config, object or file of the user's changes, however the program ends. A process may
 * open several; several processes may share one cache. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"

struct error;
struct source;

/* Finds the repository that directory lies in (the directory itself or one above it) and
 * makes or refreshes its private companion below cache_directory, which must be absolute.
 * Bare repositories and linked worktrees are fine. The caller's; NULL with err on
 * failure. */
struct source *source_open(const char *directory,
                           const char *cache_directory,
                           struct error *err) MUST_CHECK;

void source_close(struct source *source);

/* cleanup helper */
void source_release(struct source **source);
#define AUTO_SOURCE AUTO(source_release)

/* The top of the user's work tree, without a '/' at its end; NULL for a bare repository.
 * Borrowed. */
const char *source_work_tree(const struct source *source);

/* True where the clone's history ends early (git clone --depth). */
bool source_is_shallow(const struct source *source);

/* True where the clone left files out that it fetches when they are asked for (git clone
 * --filter). */
bool source_is_partial(const struct source *source);
