#include "tests/unit/stats/noise.h"

#include <math.h>

#include "gate/base/random.h"

enum {
    STREAM_NORMAL = 1,
    STREAM_SIGN,
    STREAM_TICK
};

/* Between 0 and 1, neither of them. */
static double uniform(uint64_t seed, uint64_t index)
{
    uint64_t bits = random_at(seed, STREAM_NORMAL, index) >> 11;
    return ((double)bits + 0.5) / 9007199254740992.0;
}

double noise_normal(uint64_t seed, uint64_t index)
{
    /* Box and Muller. */
    double radius = sqrt(-2 * log(uniform(seed, 2 * index)));
    return radius * cos(2 * M_PI * uniform(seed, 2 * index + 1));
}

double noise_sign(uint64_t seed, uint64_t index)
{
    return random_below_at(seed, STREAM_SIGN, index, 2) ? 1 : -1;
}

double noise_nasty_magnitude(uint64_t seed, uint64_t index)
{
    double phase = (double)(seed % 97) + (double)index / 11;
    double scale = 0.01 * exp(1.5 * sin(phase));
    double magnitude = scale * exp(noise_normal(seed, index));
    if (random_below_at(seed, STREAM_TICK, index / 4, 10) == 0)
        magnitude += 0.3;
    if (random_below_at(seed, STREAM_TICK, ~index, 3) == 0)
        magnitude = floor(magnitude / 0.01) * 0.01;
    return magnitude;
}
