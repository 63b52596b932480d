/* A config's recipe, run in a tree. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/base/error.h"

struct recipe;
struct workplace;

/* steps_run over the recipe's commands; place->timeout_ns counts, not the recipe's own.
 */
int recipe_run(const struct workplace *place,
               const struct recipe *recipe,
               enum error_code code,
               const char *doing,
               struct error *err) MUST_CHECK;
