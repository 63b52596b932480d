/* Which files a program opened, read and wrote, and how often: of the lines that strace
 * writes, one a system call, with the paths of descriptors (syscalls.h). */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "runners/callgrind/index.h"
#include "runners/callgrind/names.h"

/* Over all processes and threads. */
struct file_call {
    const char *path; /* absolute, as strace writes it ("\n" is two bytes); borrowed */
    int64_t opens;    /* those that succeeded */
    int64_t rewinds;  /* lseek to its beginning */
    int64_t reads;
    int64_t read_bytes;
    int64_t writes;
    int64_t written_bytes;
    double seconds; /* in all calls on its descriptors and in opening it, on the clock */
};

/* A call that another thread's came in between of. */
struct pending_call {
    uint64_t thread;
    uint32_t file; /* INDEX_NONE: of none, or not yet known */
    char name[32]; /* of the call */
};

/* { 0 } is empty. Pipes, sockets and what else has no path are left out. */
struct file_calls {
    struct {
        struct file_call *items; /* in the order in which they were met */
        size_t count;
        size_t capacity;
    } files;
    struct names paths;
    struct index by_path;
    struct {
        struct pending_call *items;
        size_t count;
        size_t capacity;
    } pending;
};
#define AUTO_FILE_CALLS AUTO(file_calls_clear)

void file_calls_clear(struct file_calls *calls);

/* Adds what one line says, "6340  openat(AT_FDCWD</tmp>, "a", O_RDONLY) = 3</tmp/a>
 * <0.000017>"; end is where its '\n' is. Lines that are about nothing of the kind are
 * passed over. */
void file_calls_add_line(struct file_calls *calls, const char *line, const char *end);
