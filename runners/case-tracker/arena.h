/* Memory for many small things that live and die together: taken from blocks of 64 KiB,
 * freed all at once. { 0 } is empty. */
#pragma once

#include <stddef.h>

#include "gate/base/attributes.h"

struct arena {
    void **blocks;
    size_t count;
    size_t capacity;
    char *next;  /* free bytes of the newest block */
    size_t left; /* how many */
};

/* size bytes, aligned for pointers; valid until arena_clear. */
void *arena_take(struct arena *arena, size_t size) MUST_CHECK;
/* A NUL-terminated copy of length bytes; not aligned. */
const char *arena_copy(struct arena *arena, const char *bytes, size_t length) MUST_CHECK;
void arena_clear(struct arena *arena);
