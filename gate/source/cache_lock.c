#include "gate/source/cache_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/interrupt.h"
#include "gate/base/path.h"
#include "gate/base/tree.h"

char *cache_git_directory(const char *cache_directory)
{
    return path_join(cache_directory, "git");
}

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

int cache_lock(const char *cache_directory, struct error *err)
{
    AUTO_FREE char *directory = cache_git_directory(cache_directory);
    AUTO_FREE char *path = path_join(directory, "lock");
    if (tree_make(directory, err) < 0)
        return -1;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0)
        return error_errno(err, "cannot open '%s'", path);
    if (wait_for(fd, path, err) < 0) {
        close(fd);
        return -1;
    }
    return fd;
}
