/* A profile while it is being read: finds the function, the call and the line that a cost
 * belongs to, and makes those that are new. */
#pragma once

#include "runners/callgrind/index.h"
#include "runners/callgrind/profile.h"

/* { .profile = ... } is a builder of that, which is empty. */
struct builder {
    struct profile *profile; /* borrowed */
    size_t event_count;      /* how many costs an item has; known before the first item */
    struct index functions;
    struct index calls;
    struct index lines;
    size_t self_capacity;
    size_t inclusive_capacity;
    size_t line_capacity;
    size_t line_call_capacity;
    uint32_t place_hash;     /* of the place that was asked for last */
    uint32_t place_function; /* that place */
    const char *place_file;  /* NULL: none yet */
};

/* Frees what was only needed for building; the profile stays. */
void builder_clear(struct builder *builder);

/* Each returns the number of the item; what it costs so far is 0 for a new one. The names
 * are interned ones. */
uint32_t builder_function(struct builder *builder,
                          const struct profile_function *function);
uint32_t builder_call(struct builder *builder, uint32_t caller, uint32_t callee);
uint32_t builder_line(struct builder *builder, const struct profile_line *line);
