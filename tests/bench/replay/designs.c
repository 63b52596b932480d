#include "tests/bench/replay/designs.h"

#include <math.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/stats/hodges_lehmann.h"
#include "gate/stats/robust.h"

/* The estimated change of one replay. */
typedef double estimate(const struct view *view, size_t n, uint64_t replay);

typedef double centre(const double *values, size_t n);

static double least(const double *values, size_t n)
{
    double least = values[0];
    for (size_t i = 1; i < n; i++)
        least = fmin(least, values[i]);
    return least;
}

static double ratio_of(
    const struct view *view, size_t n, uint64_t replay, enum design design, centre *of)
{
    AUTO_FREE double *base = xcalloc(2 * n, sizeof *base);
    double *head = base + n;
    deal_sides(view, deal_start(view, 2 * n, replay), design, n, base, head);
    return log(of(head, n) / of(base, n));
}

static double blocks_of_medians(const struct view *view, size_t n, uint64_t replay)
{
    return ratio_of(view, n, replay, DESIGN_BLOCKS, robust_median);
}

static double blocks_of_minima(const struct view *view, size_t n, uint64_t replay)
{
    return ratio_of(view, n, replay, DESIGN_BLOCKS, least);
}

static double alternating_minima(const struct view *view, size_t n, uint64_t replay)
{
    return ratio_of(view, n, replay, DESIGN_ALTERNATE, least);
}

static double alternating_medians(const struct view *view, size_t n, uint64_t replay)
{
    return ratio_of(view, n, replay, DESIGN_ALTERNATE, robust_median);
}

static double pairs(const struct view *view, size_t n, uint64_t replay)
{
    AUTO_FREE double *d = xcalloc(n, sizeof *d);
    deal_pairs(view, deal_start(view, 2 * n, replay), replay, n, d);
    return hodges_lehmann_estimate(d, n);
}

static const struct kind {
    const char *name;
    estimate *estimate;
} kinds[DESIGN_ESTIMATES] = {
    { "all of base, then all of head: medians", blocks_of_medians },
    { "all of base, then all of head: minima", blocks_of_minima },
    { "alternating: minima", alternating_minima },
    { "alternating: medians", alternating_medians },
    { "**pairs, order by a coin: Hodges-Lehmann**", pairs },
};

void designs_compare(const struct view *view,
                     size_t n,
                     size_t replays,
                     struct design_estimate estimates[DESIGN_ESTIMATES])
{
    for (size_t i = 0; i < DESIGN_ESTIMATES; i++) {
        double squares = 0; /* about 0, the truth: a bias is an error too */
        for (uint64_t replay = 0; replay < replays; replay++)
            squares += pow(kinds[i].estimate(view, n, replay), 2);
        estimates[i] =
            (struct design_estimate){ kinds[i].name, sqrt(squares / (double)replays) };
    }
}
