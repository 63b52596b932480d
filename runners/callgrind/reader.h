/* The reader of profiles between its two halves: reader.c (names, calls, header lines)
 * and cost_line.c (costs). Not for others: they use profile.h.
 *
 * What a line means depends on the lines before it, which this keeps: whose costs are
 * being read, from which line of which file, and who is being called. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "runners/callgrind/builder.h"
#include "runners/callgrind/header.h"
#include "runners/callgrind/input.h"
#include "runners/callgrind/names.h"

/* What the next line of costs is about. */
enum costs_of {
    COSTS_OF_CODE, /* the current function's own */
    COSTS_OF_CALL, /* after "calls=" */
    COSTS_OF_JUMP  /* after "jump=" or "jcnd=": a position, without costs */
};

struct reader {
    struct input input;
    struct header header;
    struct names names;
    struct builder builder;
    struct profile *profile;
    struct error *err; /* filled by what fails */

    const char *object;
    const char *file; /* of the costs: another than the function's in inlined code */
    const char *function_file;     /* of the last "fl=" */
    struct profile_function place; /* of the last "fn=" */
    uint32_t function;             /* the number of that, where has_function */
    bool has_function;

    const char *called_object; /* NULL: the same as the caller's */
    const char *called_file;
    struct profile_function callee; /* of the last "cfn="; all NULL before the first */
    uint64_t call_count;            /* with COSTS_OF_CALL */

    enum costs_of costs_of;
    uint64_t positions[HEADER_MOST_POSITIONS];
    struct profile_line line; /* that line_item is of */
    uint32_t line_item;
    bool has_line;
    const char *end; /* not behind the end of the line being read; near it for costs */
};

/* Sets the error, with the line being read, and is -1. */
#define reader_fail(reader, ...) input_fail(&(reader)->input, (reader)->err, __VA_ARGS__)

/* Takes in the line of costs that begins at `at`, and moves reader->end to its end. */
int reader_read_costs(struct reader *reader, const char *at);
