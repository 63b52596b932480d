/* The command line of replay. */
#pragma once

#include <stddef.h>

#include "gate/base/attributes.h"
#include "tests/bench/replay/stream.h"

struct error;

struct streams {
    struct stream *items;
    size_t count;
    size_t capacity;
};
#define AUTO_STREAMS AUTO(streams_clear)

void streams_clear(struct streams *streams);

struct options {
    size_t runs;
    size_t replays;
    size_t rows;      /* 0: gates of 1, 20 and 200 */
    const char *only; /* NULL: all that takes seconds */
    const char *plots;
};

/* Fills both from the words after the program's name; fails where they are no use. */
int options_read(char **words,
                 struct options *options,
                 struct streams *streams,
                 struct error *err) MUST_CHECK;
