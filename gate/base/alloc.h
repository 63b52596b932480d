/* Memory that is always there: these end the program when memory runs out, so that every
 * error left in the code is one that somebody can cause in a test. */
#pragma once

#include <stddef.h>

#include "gate/base/attributes.h"

/* Zeroed memory for count items of size bytes; the caller's, ended with free(). Never
 * NULL. */
void *xcalloc(size_t count, size_t size) MUST_CHECK;

/* As reallocarray, but never NULL; count may be 0 (one item is then reserved). */
void *xreallocarray(void *memory, size_t count, size_t size) MUST_CHECK;

/* A copy of text (the caller's). NULL gives NULL. */
char *xstrdup(const char *text) MUST_CHECK;
char *xstrndup(const char *text, size_t length) MUST_CHECK;

/* cleanup helper: frees what the pointer points at. */
void free_pointer(void *pointer_to_pointer);
#define AUTO_FREE AUTO(free_pointer)
