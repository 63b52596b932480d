/* Locks between pawl processes: flock on a file of its own. The kernel drops them when
 * the holder ends, however it ends. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"

struct error;

enum lock_kind {
    LOCK_SHARED,   /* many may hold it at once */
    LOCK_EXCLUSIVE /* one alone */
};

/* { .fd = -1 } is "not held". */
struct lock {
    int fd;
    char *path;
};
#define LOCK_INIT ((struct lock){ .fd = -1 })
#define AUTO_LOCK AUTO(lock_drop)

/* Takes the lock, making the file; waits as long as others hold it, saying so once:
 * "waiting for another pawl that <doing>". An interrupt ends the wait
 * (ERROR_INTERRUPTED). lock must not be held. */
int lock_take(struct lock *lock,
              const char *path,
              enum lock_kind kind,
              const char *doing,
              struct error *err) MUST_CHECK;

/* The same without waiting: false where somebody else holds it or the file can't be made.
 */
bool lock_try(struct lock *lock, const char *path, enum lock_kind kind) MUST_CHECK;

/* Gives the lock back; fine where it is not held. */
void lock_drop(struct lock *lock);

/* Gives an exclusive lock back and removes its file. */
void lock_retire(struct lock *lock);
