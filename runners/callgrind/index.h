/* Finds items of an array by their hash: the array stays with its owner, this only maps
 * hashes to item numbers. For the reader of profiles, which looks up hundreds of
 * thousands of names, calls and lines.
 *
 *     size_t cursor = index_start(&index, hash);
 *     uint32_t item;
 *     while ((item = index_next(&index, hash, &cursor)) != INDEX_NONE)
 *         if (... items[item] is the one ...)
 *             return item;
 *     index_add(&index, hash, new_item);
 *
 * Neighbouring hashes stand beside each other in memory, so whoever makes hashes decides
 * what is near to what. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define INDEX_NONE UINT32_MAX

struct index_slot {
    uint32_t hash;
    uint32_t item_after; /* the item's number + 1; 0: free */
};

/* { 0 } is empty. */
struct index {
    struct index_slot *slots;
    size_t capacity; /* a power of two, or 0 */
    size_t count;
};

void index_clear(struct index *index);
/* Each item is added once, by whoever did not find it. */
void index_add(struct index *index, uint32_t hash, uint32_t item);

static inline size_t index_start(const struct index *index, uint32_t hash)
{
    return index->capacity ? hash & (index->capacity - 1) : 0;
}

/* The next item that has this hash, or INDEX_NONE. */
static inline uint32_t
index_next(const struct index *index, uint32_t hash, size_t *cursor)
{
    if (!index->capacity)
        return INDEX_NONE;
    for (;;) {
        const struct index_slot *slot = &index->slots[*cursor];
        if (!slot->item_after)
            return INDEX_NONE;
        *cursor = (*cursor + 1) & (index->capacity - 1);
        if (slot->hash == hash)
            return slot->item_after - 1;
    }
}

/* Mixes value into hash: all bits of both have a say in all bits of the result
 * (the finaliser of MurmurHash3). */
static inline uint32_t index_mix(uint32_t hash, uint32_t value)
{
    uint64_t mixed = ((uint64_t)hash << 32) | value;
    mixed ^= mixed >> 33;
    mixed *= UINT64_C(0xff51afd7ed558ccd);
    mixed ^= mixed >> 33;
    mixed *= UINT64_C(0xc4ceb9fe1a85ec53);
    mixed ^= mixed >> 33;
    return (uint32_t)mixed;
}

uint32_t index_hash_bytes(const char *bytes, size_t length);
