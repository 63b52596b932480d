#include "tests/bench/replay/draws.h"

#include <math.h>

#include "gate/base/random.h"

static uint64_t seed = 20240229;

void draws_reseed(uint64_t new_seed)
{
    seed = new_seed;
}

struct draws draws_of(const char *purpose, uint64_t number)
{
    return (struct draws){ .stream = random_at(seed, random_stream_of(purpose), number) };
}

struct draws draws_for(const char *purpose, const char *whom, uint64_t number)
{
    uint64_t own = random_at(seed, random_stream_of(whom), random_stream_of(purpose));
    return (struct draws){ .stream = random_at(seed, own, number) };
}

uint64_t draws_next(struct draws *draws)
{
    return random_at(seed, draws->stream, draws->drawn++);
}

uint64_t draws_below(struct draws *draws, uint64_t limit)
{
    return draws_next(draws) % limit;
}

double draws_uniform(struct draws *draws)
{
    return ((double)(draws_next(draws) >> 11) + 0.5) * 0x1p-53;
}

/* Box and Muller's, one of the two. */
double draws_normal(struct draws *draws)
{
    double radius = sqrt(-2 * log(draws_uniform(draws)));
    return radius * cos(2 * acos(-1.0) * draws_uniform(draws));
}
