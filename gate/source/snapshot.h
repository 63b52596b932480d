/* The work tree as it is, as a commit. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"
#include "gate/source/revision.h"

struct error;
struct source;

/* What "git add -A && git commit" would make, but written to the private repository only:
 * tracked changes, deletions, untracked files that are not ignored; submodules likewise.
 * Repositories in the work tree that are no submodules are left out, and so is the cache.
 * The commit's parent is HEAD, its author time HEAD's, so that the same files give the
 * same id. Where nothing differs from HEAD, *out is HEAD and *is_dirty false. */
int source_snapshot(struct source *source,
                    struct revision *out,
                    bool *is_dirty,
                    struct error *err) MUST_CHECK;
