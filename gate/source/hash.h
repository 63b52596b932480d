/* A name for a content, as git names blobs. */
#pragma once

#include <stddef.h>

#include "gate/source/revision.h"

/* The id that git gives a file with these bytes. */
void source_hash_text(const char *bytes, size_t length, char out[SOURCE_ID_SIZE]);
