/* Two trees compared by libgit2. Private to gate/source. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/source/git_auto.h"

struct error;
struct source;

/* The differences between two trees or commits (full ids), without lines of context;
 * renames are found where the clone has the files. The caller's diff. */
int tree_diff_make(git_diff **out,
                   struct source *source,
                   const char *old_id,
                   const char *new_id,
                   struct error *err) MUST_CHECK;
