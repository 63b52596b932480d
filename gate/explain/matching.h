/* Which function of base is which of head. profile_diff.h says by which rules. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/explain/profile_diff.h"

struct match {
    uint32_t sides[SIDE_COUNT]; /* numbers in the costs; COSTS_NONE: not there */
    enum function_fate fate;
    uint32_t into; /* FUNCTION_INLINED: the match that does its work; else COSTS_NONE */
};

/* Each function of each side is in one of them. { 0 } is empty. */
struct matches {
    struct match *items;
    size_t count;
    size_t capacity;
};
#define AUTO_MATCHES AUTO(matches_clear)

void matches_clear(struct matches *matches);

/* The match of each function of a side, by its number in the side's costs; the caller's.
 */
uint32_t *matches_by_function(const struct matches *matches,
                              const struct costs *costs,
                              enum side side) MUST_CHECK;

void matches_make(struct matches *matches,
                  const struct costs *base,
                  const struct costs *head,
                  const struct file_renames *renames);
