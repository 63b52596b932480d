/* A file that appears under its name whole, or not at all, however its writer ends. */
#pragma once

#include <stddef.h>

#include "gate/base/attributes.h"

struct error;

/* Writes bytes to name in the open directory, over what stands there, and returns once
 * both are on disk. Where the file system can, the file has no name before it is whole,
 * and a killed writer leaves nothing; elsewhere, and over another file, it is written as
 * ".draft-..." and renamed, and what dead writers left of those is taken away. */
int draft_file_put(int directory,
                   const char *name,
                   const char *bytes,
                   size_t length,
                   struct error *err) MUST_CHECK;
