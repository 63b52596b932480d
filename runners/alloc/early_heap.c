#include "runners/alloc/early_heap.h"

#include <stdalign.h>
#include <stdatomic.h>
#include <stdint.h>

#define HEAP_BYTES   65536
#define HEADER_BYTES sizeof(max_align_t)

static alignas(max_align_t) unsigned char heap[HEAP_BYTES];
static _Atomic size_t used;

/* The size stands before the memory. */
void *early_heap_give(size_t size, size_t alignment)
{
    if (alignment < HEADER_BYTES)
        alignment = HEADER_BYTES;
    if (size > HEAP_BYTES || alignment > HEAP_BYTES)
        return NULL;
    size_t room = HEADER_BYTES + alignment + size;
    size_t start = atomic_fetch_add_explicit(&used, room, memory_order_relaxed);
    if (start > HEAP_BYTES - room)
        return NULL;
    uintptr_t first = (uintptr_t)heap + start + HEADER_BYTES;
    size_t skipped = (size_t)(-first & (alignment - 1));
    unsigned char *memory = heap + start + HEADER_BYTES + skipped;
    __builtin_memcpy(memory - sizeof size, &size, sizeof size);
    return memory;
}

bool early_heap_has(const void *memory)
{
    uintptr_t at = (uintptr_t)memory;
    return at >= (uintptr_t)heap && at < (uintptr_t)heap + HEAP_BYTES;
}

size_t early_heap_size(const void *memory)
{
    size_t size = 0;
    __builtin_memcpy(&size, (const unsigned char *)memory - sizeof size, sizeof size);
    return size;
}
