#include "runners/spawner/io.h"

#include <fcntl.h>
#include <unistd.h>

#include "runners/spawner/number.h"
#include "runners/spawner/start.h"

enum figure {
    READ_BYTES,
    WRITTEN_BYTES,
    READ_CALLS,
    WRITE_CALLS,
    DISK_READ_BYTES,
    DISK_WRITTEN_BYTES
};

/* Lines "rchar: 12". Returns how long they were, 0 where they can't be read. */
static int64_t read_figures(int file, int64_t figures[IO_FIGURES])
{
    char text[512];
    ssize_t got = pread(file, text, sizeof text - 1, 0);
    if (got <= 0)
        return 0;
    text[got] = '\0';
    const char *next = text;
    for (int i = 0; i < IO_FIGURES; i++)
        figures[i] = number_next(&next);
    return figures[IO_FIGURES - 1] >= 0 ? got : 0;
}

/* The first reading is itself something that we have read, which only the second knows.
 */
static bool read_reaped(const struct io *io, int64_t reaped[IO_FIGURES])
{
    int64_t own[IO_FIGURES];
    int64_t length = io->all_file < 0 ? 0 : read_figures(io->all_file, reaped);
    if (!length || !read_figures(io->own_file, own))
        return false;
    own[READ_BYTES] -= length;
    own[READ_CALLS] -= 1;
    for (int i = 0; i < IO_FIGURES; i++)
        reaped[i] -= own[i];
    return true;
}

void io_open(struct io *io)
{
    *io = (struct io){
        .all_file = open("/proc/self/io", O_RDONLY | O_CLOEXEC),
        .own_file = open("/proc/thread-self/io", O_RDONLY | O_CLOEXEC),
    };
    if (io->all_file >= 0 && !read_reaped(io, io->before)) {
        close(io->all_file);
        io->all_file = -1;
    }
}

void io_take(struct io *io, const struct child *child, struct spawner_usage *usage)
{
    int64_t now[IO_FIGURES];
    int64_t since[IO_FIGURES];
    if (!read_reaped(io, now))
        return;
    for (int i = 0; i < IO_FIGURES; i++) {
        since[i] = now[i] - io->before[i];
        io->before[i] = now[i];
    }
    usage->read_bytes = since[READ_BYTES] - child->own_read_bytes;
    usage->written_bytes = since[WRITTEN_BYTES];
    usage->read_calls = since[READ_CALLS] - child->own_reads;
    usage->write_calls = since[WRITE_CALLS];
    usage->disk_read_bytes = since[DISK_READ_BYTES];
    usage->disk_written_bytes = since[DISK_WRITTEN_BYTES];
}
