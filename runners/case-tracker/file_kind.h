/* What a file is, by the ending of its name. */
#pragma once

#include "gate/base/attributes.h"

struct error;

enum file_kind {
    FILE_JSON,   /* .json: an array of cases */
    FILE_SQLITE, /* .db, .sqlite */
    FILE_CSV,    /* .csv: for generate, import and export only */
};

int file_kind_of(const char *path, enum file_kind *kind, struct error *err) MUST_CHECK;

/* The name to write to: where path is a link, the file that it leads to (which then is
 * replaced, and not the link). The caller's. NULL where something other than a regular
 * file stands there: a device or a directory must not be replaced. */
char *file_target(const char *path, struct error *err) MUST_CHECK;
