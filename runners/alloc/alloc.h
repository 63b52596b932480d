/* Counts what a program allocates on the heap, through a small library of ours that is
 * preloaded into it (libpawl-alloc.so, preload.c).
 *
 * What is counted is what the program asked for: malloc, calloc, realloc, aligned_alloc
 * and their like, called by the program itself, the C library or C++'s new. A realloc to
 * more than 0 bytes is an allocation of the whole new size, as in valgrind's "total heap
 * usage". All processes of the tree are counted, from exec on, and through crash and
 * kill.
 *
 * Not seen: memory from mmap or brk; allocators that do not come through malloc; static
 * programs, programs that bring a malloc of their own, set-user-id programs and children
 * that are started with another environment. The first two are reported. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"

struct error;
struct strvec;

struct alloc_figures {
    uint64_t allocations; /* calls; so are bytes, over all processes together */
    uint64_t allocated_bytes;
    uint64_t peak_heap_bytes; /* asked for and not given back: the most that any one of
                               * the processes had at a time; a forked child begins with
                               * a copy of its parent's */
    size_t process_count;
};

/* The library, for preload_add. The caller's; NULL with ERROR_SYSTEM. */
char *alloc_library(struct error *err) MUST_CHECK;

/* Why the program can't be counted, known before it is run: it is linked statically, or
 * made for another machine. The caller's; NULL where nothing speaks against it. The three
 * are those of its process_spec. */
char *alloc_why_not(const struct strvec *argv,
                    const struct strvec *environment,
                    const char *directory) MUST_CHECK;

/* Before each run: makes path an empty file of counts. */
int alloc_begin(const char *path, struct error *err) MUST_CHECK;

/* Adds what the run needs to its environment. path must be absolute. */
void alloc_prepare_environment(struct strvec *environment,
                               const char *library,
                               const char *path);

/* After the run. -1 with ERROR_BENCHMARK saying why it could not be counted. */
int alloc_read(const char *path, struct alloc_figures *figures, struct error *err)
    MUST_CHECK;
