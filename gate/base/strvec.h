/* A list of owned strings, NULL-terminated, so that items fits execve without a cast. */
#pragma once

#include <stddef.h>

#include "gate/base/attributes.h"

struct strvec {
    char **items; /* count strings, then NULL; NULL while nothing was pushed */
    size_t count;
    size_t capacity;
};

#define AUTO_STRVEC AUTO(strvec_clear)

void strvec_clear(struct strvec *vec);
void strvec_push(struct strvec *vec, const char *text);
void strvec_pushf(struct strvec *vec, const char *format, ...) PRINTF_LIKE(2, 3);
/* Takes text over. */
void strvec_push_owned(struct strvec *vec, char *text);
void strvec_push_all(struct strvec *vec, const struct strvec *more);
void strvec_copy(struct strvec *to, const struct strvec *from);
/* Sorts by bytes. */
void strvec_sort(struct strvec *vec);

/* The items with separator between them; the caller's. */
char *strvec_join(const struct strvec *vec, const char *separator) MUST_CHECK;
