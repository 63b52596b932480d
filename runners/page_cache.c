#include "runners/page_cache.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/base/tree.h"

/* Files are looked at in pieces: what mincore fills is a byte a page. */
#define PIECE_BYTES ((off_t)64 << 20)

void page_cache_rest_clear(struct page_cache_rest *rest)
{
    free(rest->path);
    *rest = (struct page_cache_rest){ 0 };
}

static void add_rest(struct page_cache_rest *rest, const char *path, int64_t bytes)
{
    rest->bytes += bytes;
    if (!rest->path)
        rest->path = xstrdup(path);
}

/* Bytes of the piece in memory; all of them where that can't be told. */
static int64_t resident_in_piece(int fd, off_t offset, size_t length)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    const size_t count = (length + page - 1) / page;
    AUTO_FREE unsigned char *states = xcalloc(count, 1);
    int64_t resident = 0;
    /* Mapping a file reads nothing of it. */
    void *memory = mmap(NULL, length, PROT_READ, MAP_SHARED, fd, offset);
    if (memory == MAP_FAILED)
        return (int64_t)length;
    if (mincore(memory, length, states) < 0)
        resident = (int64_t)length;
    else
        for (size_t i = 0; i < count; i++)
            resident += states[i] & 1 ? (int64_t)page : 0;
    munmap(memory, length);
    return resident;
}

static int64_t resident_bytes(int fd, off_t size)
{
    int64_t resident = 0;
    for (off_t offset = 0; offset < size; offset += PIECE_BYTES) {
        off_t length = size - offset < PIECE_BYTES ? size - offset : PIECE_BYTES;
        resident += resident_in_piece(fd, offset, (size_t)length);
    }
    return resident;
}

/* Pages that have not been written yet can't be dropped: they are written first, where it
 * turns out that there are some. */
static void drop_file(const char *path, off_t size, struct page_cache_rest *rest)
{
    enum {
        TRIES = 3
    };
    int64_t left = 0;
    AUTO_FD int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) {
        add_rest(rest, path, (int64_t)size);
        return;
    }
    for (int i = 0; i < TRIES; i++) {
        if (i > 0)
            (void)fdatasync(fd);
        (void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
        left = resident_bytes(fd, size);
        if (!left)
            return;
    }
    add_rest(rest, path, left);
}

struct drop {
    const char *root;
    struct page_cache_rest *rest;
};

static int
drop_entry(void *context, const char *name, const struct stat *info, struct error *err)
{
    const struct drop *drop = context;
    (void)err;
    if (!S_ISREG(info->st_mode) || !info->st_size)
        return 0;
    AUTO_FREE char *path = path_join(drop->root, name);
    drop_file(path, info->st_size, drop->rest);
    return 0;
}

int page_cache_drop(const char *path, struct page_cache_rest *rest, struct error *err)
{
    struct stat info;
    struct drop drop = { path, rest };
    if (stat(path, &info) < 0)
        return errno == ENOENT ? 0 : error_errno(err, "cannot look at '%s'", path);
    if (S_ISDIR(info.st_mode))
        return tree_walk(path, drop_entry, &drop, err);
    if (S_ISREG(info.st_mode) && info.st_size)
        drop_file(path, info.st_size, rest);
    return 0;
}
