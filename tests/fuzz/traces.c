/* libFuzzer on the readers of what strace, perf and DHAT write, where names of files and
 * of functions are whatever a program under test makes them (clang only):
 *
 *     cmake --preset clang && cmake --build build/clang --target fuzz-traces
 *     build/clang/tests/fuzz/fuzz-traces -max_len=4096 CORPUS */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "gate/base/error.h"
#include "gate/base/file.h"
#include "runners/callgrind/profile.h"
#include "runners/dhat/heap_left.h"
#include "runners/file_calls.h"
#include "runners/perf/stack_tree.h"
#include "runners/perf/stacks.h"
#include "runners/syscalls.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static int open_memory(void)
{
    int fd = memfd_create("trace", MFD_CLOEXEC);
    if (fd < 0)
        abort();
    return fd;
}

static void name_memory(int fd, char path[64])
{
    snprintf(path, 64, "/proc/self/fd/%d", fd);
}

static void read_trace(const char *path)
{
    AUTO_SYSCALL_COUNTS struct syscall_counts counts = { 0 };
    AUTO_FILE_CALLS struct file_calls files = { 0 };
    struct error ignored = { 0 };
    (void)!syscalls_read(path, &counts, &files, &ignored);
    for (size_t i = 0; i < files.files.count; i++)
        if (files.files.items[i].path[0] != '/')
            abort();
}

/* Whatever the stacks are, the profile made of them can be read, and has as many samples
 * as they. */
static void convert_stacks(const char *path)
{
    char profile_path[64];
    AUTO_FD int fd = open_memory();
    AUTO_PROFILE struct profile profile = { 0 };
    AUTO_STACK_TREE struct stack_tree tree = { 0 };
    uint64_t samples = 0;
    struct error err = { 0 };
    name_memory(fd, profile_path);
    if (stacks_convert(path, profile_path, &tree, &err) < 0 ||
        profile_read(profile_path, &profile, &err) < 0) {
        fprintf(stderr, "%s\n", err.message);
        abort();
    }
    for (size_t i = 0; i < tree.nodes.count; i++)
        samples += tree.nodes.items[i].samples;
    if (profile.totals && profile.totals[0] != samples)
        abort();
}

static void read_heap(const char *path)
{
    AUTO_HEAP_LEFT struct heap_left left = { 0 };
    struct error ignored = { 0 };
    if (heap_left_read(path, &left, &ignored) < 0)
        return;
    for (size_t i = 0; i < left.calls.count; i++)
        if (left.calls.items[i] >= left.frames.count)
            abort();
    for (size_t i = 0; i < left.frames.count; i++)
        if (!*left.frames.items[i].function || !left.frames.items[i].file)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    char path[64];
    AUTO_FD int fd = open_memory();
    struct error err = { 0 };
    name_memory(fd, path);
    if (fd_write_all(fd, bytes, length, path, &err) < 0)
        abort();
    read_trace(path);
    convert_stacks(path);
    read_heap(path);
    return 0;
}
