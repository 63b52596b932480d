/* A pair as JSON: what the journal and the result file hold of it. */
#pragma once

#include <jansson.h>

#include "gate/base/attributes.h"
#include "gate/experiment/pair.h"

struct error;

/* A new object: number, position, is_warmup, first ("base" or "head"), is_pinned,
 * padding_bytes, discard, around (around_json.h), and the runs "base" and "head" (end,
 * exit_code where it is not 0, signal, start_errno and start_step where there was one,
 * then the figures with their units, less those that are unknown, and "readings" by
 * metric where there are any). */
json_t *pair_to_json(const struct pair *pair) MUST_CHECK;

/* The way back. -1 with ERROR_USAGE naming the key that is missing or wrong. */
int pair_from_json(const json_t *value, struct pair *out, struct error *err) MUST_CHECK;
