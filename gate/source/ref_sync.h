/* A ref of files and the same ref on a remote: each takes over what the other has. Never
 * by force: the remote's ref only ever moves forward.
 *
 * Two that grew apart are joined by a commit with both as parents, whose tree has the
 * files of either; a file that one side removed since they were one is gone
 * (gate/source/tree_union.h). Where a shallow clone does not know when they were one,
 * nothing is taken as removed. Where they crossed more than once, one of the moments
 * counts at which they were one: a removed file may come back then, none that was kept is
 * lost. */
#pragma once

#include <stddef.h>

#include "gate/base/attributes.h"

struct error;
struct ref_files;

/* What a pull or push did, in files. */
struct ref_sync {
    size_t received; /* new here */
    size_t dropped;  /* removed here, as they were on the remote */
    size_t sent;     /* new on the remote */
    int retries;     /* how often others were faster */
};

/* How often a push is tried again after others were faster. */
#define REF_SYNC_MOST_RETRIES 5

/* remote: a configured name, a URL or a directory; NULL for "origin", else the only one.
 * A remote without the ref has nothing to give. Needs the git program. */
int ref_files_pull(struct ref_files *files,
                   const char *remote,
                   struct ref_sync *out,
                   struct error *err) MUST_CHECK;

/* Where the remote has moved on meanwhile: waits for a random time, up to 2, 4, 8, 16, 32
 * times what one try takes, fetches, joins the two, and tries again. After that many
 * retries it fails with ERROR_SYSTEM: everything is still here, and the next push takes
 * it along. A ref that is not there has nothing to send. */
int ref_files_push(struct ref_files *files,
                   const char *remote,
                   struct ref_sync *out,
                   struct error *err) MUST_CHECK;
