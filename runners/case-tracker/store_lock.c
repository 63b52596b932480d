#include "runners/case-tracker/store_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/error.h"

static bool is_named(int fd, const char *path)
{
    struct stat locked;
    struct stat named;
    return fstat(fd, &locked) == 0 && stat(path, &named) == 0 &&
           locked.st_dev == named.st_dev && locked.st_ino == named.st_ino;
}

/* While we waited the holder may have put another file in place of the one we opened; its
 * lock is worth nothing then, and we take the new one's. */
int store_lock(const char *path, struct error *err)
{
    for (;;) {
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd < 0)
            return error_errno(err, "cannot open '%s'", path);
        while (flock(fd, LOCK_EX) < 0) {
            if (errno == EINTR)
                continue;
            error_errno(err, "cannot lock '%s'", path);
            close(fd);
            return -1;
        }
        if (is_named(fd, path))
            return fd;
        close(fd);
    }
}
