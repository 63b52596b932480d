/* What memory is live, and how much of it was asked for: a map from address to size, for
 * the preloaded library. Takes its own memory from the kernel, for malloc is what is
 * being watched, and is safe for threads.
 *
 * A table beside the heap, rather than a header before each block: blocks keep the
 * alignment and the size class that they would have had, malloc_usable_size keeps its
 * meaning, and memory that came from elsewhere (another allocator's, or from before the
 * library was ready) is simply not found, where a header that is not there would be read
 * as one. The allocator's own malloc_usable_size says how much was given, not how much
 * was asked for: 24 for 1. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* False where the kernel gives no memory: the block then is not remembered. */
bool live_table_add(void *address, size_t size);

/* Forgets the block; false where it is not known. */
bool live_table_remove(void *address, size_t *size);

/* Around a fork: the child gets the table as it is, with no thread inside. */
void live_table_lock(void);
void live_table_unlock(void);
