/* Counts the system calls of a program with strace, and how long each kind took on the
 * clock: "strace -f -c -w"; where files are to be named, with a line for each call too.
 * The program runs slower for it, mostly by what its calls are many. A counted run is a
 * process_run of other words:
 *
 *     syscalls_wrap(&argv, path, names_files, &words);
 *     ... process_run of words ...
 *     syscalls_read(path, &counts, &files, err);
 *
 * All threads and processes are counted; those that wait for one another are counted
 * each, so that the times may add up to more than the program took. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"

struct error;
struct file_calls;
struct strvec;

struct syscall_count {
    char *name; /* owned */
    int64_t calls;
    double seconds; /* in them, on the clock */
};

/* { 0 } is empty. */
struct syscall_counts {
    struct syscall_count *items; /* by name */
    size_t count;
    size_t capacity;
};
#define AUTO_SYSCALL_COUNTS AUTO(syscall_counts_clear)

void syscall_counts_clear(struct syscall_counts *counts);

/* Replaces words by the command line that runs argv under strace, which writes to path: a
 * table at its end and, where names_files, a line of about 100 bytes for each call. */
void syscalls_wrap(const struct strvec *argv,
                   const char *path,
                   bool names_files,
                   struct strvec *words);

/* After a run. counts and files must be empty; files may be NULL. -1 with ERROR_BENCHMARK
 * where strace left no table. */
int syscalls_read(const char *path,
                  struct syscall_counts *counts,
                  struct file_calls *files,
                  struct error *err) MUST_CHECK;

/* Why a run under strace could not begin: a clause with what would mend it. */
#define SYSCALLS_NOT_INSTALLED \
    "strace is not installed (Debian, Ubuntu: apt-get install strace)"
