/* One process at a time changes what private repositories know of worktrees. Private to
 * gate/source. */
#pragma once

#include "gate/base/attributes.h"

struct error;

/* <cache_directory>/git, where the private repositories stand; the caller's. */
char *cache_git_directory(const char *cache_directory) MUST_CHECK;

/* Waits for the cache's lock (making the directories) and returns a descriptor that holds
 * it until closed, so a killed process holds nothing; -1 with err. Hold it shortly, and
 * never take it twice. */
int cache_lock(const char *cache_directory, struct error *err) MUST_CHECK;
