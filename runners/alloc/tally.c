#include "runners/alloc/tally.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "runners/alloc/counts.h"
#include "runners/alloc/live_table.h"

static struct alloc_counts *counts;
static struct alloc_slot *slot; /* NULL: nothing is counted */
static uint64_t live_at_fork;

static void take_slot(uint64_t live)
{
    uint64_t number = atomic_fetch_add_explicit(&counts->used, 1, memory_order_relaxed);
    slot = number < ALLOC_SLOT_COUNT ? &counts->slots[number] : NULL;
    if (!slot)
        return;
    slot->pid = (int32_t)getpid();
    atomic_store_explicit(&slot->live, live, memory_order_relaxed);
    atomic_store_explicit(&slot->peak, live, memory_order_relaxed);
}

void tally_open(void)
{
    const char *path = getenv(ALLOC_FILE_VARIABLE);
    int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (fd < 0)
        return;
    void *memory = mmap(NULL, sizeof *counts, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (memory == MAP_FAILED)
        return;
    counts = memory;
    if (counts->magic == ALLOC_MAGIC)
        take_slot(0);
}

static void before_fork(void)
{
    live_table_lock();
    if (slot)
        live_at_fork = atomic_load_explicit(&slot->live, memory_order_relaxed);
}

static void in_parent(void)
{
    live_table_unlock();
}

/* The child has a copy of all that was live, and frees it or not. */
static void in_child(void)
{
    live_table_unlock();
    if (slot)
        take_slot(live_at_fork);
}

void tally_watch_forks(void)
{
    pthread_atfork(before_fork, in_parent, in_child);
}

static void set_flag(uint32_t flag)
{
    atomic_fetch_or_explicit(&slot->flags, flag, memory_order_relaxed);
}

void tally_own_malloc(void)
{
    if (slot)
        set_flag(ALLOC_OWN_MALLOC);
}

static void raise_peak(uint64_t live)
{
    uint64_t peak = atomic_load_explicit(&slot->peak, memory_order_relaxed);
    while (live > peak && !atomic_compare_exchange_weak_explicit(&slot->peak, &peak, live,
                                                                 memory_order_relaxed,
                                                                 memory_order_relaxed))
        ;
}

static void count(size_t size, size_t old_size)
{
    atomic_fetch_add_explicit(&slot->allocations, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&slot->bytes, size, memory_order_relaxed);
    uint64_t before = atomic_fetch_add_explicit(&slot->live, (uint64_t)size - old_size,
                                                memory_order_relaxed);
    raise_peak(before + size - old_size);
}

static void remember(void *memory, size_t size)
{
    if (!live_table_add(memory, size))
        set_flag(ALLOC_LOST_TRACK);
}

void tally_give(void *memory, size_t size)
{
    if (!slot || !memory)
        return;
    remember(memory, size);
    count(size, 0);
}

struct tally_block tally_forget(void *memory)
{
    struct tally_block block = { 0 };
    if (slot)
        block.is_known = live_table_remove(memory, &block.size);
    return block;
}

void tally_freed(struct tally_block old)
{
    if (old.is_known)
        atomic_fetch_sub_explicit(&slot->live, old.size, memory_order_relaxed);
}

void tally_take(void *memory)
{
    tally_freed(tally_forget(memory));
}

void tally_regive(struct tally_block old, void *memory, size_t size)
{
    if (!slot)
        return;
    remember(memory, size);
    count(size, old.size);
}

void tally_restore(struct tally_block old, void *memory)
{
    if (old.is_known)
        remember(memory, old.size);
}
