#include "runners/callgrind/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"

/* Small enough to stay in the second-level cache between reading and looking at it. */
#define BLOCK_BYTES 262144

/* Items are counted in 32 bits; each takes 4 bytes of the file at least. */
#define MOST_BYTES ((off_t)16 << 30)

int input_open(struct input *input, const char *path, struct error *err)
{
    struct stat info;
    *input = (struct input){ .fd = open(path, O_RDONLY | O_CLOEXEC), .path = path };
    if (input->fd < 0)
        return error_errno(err, "cannot open '%s'", path);
    if (fstat(input->fd, &info) < 0)
        return error_errno(err, "cannot read '%s'", path);
    if (info.st_size > MOST_BYTES)
        return error_set(err, ERROR_BENCHMARK, "'%s' is larger than 16 GiB", path);
    input->capacity = info.st_size < BLOCK_BYTES ? (size_t)info.st_size + 2 : BLOCK_BYTES;
    input->buffer = xcalloc(input->capacity, 1);
    return 0;
}

void input_close(struct input *input)
{
    fd_close(&input->fd);
    free(input->buffer);
    *input = (struct input){ .fd = -1 };
}

/* Moves what was not handed out to the front, with room for more behind it. */
static void make_room(struct input *input)
{
    input->filled -= input->used;
    memmove(input->buffer, input->buffer + input->used, input->filled);
    input->used = 0;
    if (input->filled + 1 < input->capacity)
        return;
    input->capacity *= 2; /* a line longer than the block */
    input->buffer = xreallocarray(input->buffer, input->capacity, 1);
}

static int fill(struct input *input, struct error *err)
{
    make_room(input);
    size_t room = input->capacity - input->filled - 1;
    ssize_t got = read(input->fd, input->buffer + input->filled, room);
    if (got < 0 && errno == EINTR)
        return 0;
    if (got < 0)
        return error_errno(err, "cannot read '%s'", input->path);
    if (got == 0) {
        input->is_at_end = true;
        if (input->filled)
            input->buffer[input->filled++] = '\n';
    }
    input->filled += (size_t)got;
    return 0;
}

int input_next(struct input *input,
               const char **begin,
               const char **end,
               struct error *err)
{
    while (!input->is_at_end) {
        if (fill(input, err) < 0)
            return -1;
        const char *last = memrchr(input->buffer, '\n', input->filled);
        if (!last)
            continue;
        input->used = (size_t)(last + 1 - input->buffer);
        *begin = input->buffer;
        *end = last + 1;
        return 1;
    }
    return 0;
}

int input_fail(const struct input *input, struct error *err, const char *format, ...)
{
    AUTO_FREE char *what = NULL;
    va_list args;
    va_start(args, format);
    int length = vasprintf(&what, format, args);
    va_end(args);
    return error_set(err, ERROR_BENCHMARK, "in '%s', line %zu: %s", input->path,
                     input->line, length < 0 ? "damaged" : what);
}
