#include "gate/stats/sign_walk.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"

/* How many patterns of signs leave which sum against the sign. Sums only grow from pair
 * to pair, so those beyond the one that was seen need no counting. Counts are doubles:
 * exact up to 2^53, to 15 digits beyond, and 2^SIGN_WALK_PAIRS is far from their end. */
struct patterns {
    double *counts; /* of the sums 0 .. limit */
    double *next;
    size_t limit;
    size_t reach; /* counts are zero above this sum */
    int coins;    /* thrown so far; 2^coins patterns in all */
};

static void patterns_clear(struct patterns *patterns)
{
    free(patterns->counts);
    free(patterns->next);
    *patterns = (struct patterns){ 0 };
}
#define AUTO_PATTERNS AUTO(patterns_clear)

static void patterns_init(struct patterns *patterns, size_t limit)
{
    *patterns = (struct patterns){ .limit = limit };
    patterns->counts = xcalloc(limit + 1, sizeof *patterns->counts);
    patterns->next = xcalloc(limit + 1, sizeof *patterns->next);
    patterns->counts[0] = 1;
}

/* One more coin, which adds score or nothing. */
static void throw_coin(struct patterns *patterns, size_t score)
{
    const double *restrict counts = patterns->counts;
    double *restrict next = patterns->next;
    size_t reach = patterns->reach + score;

    if (reach > patterns->limit)
        reach = patterns->limit;
    for (size_t sum = 0; sum < score && sum <= reach; sum++)
        next[sum] = counts[sum];
    for (size_t sum = score; sum <= reach; sum++)
        next[sum] = counts[sum] + counts[sum - score];
    double *thrown = patterns->next;
    patterns->next = patterns->counts;
    patterns->counts = thrown;
    patterns->reach = reach;
    patterns->coins++;
}

/* The coins of the pairs that this look is the first to see. */
static void
throw_coins(struct patterns *patterns, const struct sign_walk *walk, size_t look)
{
    for (size_t i = look ? walk->ends[look - 1] : 0; i < walk->ends[look]; i++)
        if (walk->scores[i])
            throw_coin(patterns, walk->scores[i]);
}

/* The distances seen so far, in ascending order. */
struct seen {
    double sorted[SIGN_WALK_PAIRS];
    size_t count;
};

/* How many have been seen that are below distance, or at it too. */
static size_t count_below(const struct seen *seen, double distance, bool or_at)
{
    size_t low = 0;
    size_t high = seen->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        double value = seen->sorted[middle];
        if (value < distance || (or_at && value <= distance))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void see(struct seen *seen, double distance)
{
    double *place = seen->sorted + count_below(seen, distance, true);
    size_t behind = (size_t)(seen->sorted + seen->count - place);
    memmove(place + 1, place, behind * sizeof *place);
    *place = distance;
    seen->count++;
}

/* The midrank over n + 1, in levels; at least one, since only zeros score nothing. */
static size_t score_of(const struct seen *seen, double distance)
{
    if (!(distance > 0))
        return 0;
    size_t doubled_midrank =
        count_below(seen, distance, false) + count_below(seen, distance, true) + 1;
    size_t denominator = 2 * (seen->count + 1);
    size_t score = (doubled_midrank * SIGN_WALK_LEVELS + denominator / 2) / denominator;
    return score ? score : 1;
}

/* The pairs that this look is the first to see. */
static void see_look(
    struct sign_walk *walk, struct seen *seen, const double *d, double shift, size_t end)
{
    size_t first = seen->count;
    for (size_t i = first; i < end; i++) {
        assert(isfinite(d[i]));
        see(seen, fabs(d[i] - shift));
    }
    for (size_t i = first; i < end; i++) {
        walk->scores[i] = score_of(seen, fabs(d[i] - shift));
        walk->against[d[i] > shift ? SIGN_BELOW : SIGN_ABOVE] += walk->scores[i];
    }
}

void sign_walk_init(struct sign_walk *walk,
                    const double *d,
                    double shift,
                    const size_t *ends,
                    size_t look_count)
{
    assert(look_count > 0 && look_count <= SIGN_WALK_LOOKS);
    assert(ends[look_count - 1] <= SIGN_WALK_PAIRS);
    assert(isfinite(shift));

    struct seen seen = { .count = 0 };
    *walk = (struct sign_walk){ .look_count = look_count };
    for (size_t look = 0; look < look_count; look++) {
        assert(ends[look] > seen.count);
        walk->ends[look] = ends[look];
        see_look(walk, &seen, d, shift, ends[look]);
    }
}

double sign_walk_tail(const struct sign_walk *walk, enum sign sign)
{
    AUTO_PATTERNS struct patterns patterns = { 0 };
    double tail = 0;

    patterns_init(&patterns, walk->against[sign]);
    for (size_t look = 0; look < walk->look_count; look++)
        throw_coins(&patterns, walk, look);
    for (size_t sum = 0; sum <= patterns.limit; sum++)
        tail += patterns.counts[sum];
    return ldexp(tail, -patterns.coins);
}

/* Takes the patterns with the smallest sums away, as many as the probability room has
 * place for, sum by sum. Returns how many sums are gone; all that are counted may be. */
static size_t take_tail(struct patterns *patterns, double room, double *spent)
{
    double most = ldexp(room, patterns->coins);
    double taken = 0;
    size_t sum = 0;

    while (sum <= patterns->limit && taken + patterns->counts[sum] <= most) {
        taken += patterns->counts[sum];
        patterns->counts[sum++] = 0;
    }
    *spent += ldexp(taken, -patterns->coins);
    return sum;
}

bool sign_walk_crosses(const struct sign_walk *walk,
                       enum sign sign,
                       double level,
                       const double *share)
{
    assert(level < 1);

    AUTO_PATTERNS struct patterns patterns = { 0 };
    double spent = 0;
    bool has_crossed = false;

    patterns_init(&patterns, walk->against[sign]);
    for (size_t look = 0; look < walk->look_count; look++) {
        throw_coins(&patterns, walk, look);
        double room = level * share[look] - spent;
        has_crossed = take_tail(&patterns, room, &spent) > walk->against[sign];
    }
    return has_crossed;
}
