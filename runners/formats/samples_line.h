/* One line of samples: see samples.h. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"

struct error;
struct samples;

struct samples_line {
    struct samples *samples; /* what it adds to */
    const char *path;
    size_t number;
};

/* Adds a line that is a JSON object. */
int samples_line_json(const struct samples_line *line,
                      const char *text,
                      struct error *err) MUST_CHECK;

/* The nanoseconds of a unit: ns, us (also with a micro sign), ms, s. False for others. */
bool samples_unit(const char *name, double *ns) MUST_CHECK;

/* "in 'path', line 3: ...", with ERROR_BENCHMARK. Always -1. */
int samples_line_error(const struct samples_line *line,
                       struct error *err,
                       const char *format,
                       ...) PRINTF_LIKE(3, 4);
