/* Which shard of a merged gate ran where, in words. */
#pragma once

#include <stdbool.h>

struct result;
struct sharding;
struct str;

/* "1: 10 benches on Intel Xeon, 4 CPUs; 2: 9 benches on ..."; the first 20 of them.
 * Nothing for NULL, and for a shard by itself. */
void sharding_add_parts(struct str *out, const struct sharding *sharding);

/* What comes before the answer of one shard: "Shard 2 of 4. ". True where that is all of
 * it, since the shard has no benchmarks. */
bool sharding_add_answer(struct str *out, const struct result *result);
