/* Which compiler builds are made with. */
#pragma once

#include "gate/base/attributes.h"

struct error;
struct spawner;
struct str;
struct strvec;

/* Appends the first line that "${CC:-cc} --version" prints, with CC and PATH from
 * environment; nothing where there is no such compiler or it fails. The output goes by
 * way of a file in scratch_directory, which is removed again. -1 for trouble of ours. */
int toolchain_version(struct spawner *spawner,
                      const struct strvec *environment,
                      const char *scratch_directory,
                      struct str *line,
                      struct error *err) MUST_CHECK;
