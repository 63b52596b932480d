/* `pawl check --build CMD --run CMD`: the configuration of a project that has no
 * pawl.json. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"

struct check_options;
struct config;
struct error;
struct str;

/* Whether --build or --run was given. */
bool check_is_given(const struct check_options *options);

/* ERROR_USAGE for --build and --run beside --config, or one without the other. */
int check_given_options(const struct check_options *options, struct error *err)
    MUST_CHECK;

/* The configuration that they give; the caller's. ERROR_USAGE or ERROR_CONFIG. */
int check_given_config(const struct check_options *options,
                       struct config **out,
                       struct error *err) MUST_CHECK;

/* " --build CMD --run CMD", as they would be typed again. */
void check_given_add(const struct check_options *options, struct str *out);

/* What the report says of them: a sentence without its end. The caller's; NULL where they
 * were not given. */
char *check_given_rule(const struct check_options *options) MUST_CHECK;
