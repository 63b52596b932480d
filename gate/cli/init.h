/* 'pawl init': what it reads of a project, and what it writes. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/config/project.h"

struct error;
struct str;

/* Adds the files below top that git tracks, with the text of those that can tell
 * something: up to 1 MiB each, and none through a link. Names that are no UTF-8 are left
 * out, for pawl.json can't name them. */
int init_read_project(const char *top, struct project *project, struct error *err)
    MUST_CHECK;

/* Writes text to a new file at path, which must not be there: -1 with ERROR_USAGE where
 * it is, even as a link that leads nowhere. Nothing is left where it can't be written
 * whole. */
int init_write_new(const char *path, const char *text, struct error *err) MUST_CHECK;
