/* What tests of explanations share: what a report says, and what the result holds. */
#pragma once

#include <jansson.h>

#include "tests/cli/gate.h"

/* Fails unless the report says so, whatever its lines break at. */
void explained_says(const struct outcome *outcome, const char *part);
/* Skips the test where the tool, which is also its package's name, is not installed. */
void explained_need(struct sandbox *sandbox, const char *tool);
/* The first explanation of project/r.json. Owned by *result, which is the caller's. */
const json_t *explained_first(struct sandbox *sandbox, json_t **result);
