/* The builds kept in a cache, all together. */
#pragma once

#include <stdint.h>

#include "gate/base/attributes.h"

struct error;
struct source;

/* What the cache may hold where nothing else is said. */
#define BUILD_CACHE_LIMIT_BYTES ((int64_t)2 * 1024 * 1024 * 1024)

/* Removes leftovers of killed builds, then, while the builds take more than limit_bytes,
 * those used longest ago. What anybody holds a lock on stays, so that the cache may be
 * larger for as long as it is used. What can't be removed is left for the next time
 * (said at detail level). */
int build_cache_trim(const char *cache_directory,
                     int64_t limit_bytes,
                     struct source *source,
                     struct error *err) MUST_CHECK;
