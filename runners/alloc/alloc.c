#include "runners/alloc/alloc.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "runners/alloc/counts.h"
#include "runners/preload.h"
#include "runners/program.h"

char *alloc_library(struct error *err)
{
    return preload_find("libpawl-alloc.so", err);
}

char *alloc_why_not(const struct strvec *argv,
                    const struct strvec *environment,
                    const char *directory)
{
    AUTO_FREE char *path = program_find(argv->items[0], environment, directory);
    switch (path ? program_kind_of(path) : PROGRAM_UNKNOWN) {
    case PROGRAM_STATIC:
        return str_format("'%s' is linked statically: no library can be put in front of "
                          "its malloc (link it dynamically)",
                          argv->items[0]);
    case PROGRAM_FOREIGN:
        return str_format("'%s' is made for another machine than pawl", argv->items[0]);
    case PROGRAM_DYNAMIC:
    case PROGRAM_UNKNOWN:
        return NULL;
    }
    abort();
}

int alloc_begin(const char *path, struct error *err)
{
    AUTO_FD int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    const uint64_t magic = ALLOC_MAGIC;
    if (fd < 0)
        return error_errno(err, "cannot create '%s'", path);
    if (ftruncate(fd, sizeof(struct alloc_counts)) < 0)
        return error_errno(err, "cannot write '%s'", path);
    return fd_write_all(fd, &magic, sizeof magic, path, err);
}

void alloc_prepare_environment(struct strvec *environment,
                               const char *library,
                               const char *path)
{
    preload_add(environment, library);
    strvec_pushf(environment, "%s=%s", ALLOC_FILE_VARIABLE, path);
}

static int check(const struct alloc_counts *counts, const char *path, struct error *err)
{
    uint64_t used = atomic_load(&counts->used);
    if (counts->magic != ALLOC_MAGIC)
        return error_set(err, ERROR_BENCHMARK, "'%s' is no file of counts", path);
    if (!used)
        return error_set(err, ERROR_BENCHMARK,
                         "the counting library was not loaded: the program is linked "
                         "statically, set-user-id, or clears its environment");
    if (used > ALLOC_SLOT_COUNT)
        return error_set(err, ERROR_BENCHMARK,
                         "%" PRIu64 " processes were started, and only %d can be counted",
                         used, ALLOC_SLOT_COUNT);
    return 0;
}

static int
add_slot(const struct alloc_slot *slot, struct alloc_figures *sum, struct error *err)
{
    uint32_t flags = atomic_load(&slot->flags);
    uint64_t peak = atomic_load(&slot->peak);
    if (flags & ALLOC_OWN_MALLOC)
        return error_set(err, ERROR_BENCHMARK,
                         "process %d brings a malloc of its own, which goes before the "
                         "counting library",
                         (int)slot->pid);
    if (flags & ALLOC_LOST_TRACK)
        return error_set(err, ERROR_BENCHMARK,
                         "process %d left no memory to keep its allocations in mind",
                         (int)slot->pid);
    sum->allocations += atomic_load(&slot->allocations);
    sum->allocated_bytes += atomic_load(&slot->bytes);
    if (peak > sum->peak_heap_bytes)
        sum->peak_heap_bytes = peak;
    sum->process_count++;
    return 0;
}

static int add_slots(const struct alloc_counts *counts,
                     struct alloc_figures *figures,
                     struct error *err)
{
    uint64_t used = atomic_load(&counts->used);
    struct alloc_figures sum = { 0 };
    for (uint64_t i = 0; i < used; i++)
        if (add_slot(&counts->slots[i], &sum, err) < 0)
            return -1;
    *figures = sum;
    return 0;
}

int alloc_read(const char *path, struct alloc_figures *figures, struct error *err)
{
    AUTO_FD int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat info;
    if (fd < 0 || fstat(fd, &info) < 0)
        return error_errno(err, "cannot open '%s'", path);
    if (info.st_size != (off_t)sizeof(struct alloc_counts))
        return error_set(err, ERROR_BENCHMARK, "'%s' is no file of counts", path);
    void *memory = mmap(NULL, sizeof(struct alloc_counts), PROT_READ, MAP_SHARED, fd, 0);
    if (memory == MAP_FAILED)
        return error_errno(err, "cannot read '%s'", path);
    const struct alloc_counts *counts = memory;
    int got = check(counts, path, err);
    if (got == 0)
        got = add_slots(counts, figures, err);
    munmap(memory, sizeof(struct alloc_counts));
    return got;
}
