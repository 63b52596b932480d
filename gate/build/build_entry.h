/* One build in the cache: <cache>/builds/<key>/ with
 *
 *     tree/        the worktree, built where it stands and measured there, so that
 *                  absolute paths inside binaries stay right
 *     log          what the recipe printed
 *     verify.log   what the verify commands printed last
 *     files        the manifest of tree/
 *     done         JSON, written last: without it the rest is a leftover
 *
 * and <cache>/builds/<key>.lock beside it. Keys have one length, so all trees of a cache
 * have paths of one length. done's time of change is when the entry was used last. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/source/revision.h"

struct error;
struct source;
struct str;

/* The names of an entry; nothing need be there. { 0 } is empty. */
struct build_entry {
    char *directory;
    char *tree;
    char *log;
    char *verify_log;
    char *verify_lock;
    char *files;
    char *done;
    char *lock;
};
#define AUTO_BUILD_ENTRY AUTO(build_entry_clear)

/* <cache>/builds without links in it, made where missing; the caller's. */
char *build_entries_directory(const char *cache_directory, struct error *err) MUST_CHECK;

void build_entry_init(struct build_entry *entry, const char *builds, const char *key);
void build_entry_clear(struct build_entry *entry);

/* Makes the entry count as done, with its tree as it is now; also later again, when
 * something that belongs to the build (verify) has changed the tree. tool_version and
 * commit are for people. */
int build_entry_seal(const struct build_entry *entry,
                     const char *tool_version,
                     const char *commit,
                     struct error *err) MUST_CHECK;

/* True where done is there and says that it was built at this path, and nothing of the
 * tree was changed or removed since; else false with the reason appended to why (nothing
 * where there is no entry at all). */
bool build_entry_is_whole(const struct build_entry *entry, struct str *why) MUST_CHECK;

/* Size and time of last use, from done; false where the entry is not done. */
struct build_entry_use {
    int64_t size_bytes;
    int64_t used_ns; /* since the epoch */
};
bool build_entry_read_use(const struct build_entry *entry, struct build_entry_use *use)
    MUST_CHECK;

/* Notes that the entry is used now. */
void build_entry_touch(const struct build_entry *entry);

/* Removes the entry (not its lock, which the caller holds): done first, so that what a
 * kill leaves is a leftover. */
int build_entry_remove(const struct build_entry *entry,
                       struct source *source,
                       struct error *err) MUST_CHECK;
