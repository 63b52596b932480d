/* What runs have read and written.
 *
 * /proc/PID/io of an ended process can be read by root alone. But as a process reaps
 * another, the kernel adds that one's figures to its own, with those of all threads that
 * it had and of all that it had reaped itself. So what /proc/self/io says of us, less
 * what our one thread has done itself, is what everything that we have reaped has done,
 * whoever it was. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "runners/spawner/protocol.h"

struct child;

enum {
    IO_FIGURES = 6 /* in the order of the kernel's lines */
};

struct io {
    int all_file; /* -1: the kernel doesn't count, and the rest is unset */
    int own_file;
    int64_t before[IO_FIGURES]; /* of all that had been reaped when it was asked last */
};

/* Opens the files, which stay open. */
void io_open(struct io *io);

/* Fills in what everything reaped since the last time has done, less what the child did
 * before it began its program. */
void io_take(struct io *io, const struct child *child, struct spawner_usage *usage);
