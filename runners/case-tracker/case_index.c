#include "runners/case-tracker/case_index.h"

#include <stdlib.h>

#include "gate/base/alloc.h"
#include "runners/case-tracker/case_list.h"

void case_index_clear(struct case_index *index)
{
    free(index->slots);
    *index = (struct case_index){ 0 };
}

/* The slot that holds number, or the free one where it belongs. Multiplying by 2^64
 * divided by the golden ratio spreads numbers that follow each other (Knuth, The Art of
 * Computer Programming, volume 3, section 6.4). */
static size_t
probe(const struct case_index *index, const struct case_list *cases, uint64_t number)
{
    size_t mask = index->slot_count - 1;
    size_t slot = (size_t)((number * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & mask;
    while (index->slots[slot] && cases->items[index->slots[slot] - 1].number != number)
        slot = (slot + 1) & mask;
    return slot;
}

static void grow(struct case_index *index, const struct case_list *cases)
{
    struct case_index grown = {
        .slot_count = index->slot_count ? index->slot_count * 2 : 64,
        .used = index->used,
    };
    grown.slots = xcalloc(grown.slot_count, sizeof *grown.slots);
    for (size_t i = 0; i < index->slot_count; i++) {
        uint32_t entry = index->slots[i];
        if (entry)
            grown.slots[probe(&grown, cases, cases->items[entry - 1].number)] = entry;
    }
    case_index_clear(index);
    *index = grown;
}

bool case_index_add(struct case_index *index,
                    const struct case_list *cases,
                    size_t position)
{
    if (index->used * 2 >= index->slot_count)
        grow(index, cases);
    size_t slot = probe(index, cases, cases->items[position].number);
    if (index->slots[slot])
        return false;
    index->slots[slot] = (uint32_t)(position + 1);
    index->used++;
    return true;
}

size_t case_index_find(const struct case_index *index,
                       const struct case_list *cases,
                       uint64_t number)
{
    if (!index->slot_count)
        return CASE_NOT_FOUND;
    uint32_t entry = index->slots[probe(index, cases, number)];
    return entry ? entry - 1 : CASE_NOT_FOUND;
}
