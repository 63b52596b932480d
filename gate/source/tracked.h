/* The files of a work tree that git tracks. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"

struct error;

/* Appends the names of the regular files in the index, from the top of the tree, in byte
 * order: what is committed or about to be, without links, submodules and what git
 * ignores. top is that of a work tree (source_find_top). Nothing is written. */
int source_list_tracked(const char *top, struct strvec *names, struct error *err)
    MUST_CHECK;
