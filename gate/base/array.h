/* Typed arrays are structs of { T *items; size_t count; size_t capacity; }; { 0 } is
 * empty. */
#pragma once

#include <stdlib.h>

#include "gate/base/alloc.h"

/* Makes room for one more item and yields a pointer to it (zeroed), counting it in. */
#define array_push(array)                                                                \
    ((array)->items = array_room((array)->items, &(array)->capacity, (array)->count + 1, \
                                 sizeof *(array)->items),                                \
     &(array)->items[(array)->count++])

/* Frees the storage (not what items own) and leaves a valid empty array. */
#define array_clear(array) \
    (free((array)->items), (array)->items = NULL, (array)->count = (array)->capacity = 0)

/* Grows items to hold at least needed; new room is zeroed. Used by array_push. */
void *array_room(void *items, size_t *capacity, size_t needed, size_t item_size);
