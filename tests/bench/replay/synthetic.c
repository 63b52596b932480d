#include "tests/bench/replay/synthetic.h"

#include <math.h>

#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "tests/bench/replay/draws.h"

enum {
    RUNS = 12000
};

/* What makes a stream, run by run. */
struct maker {
    struct draws draws;
    size_t index; /* of the run */
    double state; /* kept from run to run, 0 at first */
};

/* The log of the next run, relative to 10 ms. */
typedef double make_log(struct maker *maker);

/* A machine that gets faster and slower: 20 % up and down over 3,000 runs, on top of it a
 * random walk that is pulled back to its middle. */
static double drifting(struct maker *maker)
{
    maker->state = 0.999 * maker->state + 0.004 * draws_normal(&maker->draws);
    double wave = 0.1 * sin(2 * acos(-1.0) * (double)maker->index / 3000);
    return wave + maker->state + 0.01 * draws_normal(&maker->draws);
}

/* Student's t with 2 degrees of freedom: its variance is infinite. */
static double heavy_tailed(struct maker *maker)
{
    double normal = draws_normal(&maker->draws);
    double spread = sqrt(-log(draws_uniform(&maker->draws)));
    return fmin(0.01 * normal / spread, 3);
}

/* Each run is either fast or 15 % slower, by a coin: a core of another kind, or memory
 * that lies well or badly. */
static double two_speed(struct maker *maker)
{
    return 0.15 * (double)draws_below(&maker->draws, 2) +
           0.005 * draws_normal(&maker->draws);
}

/* Neighbours have the correlation 0.95. */
static double autocorrelated(struct maker *maker)
{
    maker->state = 0.95 * maker->state + 0.01 * draws_normal(&maker->draws);
    return maker->state;
}

/* Quiet, but in the middle third of each 90 runs somebody else uses the machine: 30 %
 * slower and 8 times as noisy. */
static double burst(struct maker *maker)
{
    if (maker->index / 30 % 3 != 1)
        return 0.01 * draws_normal(&maker->draws);
    return 0.26 + 0.08 * fabs(draws_normal(&maker->draws));
}

static double quiet(struct maker *maker)
{
    return 0.01 * draws_normal(&maker->draws);
}

static const struct kind {
    const char *name;
    make_log *make;
    double second_costs;
} kinds[] = {
    { "drifting", drifting, 0 },   { "heavy-tailed", heavy_tailed, 0 },
    { "two-speed", two_speed, 0 }, { "autocorrelated", autocorrelated, 0 },
    { "burst", burst, 0 },         { "second-slower", quiet, 0.03 },
};
enum {
    KINDS = sizeof kinds / sizeof *kinds
};

size_t synthetic_count(void)
{
    return KINDS;
}

const char *synthetic_name(size_t index)
{
    return kinds[index].name;
}

static const struct kind *find_kind(const char *name)
{
    for (size_t i = 0; i < KINDS; i++) {
        if (str_equal(kinds[i].name, name))
            return &kinds[i];
    }
    return NULL;
}

int synthetic_make(struct stream *stream, const char *name, struct error *err)
{
    const struct kind *kind = find_kind(name);
    if (!kind)
        return error_set(err, ERROR_USAGE,
                         "no synthetic stream is called '%s': drifting, heavy-tailed, "
                         "two-speed, autocorrelated, burst or second-slower",
                         name);
    struct maker maker = { .draws = draws_of(name, 0) };
    *stream =
        (struct stream){ .name = xstrdup(name), .second_costs = kind->second_costs };
    for (; maker.index < RUNS; maker.index++) {
        double cpu_us = 10000 * exp(kind->make(&maker));
        *array_push(&stream->cpu) = cpu_us;
        *array_push(&stream->wall) =
            1000 * cpu_us * exp(0.005 * draws_normal(&maker.draws));
    }
    return 0;
}
