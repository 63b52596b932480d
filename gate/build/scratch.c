#include "gate/build/scratch.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/path.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/base/tree.h"

static void close_directory(DIR **directory)
{
    if (*directory)
        closedir(*directory);
}

static int remove_logged(const char *directory)
{
    struct error err = { 0 };
    if (tree_remove(directory, &err) == 0)
        return 0;
    log_warning("cannot remove the scratch directory '%s': %s", directory, err.message);
    return -1;
}

/* Every session makes its lock before its directory and removes it after, so a lock that
 * nobody holds is a leftover, and so is the directory of that name. */
static void sweep_one(const char *sessions, const char *lock_name)
{
    AUTO_LOCK struct lock lock = LOCK_INIT;
    AUTO_FREE char *lock_path = path_join(sessions, lock_name);
    AUTO_FREE char *directory = xstrndup(lock_path, strlen(lock_path) - strlen(".lock"));
    if (!lock_try(&lock, lock_path, LOCK_EXCLUSIVE))
        return;
    log_detail("removing '%s', left by a session that was killed", directory);
    if (remove_logged(directory) == 0)
        lock_retire(&lock);
}

static void sweep(const char *sessions)
{
    AUTO(close_directory) DIR *directory = opendir(sessions);
    if (!directory)
        return;
    for (struct dirent *item = readdir(directory); item; item = readdir(directory)) {
        if (str_ends_with(item->d_name, ".lock"))
            sweep_one(sessions, item->d_name);
    }
}

static int make_session(struct scratch *scratch, const char *sessions, struct error *err)
{
    uint64_t number = 0;
    if (random_seed(&number, err) < 0)
        return -1;
    scratch->directory = str_format("%s/%012" PRIx64, sessions, number);
    scratch->base = path_join(scratch->directory, "a");
    scratch->head = path_join(scratch->directory, "b");
    AUTO_FREE char *lock_path = str_format("%s.lock", scratch->directory);
    if (lock_take(&scratch->lock, lock_path, LOCK_EXCLUSIVE, "has the same number", err) <
        0)
        return -1;
    if (tree_make(scratch->base, err) < 0 || tree_make(scratch->head, err) < 0)
        return -1;
    return 0;
}

int scratch_open(struct scratch *scratch, const char *cache_directory, struct error *err)
{
    AUTO_FREE char *wanted = path_join(cache_directory, "sessions");
    if (tree_make(wanted, err) < 0)
        return -1;
    AUTO_FREE char *sessions = realpath(wanted, NULL);
    if (!sessions)
        return error_errno(err, "cannot find '%s'", wanted);
    sweep(sessions);

    struct scratch made = SCRATCH_INIT;
    if (make_session(&made, sessions, err) < 0) {
        scratch_close(&made);
        return -1;
    }
    *scratch = made;
    return 0;
}

void scratch_close(struct scratch *scratch)
{
    if (scratch->lock.fd >= 0 && remove_logged(scratch->directory) == 0)
        lock_retire(&scratch->lock);
    lock_drop(&scratch->lock);
    free(scratch->directory);
    free(scratch->base);
    free(scratch->head);
    *scratch = SCRATCH_INIT;
}
