/* Shards with a lock each, chosen by address, so that threads seldom meet; in a shard,
 * open addressing with linear probing. Removing moves later entries up, so that no marks
 * of removed ones pile up in a program that allocates and frees for hours. */
#include "runners/alloc/live_table.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>

#define SHARD_COUNT    64
#define FIRST_CAPACITY 256

struct entry {
    uintptr_t address; /* 0: free */
    size_t size;
};

struct shard {
    atomic_flag is_taken;
    struct entry *entries;
    size_t capacity; /* a power of two, or 0 */
    size_t count;
};

static struct shard shards[SHARD_COUNT]; /* all of it zeros: empty and free */

/* Held for some dozen instructions. */
static void take(struct shard *shard)
{
    while (atomic_flag_test_and_set_explicit(&shard->is_taken, memory_order_acquire))
        sched_yield();
}

static void give_back(struct shard *shard)
{
    atomic_flag_clear_explicit(&shard->is_taken, memory_order_release);
}

/* Blocks are 16 bytes apart at least. The multiplier is 2^64 over the golden ratio: it
 * spreads neighbours (Knuth, The Art of Computer Programming 3, 6.4). */
static uint64_t hash(uintptr_t address)
{
    return ((uint64_t)address >> 4) * UINT64_C(0x9e3779b97f4a7c15);
}

static struct shard *shard_of(uintptr_t address)
{
    return &shards[hash(address) >> 58];
}

static size_t home(const struct shard *shard, uintptr_t address)
{
    return (size_t)(hash(address) >> 16) & (shard->capacity - 1);
}

/* Where the address is, or the free place where it would go. */
static size_t find(const struct shard *shard, uintptr_t address)
{
    size_t at = home(shard, address);
    while (shard->entries[at].address && shard->entries[at].address != address)
        at = (at + 1) & (shard->capacity - 1);
    return at;
}

static bool grow(struct shard *shard)
{
    struct shard old = *shard;
    size_t capacity = old.capacity ? old.capacity * 2 : FIRST_CAPACITY;
    void *memory = mmap(NULL, capacity * sizeof(struct entry), PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return false;
    shard->entries = memory;
    shard->capacity = capacity;
    for (size_t i = 0; i < old.capacity; i++)
        if (old.entries[i].address)
            shard->entries[find(shard, old.entries[i].address)] = old.entries[i];
    if (old.entries)
        munmap(old.entries, old.capacity * sizeof(struct entry));
    return true;
}

static bool add(struct shard *shard, uintptr_t address, size_t size)
{
    if (shard->count * 2 >= shard->capacity && !grow(shard))
        return false;
    size_t at = find(shard, address);
    if (!shard->entries[at].address)
        shard->count++;
    shard->entries[at] = (struct entry){ .address = address, .size = size };
    return true;
}

/* Moves entries into the gap that would no longer be found behind it. */
static void close_gap(struct shard *shard, size_t gap)
{
    size_t mask = shard->capacity - 1;
    for (size_t at = (gap + 1) & mask; shard->entries[at].address; at = (at + 1) & mask) {
        size_t from_home = (at - home(shard, shard->entries[at].address)) & mask;
        if (from_home < ((at - gap) & mask))
            continue;
        shard->entries[gap] = shard->entries[at];
        gap = at;
    }
    shard->entries[gap] = (struct entry){ 0 };
}

static bool remove_entry(struct shard *shard, uintptr_t address, size_t *size)
{
    if (!shard->capacity)
        return false;
    size_t at = find(shard, address);
    if (!shard->entries[at].address)
        return false;
    *size = shard->entries[at].size;
    shard->count--;
    close_gap(shard, at);
    return true;
}

bool live_table_add(void *address, size_t size)
{
    struct shard *shard = shard_of((uintptr_t)address);
    take(shard);
    bool is_added = add(shard, (uintptr_t)address, size);
    give_back(shard);
    return is_added;
}

bool live_table_remove(void *address, size_t *size)
{
    struct shard *shard = shard_of((uintptr_t)address);
    take(shard);
    bool is_removed = remove_entry(shard, (uintptr_t)address, size);
    give_back(shard);
    return is_removed;
}

void live_table_lock(void)
{
    for (size_t i = 0; i < SHARD_COUNT; i++)
        take(&shards[i]);
}

void live_table_unlock(void)
{
    for (size_t i = SHARD_COUNT; i-- > 0;)
        give_back(&shards[i]);
}
