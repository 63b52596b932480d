#include "runners/case-tracker/arena.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"

enum {
    BLOCK_SIZE = 65536
};

static void *keep(struct arena *arena, void *block)
{
    arena->blocks = array_room(arena->blocks, &arena->capacity, arena->count + 1,
                               sizeof *arena->blocks);
    arena->blocks[arena->count++] = block;
    return block;
}

static void *take(struct arena *arena, size_t size, size_t padding)
{
    if (size > BLOCK_SIZE / 4) /* a block of its own, so that little is wasted */
        return keep(arena, xreallocarray(NULL, size, 1));

    if (size + padding > arena->left) {
        arena->next = keep(arena, xreallocarray(NULL, BLOCK_SIZE, 1));
        arena->left = BLOCK_SIZE;
        padding = 0;
    }
    void *taken = arena->next + padding;
    arena->next += size + padding;
    arena->left -= size + padding;
    return taken;
}

void *arena_take(struct arena *arena, size_t size)
{
    return take(arena, size, arena->left % sizeof(void *));
}

const char *arena_copy(struct arena *arena, const char *bytes, size_t length)
{
    char *copy = take(arena, length + 1, 0);
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

void arena_clear(struct arena *arena)
{
    for (size_t i = 0; i < arena->count; i++)
        free(arena->blocks[i]);
    free(arena->blocks);
    *arena = (struct arena){ 0 };
}
