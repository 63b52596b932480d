/* The header lines of a profile: which positions stand before the costs of a line, which
 * events they are costs of, and what they come to in all. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"
#include "runners/callgrind/input.h"

#define HEADER_MOST_EVENTS    64
#define HEADER_MOST_POSITIONS 3

/* HEADER_INIT is what a file begins with. */
struct header {
    struct strvec events;
    size_t position_count;
    size_t line_position; /* which of them is the line; position_count: none */
    size_t part_count;    /* "events:" lines: one a part */
    bool is_of_callgrind; /* which closes each part with "totals:" */
    bool has_totals;      /* of the part under way */
    bool has_any_total;   /* of any part: a "totals:" or "summary:" */
    uint64_t summary[HEADER_MOST_EVENTS]; /* of the part under way */
    uint64_t part[HEADER_MOST_EVENTS];    /* its "totals:" */
    uint64_t totals[HEADER_MOST_EVENTS];  /* of the parts before it */
};
#define HEADER_INIT ((struct header){ .position_count = 1 })

void header_clear(struct header *header);

/* Takes in a header line, which input's message would name. -1 with an error where it is
 * none, or bad. */
int header_read_line(struct header *header,
                     const struct input *input,
                     const char *line,
                     struct error *err) MUST_CHECK;

/* At the end of the file: adds the last part to totals. -1 with an error where there is
 * no part, or where it was cut short. */
int header_finish(struct header *header, const struct input *input, struct error *err)
    MUST_CHECK;
