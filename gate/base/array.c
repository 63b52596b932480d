#include "gate/base/array.h"

#include <string.h>

void *array_room(void *items, size_t *capacity, size_t needed, size_t item_size)
{
    if (needed <= *capacity)
        return items;

    size_t grown = *capacity ? *capacity * 2 : 8;
    if (grown < needed)
        grown = needed;
    char *memory = xreallocarray(items, grown, item_size);
    memset(memory + *capacity * item_size, 0, (grown - *capacity) * item_size);
    *capacity = grown;
    return memory;
}
