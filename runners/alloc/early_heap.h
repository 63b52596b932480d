/* Memory for the few allocations that come before the library is ready: dlsym, with which
 * it looks for the real malloc, may itself call calloc. Never given back, not counted. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Zeroed, aligned to alignment (a power of two). NULL when it is used up. */
void *early_heap_give(size_t size, size_t alignment);
bool early_heap_has(const void *memory);
size_t early_heap_size(const void *memory);
