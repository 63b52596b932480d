/* "paths": the files on which benchmarks depend. Where a change touches none of them,
 * nothing has to be built or measured.
 *
 * Patterns over names from the top of the repository, read in order, of which the last
 * that matches counts: "src" and "src/" are the file or directory with all that is in it,
 * '*' is any text without '/', '?' one character of it, "**" any directories; a '!' in
 * front takes out again. Where the first has one, all else is in. */
#pragma once

#include <stdbool.h>

#include "gate/base/strvec.h"
#include "gate/config/config.h"

/* Whether the file is among them. */
bool paths_hold(const struct strvec *patterns, const char *file);

/* Those of the suite, else the config's; NULL where neither has any: every file matters.
 * Borrowed. */
const struct strvec *paths_of_suite(const struct config *config,
                                    const struct suite *suite);
