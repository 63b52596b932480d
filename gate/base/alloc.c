#include "gate/base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

NORETURN static void out_of_memory(void)
{
    fputs("pawl: out of memory\n", stderr);
    exit(5); /* EXIT_TROUBLE of the command line */
}

void *xcalloc(size_t count, size_t size)
{
    void *memory = calloc(count ? count : 1, size ? size : 1);
    if (!memory)
        out_of_memory();
    return memory;
}

void *xreallocarray(void *memory, size_t count, size_t size)
{
    void *grown = reallocarray(memory, count ? count : 1, size ? size : 1);
    if (!grown)
        out_of_memory();
    return grown;
}

char *xstrndup(const char *text, size_t length)
{
    char *copy = strndup(text, length);
    if (!copy)
        out_of_memory();
    return copy;
}

char *xstrdup(const char *text)
{
    return text ? xstrndup(text, strlen(text)) : NULL;
}

void free_pointer(void *pointer_to_pointer)
{
    free(*(void **)pointer_to_pointer);
}
