/* Random numbers that can be drawn again: each is a function of seed, stream and index
 * alone, so that a resumed run draws what the interrupted one would have drawn. */
#pragma once

#include <stdint.h>

#include "gate/base/attributes.h"

struct error;

/* 64 bits, from the finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable
 * pseudorandom number generators", OOPSLA 2014) over seed, stream and index. */
uint64_t random_at(uint64_t seed, uint64_t stream, uint64_t index);

/* Uniform in 0 .. limit - 1 (limit at least 1). The bias of at most limit / 2^64 is of no
 * account for the limits used here (thousands). */
uint64_t random_below_at(uint64_t seed, uint64_t stream, uint64_t index, uint64_t limit);

/* A number for a name, to be used as a stream: FNV-1a. */
uint64_t random_stream_of(const char *name);

/* A seed from the kernel, at most 2^48 so that JSON readers keep it exactly. */
int random_seed(uint64_t *seed, struct error *err) MUST_CHECK;
