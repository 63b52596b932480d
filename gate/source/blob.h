/* Files of a commit, read without a checkout. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"

struct error;
struct source;
struct str;

/* Appends the file's bytes, as they are stored, to text and sets *is_there. A path that
 * the commit (or tree; a full id) lacks is no error; a path that is no file is one. */
int source_read_blob(struct source *source,
                     const char *commit_or_tree,
                     const char *path,
                     struct str *text,
                     bool *is_there,
                     struct error *err) MUST_CHECK;
