/* A name for a content, as git names blobs. */
#pragma once

#include <stddef.h>

#include "gate/source/revision.h"

/* The id that git gives a file with these bytes. Takes microseconds while a source is
 * open, some milliseconds (libgit2 starts up) otherwise. */
void source_hash_text(const char *bytes, size_t length, char out[SOURCE_ID_SIZE]);

/* Between these two, which may be nested, source_hash_text always takes microseconds. */
void source_hash_begin(void);
void source_hash_end(void);
