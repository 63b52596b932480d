/* What tests of explanations share: what a report says, and what the result holds. */
#pragma once

#include <stdbool.h>

#include <jansson.h>

#include "tests/cli/gate.h"

/* Fails unless the report says so, whatever its lines break at. */
void explained_says(const struct outcome *outcome, const char *part);
/* Skips the test where the tool, which is also its package's name, is not installed. */
void explained_need(struct sandbox *sandbox, const char *tool);
/* Whether perf samples here; where not, it is said that something is not tested. */
bool explained_may_sample(struct sandbox *sandbox);
/* Runs pawl explain, which must end well, with a program that fails in the tool's place.
 */
struct outcome
explained_without(struct sandbox *sandbox, const char *tool, const char *arguments);
/* The first explanation of project/r.json. Owned by *result, which is the caller's. */
const json_t *explained_first(struct sandbox *sandbox, json_t **result);
