/* Commits that a clone lacks, fetched from where it was cloned. For machines that run
 * checkouts of depth 1 (actions/checkout's default): nobody else's clone is deepened
 * unasked.
 *
 * The git program fetches, since the credentials are its own (gate/source/git_program.h).
 * Only objects are added, and the ends of a shallow history move: no ref, tag, remote's
 * branch, FETCH_HEAD or config changes. A clone that is whole stays whole. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"
#include "gate/source/revision.h"

struct error;
struct source;
struct strvec;

/* Whether the commit is in the clone. id: 40 digits. */
bool source_has_commit(const struct source *source, const char *id);

/* The ids of a commit's parents as the commit names them, in the clone or not: git itself
 * says that the last commit of a shallow clone has none. */
int source_parent_ids(struct source *source,
                      const struct revision *of,
                      struct strvec *out,
                      struct error *err) MUST_CHECK;

/* Fetches that commit, without what is behind it where the clone is shallow. *is_there
 * false where origin does not have it; -1 where it can't be asked, in git's words. */
int source_fetch_commit(struct source *source,
                        const char *id,
                        bool *is_there,
                        struct error *err) MUST_CHECK;

/* The id of a branch (looked for first) or tag of that name on origin; *is_there false
 * where it has neither. */
int source_ask_remote(struct source *source,
                      const char *name,
                      char id[SOURCE_ID_SIZE],
                      bool *is_there,
                      struct error *err) MUST_CHECK;

/* The merge base of two commits that are in the clone; a shallow history is fetched in
 * growing steps (50, 200, 1000 commits behind them, then all) until there is one. */
int source_fetch_merge_base(struct source *source,
                            const struct revision *a,
                            const struct revision *b,
                            struct revision *out,
                            struct error *err) MUST_CHECK;

/* Fetches the files of a commit that a partial clone (git clone --filter) left out, those
 * of its submodules not. Does nothing in other clones. */
int source_fetch_files(struct source *source, const char *commit, struct error *err)
    MUST_CHECK;
