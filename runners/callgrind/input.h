/* A big text file in blocks of whole lines, without ever holding more than one. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"

struct error;

/* { .fd = -1 } is empty. */
struct input {
    int fd;
    const char *path; /* borrowed */
    char *buffer;
    size_t capacity;
    size_t filled; /* bytes in buffer */
    size_t used;   /* of them, those that were handed out */
    bool is_at_end;
    size_t line; /* number of the line being looked at, for messages; the reader counts */
};
#define AUTO_INPUT AUTO(input_close)

int input_open(struct input *input, const char *path, struct error *err) MUST_CHECK;
void input_close(struct input *input);

/* The next block: one line or more, each with its '\n' (one is put after a last line that
 * lacks it). 1 with a block, 0 at the end of the file, -1 where it can't be read. The
 * block is valid until the next call. */
int input_next(struct input *input,
               const char **begin,
               const char **end,
               struct error *err) MUST_CHECK;

/* Sets ERROR_BENCHMARK to "in 'path', line n: ..." and returns -1. */
int input_fail(const struct input *input, struct error *err, const char *format, ...)
    PRINTF_LIKE(3, 4);
