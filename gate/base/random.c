#include "gate/base/random.h"

#include <sys/random.h>

#include "gate/base/error.h"

static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

uint64_t random_at(uint64_t seed, uint64_t stream, uint64_t index)
{
    const uint64_t golden = 0x9e3779b97f4a7c15U;
    uint64_t state = mix(seed + golden);
    state = mix(state ^ (stream + golden));
    return mix(state + (index + 1) * golden);
}

uint64_t random_below_at(uint64_t seed, uint64_t stream, uint64_t index, uint64_t limit)
{
    return random_at(seed, stream, index) % limit;
}

uint64_t random_stream_of(const char *name)
{
    uint64_t hash = 0xcbf29ce484222325U;
    for (const unsigned char *c = (const unsigned char *)name; *c; c++)
        hash = (hash ^ *c) * 0x100000001b3U;
    return hash;
}

int random_seed(uint64_t *seed, struct error *err)
{
    uint64_t drawn = 0;
    if (getrandom(&drawn, sizeof drawn, 0) != sizeof drawn)
        return error_errno(err, "cannot draw a seed");
    *seed = drawn >> 16;
    return 0;
}
