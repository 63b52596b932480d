/* libpawl-alloc.so: preloaded into a counted program, it stands in front of the
 * allocator, passes every call on, and counts.
 *
 * Everything that allocates on the heap comes through here: strdup, getline, fopen, and
 * C++'s new call malloc through the dynamic linker as the program itself does. Programs
 * that are linked statically never see this library.
 *
 * Must work from the first instruction of the program on: before its own constructor has
 * run, in the middle of dlsym, in a forked child, in a signal handler's exit. So it
 * depends on nothing that may allocate, and does without pawl's own gate/base. */
#include <dlfcn.h>
#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "runners/alloc/early_heap.h"
#include "runners/alloc/tally.h"

#define EXPORT __attribute__((visibility("default")))

/* The allocator that would have been called. Below, parameters have the C library's
 * names. */
static struct {
    void *(*malloc)(size_t);
    void *(*calloc)(size_t, size_t);
    void *(*realloc)(void *, size_t);
    void (*free)(void *);
    int (*posix_memalign)(void **, size_t, size_t);
    void *(*aligned_alloc)(size_t, size_t);
    void *(*memalign)(size_t, size_t);
    void *(*valloc)(size_t);
    void *(*pvalloc)(size_t);
} real;

enum {
    UNREADY,
    GETTING_READY, /* calls come from dlsym, or from another thread */
    READY
};
static _Atomic int state;

static void find_real(void *function, const char *name)
{
    void *found = dlsym(RTLD_NEXT, name);
    memcpy(function, &found, sizeof found);
}

static void find_allocator(void)
{
    find_real(&real.malloc, "malloc");
    find_real(&real.calloc, "calloc");
    find_real(&real.realloc, "realloc");
    find_real(&real.free, "free");
    find_real(&real.posix_memalign, "posix_memalign");
    find_real(&real.aligned_alloc, "aligned_alloc");
    find_real(&real.memalign, "memalign");
    find_real(&real.valloc, "valloc");
    find_real(&real.pvalloc, "pvalloc");
}

/* A program that defines malloc itself (a statically linked jemalloc, say) goes before
 * preloaded libraries. */
static bool is_in_front(void)
{
    Dl_info ours;
    Dl_info theirs;
    void *first = dlsym(RTLD_DEFAULT, "malloc");
    return !first || !dladdr(&real, &ours) || !dladdr(first, &theirs) ||
           ours.dli_fbase == theirs.dli_fbase;
}

static bool is_ready(void)
{
    int unready = UNREADY;
    if (atomic_load_explicit(&state, memory_order_acquire) == READY)
        return true;
    if (!atomic_compare_exchange_strong(&state, &unready, GETTING_READY))
        return false;
    find_allocator();
    tally_open();
    if (!is_in_front())
        tally_own_malloc();
    atomic_store_explicit(&state, READY, memory_order_release);
    return true;
}

__attribute__((constructor)) static void begin(void)
{
    if (is_ready())
        tally_watch_forks();
}

EXPORT void *malloc(size_t size)
{
    if (!is_ready())
        return early_heap_give(size, 1);
    void *memory = real.malloc(size);
    tally_give(memory, size);
    return memory;
}

EXPORT void *calloc(size_t nmemb, size_t size)
{
    size_t bytes = 0;
    if (__builtin_mul_overflow(nmemb, size, &bytes)) {
        errno = ENOMEM;
        return NULL;
    }
    if (!is_ready())
        return early_heap_give(bytes, 1);
    void *memory = real.calloc(nmemb, size);
    tally_give(memory, bytes);
    return memory;
}

EXPORT void free(void *ptr)
{
    if (!ptr || early_heap_has(ptr) || !is_ready())
        return;
    tally_take(ptr);
    real.free(ptr);
}

static void *move_from_early_heap(void *memory, size_t size)
{
    size_t old = early_heap_size(memory);
    void *moved = malloc(size);
    if (moved)
        memcpy(moved, memory, old < size ? old : size);
    return moved;
}

EXPORT void *realloc(void *ptr, size_t size)
{
    if (!ptr)
        return malloc(size);
    if (early_heap_has(ptr))
        return move_from_early_heap(ptr, size);
    if (!is_ready())
        return NULL;
    struct tally_block old = tally_forget(ptr);
    void *moved = real.realloc(ptr, size);
    if (moved)
        tally_regive(old, moved, size);
    else if (size == 0)
        tally_freed(old);
    else
        tally_restore(old, ptr);
    return moved;
}

EXPORT void *reallocarray(void *ptr, size_t nmemb, size_t size)
{
    size_t bytes = 0;
    if (__builtin_mul_overflow(nmemb, size, &bytes)) {
        errno = ENOMEM;
        return NULL;
    }
    return realloc(ptr, bytes);
}

EXPORT int posix_memalign(void **memptr, size_t alignment, size_t size)
{
    if (!is_ready()) {
        *memptr = early_heap_give(size, alignment);
        return *memptr ? 0 : ENOMEM;
    }
    int trouble = real.posix_memalign(memptr, alignment, size);
    if (trouble == 0)
        tally_give(*memptr, size);
    return trouble;
}

EXPORT void *aligned_alloc(size_t alignment, size_t size)
{
    if (!is_ready())
        return early_heap_give(size, alignment);
    void *memory = real.aligned_alloc(alignment, size);
    tally_give(memory, size);
    return memory;
}

EXPORT void *memalign(size_t alignment, size_t size)
{
    if (!is_ready())
        return early_heap_give(size, alignment);
    void *memory = real.memalign(alignment, size);
    tally_give(memory, size);
    return memory;
}

EXPORT void *valloc(size_t size)
{
    if (!is_ready())
        return NULL;
    void *memory = real.valloc(size);
    tally_give(memory, size);
    return memory;
}

EXPORT void *pvalloc(size_t size)
{
    if (!is_ready())
        return NULL;
    void *memory = real.pvalloc(size);
    tally_give(memory, size);
    return memory;
}
