#include "runners/callgrind/index.h"

#include <stdlib.h>

#include "gate/base/alloc.h"

void index_clear(struct index *index)
{
    free(index->slots);
    *index = (struct index){ 0 };
}

static void put(struct index *index, struct index_slot slot)
{
    size_t at = index_start(index, slot.hash);
    while (index->slots[at].item_after)
        at = (at + 1) & (index->capacity - 1);
    index->slots[at] = slot;
}

/* At most half full: longer runs of taken slots would cost more than the memory. */
static void grow(struct index *index)
{
    struct index old = *index;
    index->capacity = old.capacity ? old.capacity * 2 : 64;
    index->slots = xcalloc(index->capacity, sizeof *index->slots);
    for (size_t i = 0; i < old.capacity; i++)
        if (old.slots[i].item_after)
            put(index, old.slots[i]);
    free(old.slots);
}

void index_add(struct index *index, uint32_t hash, uint32_t item)
{
    if (index->count * 2 >= index->capacity)
        grow(index);
    put(index, (struct index_slot){ .hash = hash, .item_after = item + 1 });
    index->count++;
}

/* FNV-1a: names are short, and most are read once. */
uint32_t index_hash_bytes(const char *bytes, size_t length)
{
    uint32_t hash = UINT32_C(2166136261);
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * UINT32_C(16777619);
    return index_mix(hash, (uint32_t)length);
}
