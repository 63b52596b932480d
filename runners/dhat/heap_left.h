/* The file that DHAT writes, version 2: JSON in which "pps" are the ways by which memory
 * was allocated, each with its stack ("fs", the innermost function first) as numbers of
 * texts ("ftbl"), and "eb" and "ebk" the bytes and blocks of it that are there at the
 * end. Valgrind's sources describe it: dhat/dh_main.c. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"

struct error;

/* A function in a stack. */
struct heap_frame {
    char *function; /* "???" where it has no name */
    char *file;     /* of the source, or without lines the program or library */
    uint32_t line;  /* 0: not known */
};

/* One way by which memory was allocated that is left. */
struct heap_stack {
    uint64_t bytes;
    uint64_t blocks;
    size_t first; /* of calls: the innermost */
    size_t count;
};

/* { 0 } is nothing. */
struct heap_left {
    struct {
        struct heap_frame *items; /* each once */
        size_t count;
        size_t capacity;
    } frames;
    struct {
        uint32_t *items; /* indices of frames */
        size_t count;
        size_t capacity;
    } calls;
    struct {
        struct heap_stack *items;
        size_t count;
        size_t capacity;
    } stacks;
    uint64_t bytes; /* of all stacks */
};
#define AUTO_HEAP_LEFT AUTO(heap_left_clear)

void heap_left_clear(struct heap_left *left);

/* Reads the file into an empty one. -1 with ERROR_BENCHMARK where it is not of that form.
 */
int heap_left_read(const char *path, struct heap_left *left, struct error *err)
    MUST_CHECK;
