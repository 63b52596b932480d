/* What a pair's surroundings did, as JSON: the member "around" of a pair. */
#pragma once

#include <jansson.h>

#include "gate/base/attributes.h"
#include "runners/environment.h"

struct error;

/* A new object; what is unknown is left out. NULL where nothing was watched. */
json_t *around_to_json(const struct environment_change *around);

/* value NULL: nothing was watched. -1 with ERROR_USAGE for anything that around_to_json
 * does not write. */
int around_from_json(const json_t *value,
                     struct environment_change *out,
                     struct error *err) MUST_CHECK;
