#include "gate/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/path.h"
#include "gate/base/str.h"

void fd_close(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

int fd_detach(int *fd)
{
    int detached = *fd;
    *fd = -1;
    return detached;
}

static int open_for_reading(const char *path, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        error_errno(err, "cannot open '%s'", path);
    return fd;
}

int fd_read_most(
    int fd, size_t most, const char *path, struct str *text, struct error *err)
{
    char buffer[65536];
    while (most) {
        ssize_t got = read(fd, buffer, most < sizeof buffer ? most : sizeof buffer);
        if (got == 0)
            return 0;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_errno(err, "cannot read '%s'", path);
        str_add_bytes(text, buffer, (size_t)got);
        most -= (size_t)got;
    }
    return 0;
}

static int read_rest(int fd, const char *path, struct str *text, struct error *err)
{
    return fd_read_most(fd, SIZE_MAX, path, text, err);
}

int file_read(const char *path, struct str *text, struct error *err)
{
    AUTO_FD int fd = open_for_reading(path, err);
    return fd < 0 ? -1 : read_rest(fd, path, text, err);
}

int file_read_plain(const char *path, size_t most, struct str *text, struct error *err)
{
    struct stat status;
    AUTO_STR struct str got = STR_INIT;
    AUTO_FD int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &status) < 0)
        return error_errno(err, "cannot read '%s'", path);
    if (!S_ISREG(status.st_mode))
        return error_set(err, ERROR_SYSTEM, "cannot read '%s': it is no file", path);
    /* One byte more, so that a file that has grown meanwhile is seen to be too large. */
    if (fd_read_most(fd, most + 1, path, &got, err) < 0)
        return -1;
    if (got.length > most)
        return error_set(err, ERROR_SYSTEM, "cannot read '%s': it has more than %zu MiB",
                         path, most >> 20);
    str_add_bytes(text, got.data, got.length);
    return 0;
}

int file_read_tail(const char *path, size_t limit, struct str *text, struct error *err)
{
    AUTO_FD int fd = open_for_reading(path, err);
    if (fd < 0)
        return -1;
    struct stat info;
    if (fstat(fd, &info) < 0)
        return error_errno(err, "cannot read '%s'", path);
    bool is_cut = info.st_size > (off_t)limit;
    if (is_cut && lseek(fd, info.st_size - (off_t)limit, SEEK_SET) < 0)
        return error_errno(err, "cannot read '%s'", path);

    AUTO_STR struct str tail = STR_INIT;
    if (read_rest(fd, path, &tail, err) < 0)
        return -1;
    const char *newline = is_cut ? strchr(tail.data, '\n') : NULL;
    str_add(text, newline ? newline + 1 : tail.data);
    return 0;
}

int fd_write_all(
    int fd, const void *bytes, size_t length, const char *path, struct error *err)
{
    const char *rest = bytes;
    while (length) {
        ssize_t put = write(fd, rest, length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return error_errno(err, "cannot write '%s'", path);
        rest += put;
        length -= (size_t)put;
    }
    return 0;
}

int file_draft_open(struct file_draft *draft, const char *path, struct error *err)
{
    char *temporary_path = str_format("%s.tmp-XXXXXX", path);
    int fd = mkostemp(temporary_path, O_CLOEXEC);
    if (fd < 0) {
        error_errno(err, "cannot create '%s'", path);
        free(temporary_path);
        return -1;
    }
    /* mkostemp makes the file private; what others read gets the usual permissions. */
    mode_t mask = umask(0);
    umask(mask);
    (void)fchmod(fd, 0666 & ~mask);
    *draft = (struct file_draft){ .fd = fd,
                                  .path = xstrdup(path),
                                  .temporary_path = temporary_path };
    return 0;
}

static void forget(struct file_draft *draft)
{
    fd_close(&draft->fd);
    free(draft->path);
    free(draft->temporary_path);
    *draft = (struct file_draft){ .fd = -1 };
}

void file_draft_abandon(struct file_draft *draft)
{
    if (draft->temporary_path)
        unlink(draft->temporary_path);
    forget(draft);
}

/* A rename is on disk only once its directory is. */
static void sync_directory_of(const char *path)
{
    AUTO_FREE char *directory = path_directory(path);
    AUTO_FD int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0)
        (void)fsync(fd);
}

int file_draft_commit(struct file_draft *draft, struct error *err)
{
    if (fsync(draft->fd) < 0 || rename(draft->temporary_path, draft->path) < 0) {
        error_errno(err, "cannot write '%s'", draft->path);
        file_draft_abandon(draft);
        return -1;
    }
    sync_directory_of(draft->path);
    forget(draft);
    return 0;
}

/* Terminals, pipes, /dev/null, and /dev/stdout whatever it leads to: written to, never
 * replaced. */
static bool is_stream(const char *path)
{
    struct stat info;
    bool is_of_system = str_starts_with(path, "/dev/") || str_starts_with(path, "/proc/");
    if (is_of_system && lstat(path, &info) == 0 && S_ISLNK(info.st_mode))
        return true;
    return stat(path, &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

static int
write_stream(const char *path, const char *bytes, size_t length, struct error *err)
{
    AUTO_FD int fd = open(path, O_WRONLY | O_APPEND | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return error_errno(err, "cannot open '%s'", path);
    return fd_write_all(fd, bytes, length, path, err);
}

int file_write(const char *path, const char *bytes, size_t length, struct error *err)
{
    struct file_draft draft = { .fd = -1 };
    if (is_stream(path))
        return write_stream(path, bytes, length, err);
    if (file_draft_open(&draft, path, err) < 0)
        return -1;
    if (fd_write_all(draft.fd, bytes, length, path, err) < 0) {
        file_draft_abandon(&draft);
        return -1;
    }
    return file_draft_commit(&draft, err);
}

bool file_exists(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
}

bool file_is_directory(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

bool file_equal(const char *a, const char *b)
{
    AUTO_STR struct str first = STR_INIT;
    AUTO_STR struct str second = STR_INIT;
    struct error ignored = { 0 };
    if (file_read(a, &first, &ignored) < 0 || file_read(b, &second, &ignored) < 0)
        return false;
    return first.length == second.length &&
           memcmp(first.data, second.data, first.length) == 0;
}
