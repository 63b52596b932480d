#include "gate/source/lfs_pointer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/str.h"

static bool parse_oid(const char *line, struct lfs_pointer *out)
{
    const char *hex = line + strlen("oid sha256:");
    if (!str_starts_with(line, "oid sha256:") || strlen(hex) != 64 ||
        strspn(hex, "0123456789abcdef") != 64)
        return false;
    memcpy(out->oid, hex, sizeof out->oid);
    return true;
}

static bool parse_size(const char *line, struct lfs_pointer *out)
{
    const char *digits = line + strlen("size ");
    if (!str_starts_with(line, "size ") || !*digits ||
        strspn(digits, "0123456789") != strlen(digits))
        return false;
    errno = 0;
    out->size_bytes = strtoll(digits, NULL, 10);
    return errno == 0;
}

bool lfs_pointer_parse(const char *text, size_t length, struct lfs_pointer *out)
{
    char copy[LFS_POINTER_MAX_BYTES + 1];
    struct lfs_pointer pointer = { 0 };
    if (length < LFS_POINTER_MIN_BYTES || length > LFS_POINTER_MAX_BYTES ||
        text[length - 1] != '\n' || memchr(text, '\0', length))
        return false;
    memcpy(copy, text, length - 1);
    copy[length - 1] = '\0';

    char *rest = copy;
    const char *line = strsep(&rest, "\n");
    if (!str_equal(line, "version https://git-lfs.github.com/spec/v1"))
        return false;
    line = strsep(&rest, "\n");
    while (line && str_starts_with(line, "ext-"))
        line = strsep(&rest, "\n");
    if (!line || !parse_oid(line, &pointer))
        return false;
    line = strsep(&rest, "\n");
    if (!line || rest || !parse_size(line, &pointer))
        return false;
    *out = pointer;
    return true;
}
