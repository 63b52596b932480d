#include "gate/store/draft_file.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/random.h"
#include "gate/base/str.h"

#define PREFIX      ".draft-"
#define DRAFT_AGE_S 3600 /* after which its writer is taken for dead */

/* What writers that were killed left behind. */
static void sweep(int fd)
{
    int copy = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = copy < 0 ? NULL : fdopendir(copy);
    if (!entries) {
        fd_close(&copy);
        return;
    }
    for (const struct dirent *entry = readdir(entries); entry; entry = readdir(entries)) {
        struct stat info;
        if (!str_starts_with(entry->d_name, PREFIX) ||
            fstatat(fd, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) < 0)
            continue;
        if (info.st_mtime + DRAFT_AGE_S < time(NULL))
            (void)unlinkat(fd, entry->d_name, 0);
    }
    closedir(entries);
}

static int write_draft(
    int directory, const char *draft, const char *bytes, size_t length, struct error *err)
{
    AUTO_FD int fd = openat(directory, draft,
                            O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0)
        return error_errno(err, "cannot make a file");
    if (fd_write_all(fd, bytes, length, draft, err) < 0)
        return -1;
    return fsync(fd) < 0 ? error_errno(err, "cannot write '%s' to the disk", draft) : 0;
}

static int put_by_draft(
    int directory, const char *name, const char *bytes, size_t length, struct error *err)
{
    uint64_t number = 0;
    if (random_seed(&number, err) < 0)
        return -1;
    AUTO_FREE char *draft =
        str_format(PREFIX "%d-%llx", (int)getpid(), (unsigned long long)number);
    int status = write_draft(directory, draft, bytes, length, err);
    if (status == 0 && renameat(directory, draft, directory, name) < 0)
        status = error_errno(err, "cannot rename '%s' to '%s'", draft, name);
    if (status < 0)
        (void)unlinkat(directory, draft, 0);
    return status;
}

/* A file that gets its name once it is whole. False where that does not work here, for
 * whatever reason: the other way then succeeds or says why not. */
static bool
put_nameless(int directory, const char *name, const char *bytes, size_t length)
{
    char link[64];
    struct error ignored = { 0 };
    AUTO_FD int fd = openat(directory, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
    if (fd < 0 || fd_write_all(fd, bytes, length, name, &ignored) < 0 || fsync(fd) < 0)
        return false;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    return linkat(AT_FDCWD, link, directory, name, AT_SYMLINK_FOLLOW) == 0;
}

int draft_file_put(
    int directory, const char *name, const char *bytes, size_t length, struct error *err)
{
    if (!put_nameless(directory, name, bytes, length)) {
        sweep(directory);
        if (put_by_draft(directory, name, bytes, length, err) < 0)
            return -1;
    }
    if (fsync(directory) < 0)
        return error_errno(err, "cannot write the directory of '%s' to the disk", name);
    return 0;
}
