/* A private copy of a file's bytes; writing to it leaves the file alone. It costs what is
 * looked at, not what the file holds. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"

struct file_copy {
    unsigned char *bytes; /* NULL for an empty file */
    size_t size;
};
#define AUTO_FILE_COPY AUTO(file_copy_clear)

/* Fills the empty copy; false where it is no regular file that can be read. */
bool file_copy_open(struct file_copy *copy, const char *path) MUST_CHECK;
void file_copy_clear(struct file_copy *copy);
