/* A configuration for a project that has no pawl.json: what --build and --run give, and
 * the defaults for all else. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"

struct error;

/* The text of the pawl.json that says the same, for config_parse. Each of builds is a
 * command that makes a side, each of runs a benchmark: "NAME=COMMAND", or "COMMAND",
 * which is named by its program's file. What only a shell obeys is run by one, and each
 * of its lines must succeed. The caller's; NULL with ERROR_USAGE where runs is empty or
 * has two of one name. */
char *config_given(const struct strvec *builds,
                   const struct strvec *runs,
                   struct error *err) MUST_CHECK;
