/* From a case's number to its position in a case_list: a hash table of positions. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"

struct case_list;

/* { 0 } is empty. Open addressing, at most half full. */
struct case_index {
    uint32_t *slots; /* position + 1; 0 is free */
    size_t slot_count;
    size_t used;
};

void case_index_clear(struct case_index *index);
#define AUTO_CASE_INDEX AUTO(case_index_clear)

/* Enters the case at position; false (and nothing changes) when another case of the list
 * has its number. At most 2^32 - 2 positions. */
bool case_index_add(struct case_index *index,
                    const struct case_list *cases,
                    size_t position) MUST_CHECK;

/* The position of the case with number, CASE_NOT_FOUND when there is none. Every case of
 * the list must have been added. */
#define CASE_NOT_FOUND SIZE_MAX
size_t case_index_find(const struct case_index *index,
                       const struct case_list *cases,
                       uint64_t number);
