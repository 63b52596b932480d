/* The file in which the processes of a counted run keep their figures: the preloaded
 * library (preload.c) maps it and counts in place, so that nothing has to be written when
 * a process ends, however that happens; the runner (alloc.c) reads it afterwards.
 *
 * Each process image, from exec to its end or its next exec, has a slot of its own, and
 * so has each forked child: live memory is that of one address space. The file is mostly
 * a hole: only slots that were used take space. */
#pragma once

#include <stdatomic.h>
#include <stdint.h>

/* The library finds the file's absolute name in this variable. */
#define ALLOC_FILE_VARIABLE "PAWL_ALLOC_FILE"

#define ALLOC_MAGIC      UINT64_C(0x314c4c4157415031) /* of this layout */
#define ALLOC_SLOT_COUNT 65536

struct alloc_slot {
    _Atomic uint64_t allocations; /* calls that gave memory; a realloc is one, too */
    _Atomic uint64_t bytes;       /* that they asked for */
    _Atomic uint64_t live;        /* asked for and not given back yet */
    _Atomic uint64_t peak;        /* the most that live was */
    _Atomic uint32_t flags;       /* of enum alloc_flag */
    int32_t pid;
    uint64_t unused[3];
};

/* Why a slot's figures are not the whole truth. */
enum alloc_flag {
    ALLOC_OWN_MALLOC = 1, /* the program brings a malloc of its own, which is used */
    ALLOC_LOST_TRACK = 2, /* no memory for the table of what is live */
};

struct alloc_counts {
    uint64_t magic;
    _Atomic uint64_t used; /* slots taken; those above the count had none */
    uint64_t unused[6];
    struct alloc_slot slots[ALLOC_SLOT_COUNT];
};

_Static_assert(sizeof(struct alloc_slot) == 64, "slots do not share a cache line");
