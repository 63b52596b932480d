/* Merge bases where the history is cut off. Private to gate/source. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"
#include "gate/source/git_auto.h"

/* The newest common ancestor of a and b that no other common ancestor descends from.
 * Parents that are not in the clone are taken as not being there, as git does. False
 * where there is no common ancestor. */
bool shallow_merge_base(git_oid *out,
                        git_repository *repository,
                        const git_oid *a,
                        const git_oid *b) MUST_CHECK;
