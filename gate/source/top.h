/* Where a repository's files are. */
#pragma once

#include "gate/base/attributes.h"

struct error;

/* The top of the work tree that directory lies in, without a '/' at its end: the
 * caller's; NULL in *top for a bare repository. Nothing is written, here or in the cache.
 */
int source_find_top(const char *directory, char **top, struct error *err) MUST_CHECK;
