/* The bare repository in the cache that stands beside one of the user's. Private to
 * gate/source. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/source/git_auto.h"

struct error;

/* Makes it where it is not there, and brings up to date what it takes from the user's
 * repository: object stores, the ends of a shallow history, tags (for git describe). */
int private_repository_open(git_repository **out,
                            git_repository *user,
                            const char *cache_directory,
                            struct error *err) MUST_CHECK;

/* Brings the same up to date after the user's repository has fetched. */
int private_repository_refresh(git_repository *own,
                               git_repository *user,
                               const char *cache_directory,
                               struct error *err) MUST_CHECK;
