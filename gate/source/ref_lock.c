#include "gate/source/ref_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/clock.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/interrupt.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/base/tree.h"

/* git holds a ref's lock for milliseconds. */
#define ABANDONED_NS 500000000
#define LOOK_NS      20000000

static int wait_for(int fd, const char *path, struct error *err)
{
    while (flock(fd, LOCK_EX) < 0) {
        if (errno != EINTR)
            return error_errno(err, "cannot lock '%s'", path);
        if (interrupt_check(err) < 0)
            return -1;
    }
    return 0;
}

int ref_lock_take(git_repository *repository, const char *name, struct error *err)
{
    AUTO_FREE char *directory =
        str_format("%spawl", git_repository_commondir(repository));
    AUTO_FREE char *path = str_format("%s/%s.lock", directory, name);
    if (tree_make(directory, err) < 0)
        return -1;
    AUTO_FD int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0)
        return error_errno(err, "cannot open '%s'", path);
    if (wait_for(fd, path, err) < 0)
        return -1;
    return fd_detach(&fd);
}

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_ino == b->st_ino && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* True once the file has stayed as it is for long enough; false once it is gone. */
static int is_abandoned(const char *path, bool *out, struct error *err)
{
    struct stat first = { 0 };
    struct stat now = { 0 };
    int64_t since_ns = clock_now_ns();
    bool is_there = stat(path, &first) == 0;
    while (is_there && clock_now_ns() - since_ns < ABANDONED_NS) {
        struct timespec pause = { .tv_nsec = LOOK_NS };
        nanosleep(&pause, NULL);
        if (interrupt_check(err) < 0)
            return -1;
        is_there = stat(path, &now) == 0;
        if (is_there && !is_same(&first, &now)) {
            first = now;
            since_ns = clock_now_ns();
        }
    }
    *out = is_there;
    return 0;
}

static int
remove_left_behind(git_repository *repository, const char *ref, struct error *err)
{
    AUTO_FREE char *path =
        str_format("%s%s.lock", git_repository_commondir(repository), ref);
    bool is_left = false;
    if (is_abandoned(path, &is_left, err) < 0)
        return -1;
    if (!is_left)
        return 0;
    if (unlink(path) < 0 && errno != ENOENT)
        return error_errno(err, "cannot remove '%s', which a killed pawl left", path);
    log_warning("removed '%s', which a killed pawl had left", path);
    return 0;
}

int ref_lock_begin(int fd, git_repository *repository, const char *ref, struct error *err)
{
    struct stat info = { 0 };
    bool has_died = fstat(fd, &info) == 0 && info.st_size > 0;
    if (has_died && remove_left_behind(repository, ref, err) < 0)
        return -1;
    if (pwrite(fd, "moving\n", 7, 0) != 7)
        return error_errno(err, "cannot note that '%s' is about to be moved", ref);
    return 0;
}

void ref_lock_end(int fd)
{
    /* Where it fails, the next one looks for a lock file in vain. */
    (void)!ftruncate(fd, 0);
}
