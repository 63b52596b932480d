/* The names that a repository's commits go by. */
#pragma once

#include "gate/base/attributes.h"

struct error;
struct strvec;

/* Appends "HEAD" and the short names of the branches, tags and remote branches of the
 * repository that directory lies in, sorted. Nothing is written. */
int source_list_names(const char *directory, struct strvec *out, struct error *err)
    MUST_CHECK;
