#include "gate/base/strvec.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"

void strvec_clear(struct strvec *vec)
{
    for (size_t i = 0; i < vec->count; i++)
        free(vec->items[i]);
    array_clear(vec);
}

void strvec_push_owned(struct strvec *vec, char *text)
{
    vec->items =
        array_room(vec->items, &vec->capacity, vec->count + 2, sizeof *vec->items);
    vec->items[vec->count++] = text;
    vec->items[vec->count] = NULL;
}

void strvec_push(struct strvec *vec, const char *text)
{
    strvec_push_owned(vec, xstrdup(text));
}

void strvec_pushf(struct strvec *vec, const char *format, ...)
{
    char *text = NULL;
    va_list args;
    va_start(args, format);
    int length = vasprintf(&text, format, args);
    va_end(args);
    strvec_push_owned(vec, length < 0 ? xstrdup("") : text);
}

void strvec_push_all(struct strvec *vec, const struct strvec *more)
{
    for (size_t i = 0; i < more->count; i++)
        strvec_push(vec, more->items[i]);
}

void strvec_copy(struct strvec *to, const struct strvec *from)
{
    strvec_clear(to);
    strvec_push_all(to, from);
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void strvec_sort(struct strvec *vec)
{
    if (vec->count > 1)
        qsort(vec->items, vec->count, sizeof *vec->items, compare_texts);
}

char *strvec_join(const struct strvec *vec, const char *separator)
{
    struct str joined = STR_INIT;
    for (size_t i = 0; i < vec->count; i++) {
        if (i)
            str_add(&joined, separator);
        str_add(&joined, vec->items[i]);
    }
    return str_detach(&joined);
}
