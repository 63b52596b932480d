#include <math.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "tests/bench/changes/energy.h"
#include "tests/bench/changes/peers.h"
#include "tests/bench/replay/draws.h"

enum {
    LEAST = 5,
    PERMUTATIONS = 199
};

/* Parts are from one of ends to the next; the first is 0 and the last n. */
struct parts {
    size_t *ends;
    size_t count; /* of parts */
};

static struct energy_split best_of(const double *values, const struct parts *parts)
{
    struct energy_split best = { 0, -(double)INFINITY };
    for (size_t i = 0; i < parts->count; i++) {
        size_t first = parts->ends[i];
        struct energy_split split =
            energy_best_split(values + first, parts->ends[i + 1] - first, LEAST);
        if (split.split && split.q > best.q)
            best = (struct energy_split){ first + split.split, split.q };
    }
    return best;
}

static void shuffle(double *values, size_t n, struct draws *draws)
{
    for (size_t i = n; i > 1; i--) {
        size_t other = draws_below(draws, i);
        double moved = values[i - 1];
        values[i - 1] = values[other];
        values[other] = moved;
    }
}

static double
p_of(const double *values, const struct parts *parts, double q, struct draws *draws)
{
    size_t n = parts->ends[parts->count];
    AUTO_FREE double *shuffled = xcalloc(n, sizeof *shuffled);
    size_t reached = 1;
    memcpy(shuffled, values, n * sizeof *shuffled);
    for (size_t i = 0; i < PERMUTATIONS; i++) {
        for (size_t part = 0; part < parts->count; part++)
            shuffle(shuffled + parts->ends[part],
                    parts->ends[part + 1] - parts->ends[part], draws);
        reached += best_of(shuffled, parts).q >= q;
    }
    return (double)reached / (PERMUTATIONS + 1);
}

static void add_end(struct parts *parts, size_t end)
{
    size_t i = ++parts->count;
    for (; parts->ends[i - 1] > end; i--)
        parts->ends[i] = parts->ends[i - 1];
    parts->ends[i] = end;
}

size_t edivisive_find(
    const double *values, size_t n, double level, uint64_t number, size_t *found)
{
    AUTO_FREE size_t *ends = xcalloc(n + 2, sizeof *ends);
    struct parts parts = { ends, 1 };
    struct draws draws = draws_of("edivisive", number);
    ends[1] = n;
    for (;;) {
        struct energy_split best = best_of(values, &parts);
        if (!best.split || p_of(values, &parts, best.q, &draws) > level)
            break;
        add_end(&parts, best.split);
    }
    memcpy(found, ends + 1, (parts.count - 1) * sizeof *found);
    return parts.count - 1;
}
