#include "gate/build/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/interrupt.h"
#include "gate/base/log.h"

enum attempt {
    ATTEMPT_FAILED = -1,
    ATTEMPT_BUSY,
    ATTEMPT_STALE, /* got the lock of a file that was removed meanwhile */
    ATTEMPT_TAKEN,
};

/* Whoever retires a lock removes its file, so one that was opened before must be looked
 * at again once it is locked. */
static bool is_still_there(int fd, const char *path)
{
    struct stat held;
    struct stat named;
    return fstat(fd, &held) == 0 && stat(path, &named) == 0 &&
           held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

static enum attempt attempt_lock(struct lock *lock, const char *path, enum lock_kind kind)
{
    AUTO_FD int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0)
        return ATTEMPT_FAILED;
    if (flock(fd, (kind == LOCK_SHARED ? LOCK_SH : LOCK_EX) | LOCK_NB) < 0)
        return errno == EWOULDBLOCK || errno == EINTR ? ATTEMPT_BUSY : ATTEMPT_FAILED;
    if (!is_still_there(fd, path))
        return ATTEMPT_STALE;
    *lock = (struct lock){ .fd = fd_detach(&fd), .path = xstrdup(path) };
    return ATTEMPT_TAKEN;
}

/* Asking again and again, since a signal that comes just before a blocking flock would
 * not end it. */
static void wait_a_little(void)
{
    const struct timespec pause = { .tv_nsec = 50L * 1000 * 1000 };
    (void)nanosleep(&pause, NULL);
}

int lock_take(struct lock *lock,
              const char *path,
              enum lock_kind kind,
              const char *doing,
              struct error *err)
{
    bool has_said = false;
    for (;;) {
        enum attempt attempt = attempt_lock(lock, path, kind);
        if (attempt == ATTEMPT_TAKEN)
            return 0;
        if (attempt == ATTEMPT_FAILED)
            return error_errno(err, "cannot lock '%s'", path);
        if (interrupt_check(err) < 0)
            return -1;
        if (attempt == ATTEMPT_STALE)
            continue;
        if (!has_said)
            log_step("waiting for another pawl that %s", doing);
        has_said = true;
        wait_a_little();
    }
}

bool lock_try(struct lock *lock, const char *path, enum lock_kind kind)
{
    enum attempt attempt = attempt_lock(lock, path, kind);
    while (attempt == ATTEMPT_STALE)
        attempt = attempt_lock(lock, path, kind);
    return attempt == ATTEMPT_TAKEN;
}

void lock_drop(struct lock *lock)
{
    fd_close(&lock->fd);
    free(lock->path);
    *lock = LOCK_INIT;
}

void lock_retire(struct lock *lock)
{
    if (lock->path)
        unlink(lock->path);
    lock_drop(lock);
}
