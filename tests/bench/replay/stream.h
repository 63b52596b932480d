/* A stream: the times of many runs of one unchanged program, in the order they ran.
 * Decision rules draw windows of it and deal them to base and head. */
#pragma once

#include <stddef.h>

#include "gate/base/attributes.h"

struct error;

struct series {
    double *items; /* above 0; any unit */
    size_t count;
    size_t capacity;
};

struct stream {
    char *name;
    struct series wall;
    struct series cpu;
    double second_costs; /* what the second run of a pair takes longer for being second:
                            0.03 is 3 %; 0 for recordings, where it is in the data */
};
#define AUTO_STREAM AUTO(stream_clear)

void stream_clear(struct stream *stream);

/* Reads a CSV file with the header wall_ns,cpu_us and a line a run. */
int stream_load(struct stream *stream, const char *path, struct error *err) MUST_CHECK;
