/* The text that stands in a commit for a file in Git LFS. Private to gate/source. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* No pointer is longer (the specification's limit), and none is shorter. */
#define LFS_POINTER_MAX_BYTES 1024
#define LFS_POINTER_MIN_BYTES 126

struct lfs_pointer {
    char oid[65]; /* SHA-256 in hex, with its NUL */
    int64_t size_bytes;
};

/* True where text is a pointer and nothing else, by
 * https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md. */
bool lfs_pointer_parse(const char *text, size_t length, struct lfs_pointer *out);
