#include "gate/stats/change_scan.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/random.h"

/* Two orders that should give one value may differ in its last bits. */
#define SAME 1e-9

/* All windows of one length; the weights of their splits are the same. */
struct layer {
    size_t length;
    double penalty;
    double *weights; /* by t, divided by the scores' standard deviation */
};
struct layers {
    struct layer *items;
    size_t count;
    size_t capacity;
    size_t least; /* on either side of a split */
};

static void layers_clear(struct layers *layers)
{
    for (size_t i = 0; i < layers->count; i++)
        free(layers->items[i].weights);
    array_clear(layers);
}

static void add_layer(struct layers *layers, size_t n, size_t length, double sd)
{
    struct layer *layer = array_push(layers);
    layer->length = length;
    layer->penalty = sqrt(2 * (1 + log((double)n / (double)length)));
    layer->weights = xcalloc(length, sizeof *layer->weights);
    for (size_t t = 1; t < length; t++)
        layer->weights[t] =
            sqrt((double)length / ((double)t * (double)(length - t))) / sd;
}

static void layers_init(struct layers *layers, size_t n, size_t least, double sd)
{
    *layers = (struct layers){ .least = least };
    for (size_t length = n; length >= 2 * least; length = (length + 1) / 2)
        add_layer(layers, n, length, sd);
}

struct indexed {
    double value;
    size_t index;
};

static int by_value(const void *a, const void *b)
{
    const struct indexed *one = a;
    const struct indexed *two = b;
    return (one->value > two->value) - (one->value < two->value);
}

double *change_scores(const double *values, size_t n)
{
    AUTO_FREE struct indexed *sorted = xcalloc(n, sizeof *sorted);
    double *scores = xcalloc(n, sizeof *scores);
    for (size_t i = 0; i < n; i++)
        sorted[i] = (struct indexed){ values[i], i };
    qsort(sorted, n, sizeof *sorted, by_value);
    for (size_t first = 0; first < n;) {
        size_t end = first + 1;
        while (end < n && sorted[end].value <= sorted[first].value)
            end++;
        for (size_t i = first; i < end; i++)
            scores[sorted[i].index] = (double)(first + end) - (double)n;
        first = end;
    }
    return scores;
}

static void add_up(const double *scores, size_t n, double *sums)
{
    sums[0] = 0;
    for (size_t i = 0; i < n; i++)
        sums[i + 1] = sums[i] + scores[i];
}

/* sums[t] is what the scores before t add up to. */
static double
difference(const struct layer *layer, const double *sums, double mean, size_t t)
{
    return fabs(sums[t] - sums[0] - (double)t * mean) * layer->weights[t];
}

static double mean_of(const struct layer *layer, const double *sums)
{
    return (sums[layer->length] - sums[0]) / (double)layer->length;
}

/* The largest C of a window. Most of a scan's time is here: both ends at once, so that
 * two maxima don't wait for each other. */
static double largest_in(const struct layer *layer, size_t least, const double *sums)
{
    const double *weights = layer->weights;
    const double *end = sums + layer->length;
    double mean = mean_of(layer, sums);
    double first = sums[0];
    double last = *end;
    double low = 0;
    double high = 0;
    double at = (double)least; /* t, which need not be made a double each time */
    for (size_t t = least; 2 * t <= layer->length; t++, at += 1) {
        double one = fabs(sums[t] - first - at * mean) * weights[t];
        double two = fabs(last - end[-(ptrdiff_t)t] - at * mean) * weights[t];
        low = one > low ? one : low;
        high = two > high ? two : high;
    }
    return high > low ? high : low;
}

/* The first split of a window at which C is value. */
static size_t
split_of(const struct layer *layer, size_t least, const double *sums, double value)
{
    double mean = mean_of(layer, sums);
    size_t t = least;
    while (t < layer->length - least && difference(layer, sums, mean, t) < value - SAME)
        t++;
    return t;
}

struct best {
    double value;
    double c;
    const struct layer *layer;
    size_t first;
};

static struct best scan(const struct layers *layers, const double *sums, size_t n)
{
    struct best best = { .value = -(double)INFINITY };
    for (size_t i = 0; i < layers->count; i++) {
        const struct layer *layer = &layers->items[i];
        size_t step = (layer->length + 3) / 4;
        bool is_last = false;
        for (size_t first = 0; !is_last; first += step) {
            is_last = first + layer->length >= n;
            size_t from = is_last ? n - layer->length : first;
            double c = largest_in(layer, layers->least, sums + from);
            if (c - layer->penalty > best.value + SAME)
                best = (struct best){ c - layer->penalty, c, layer, from };
        }
    }
    return best;
}

/* The least and the largest of so many sums each: no C of a window can be more than the
 * way between those that it touches, times its largest weight. */
enum {
    BLOCK = 16
};
struct block {
    double least;
    double most;
};

static void find_blocks(const double *sums, size_t count, struct block *blocks)
{
    for (size_t i = 0; i < count; i++) {
        struct block *block = &blocks[i / BLOCK];
        if (i % BLOCK == 0)
            *block = (struct block){ sums[i], sums[i] };
        block->least = sums[i] < block->least ? sums[i] : block->least;
        block->most = sums[i] > block->most ? sums[i] : block->most;
    }
}

static double way_within(const struct block *blocks, size_t first, size_t last)
{
    struct block all = blocks[first / BLOCK];
    for (size_t i = first / BLOCK + 1; i <= last / BLOCK; i++) {
        all.least = blocks[i].least < all.least ? blocks[i].least : all.least;
        all.most = blocks[i].most > all.most ? blocks[i].most : all.most;
    }
    return all.most - all.least;
}

struct shuffled {
    double *scores;
    double *sums;
    struct block *blocks;
    size_t n;
};

static bool layer_reaches(const struct layer *layer,
                          size_t least,
                          const struct shuffled *shuffled,
                          double wanted)
{
    size_t step = (layer->length + 3) / 4;
    bool is_last = false;
    for (size_t first = 0; !is_last; first += step) {
        is_last = first + layer->length >= shuffled->n;
        size_t from = is_last ? shuffled->n - layer->length : first;
        double most = way_within(shuffled->blocks, from, from + layer->length) *
                      layer->weights[least];
        if (most >= wanted && largest_in(layer, least, shuffled->sums + from) >= wanted)
            return true;
    }
    return false;
}

/* Whether the value of a shuffled series is at least the one seen: most windows of most
 * shuffles need no look for that. */
static bool
reaches(const struct layers *layers, const struct shuffled *shuffled, double seen)
{
    find_blocks(shuffled->sums, shuffled->n + 1, shuffled->blocks);
    for (size_t i = 0; i < layers->count; i++) {
        const struct layer *layer = &layers->items[i];
        double wanted = seen - SAME + layer->penalty;
        if (layer_reaches(layer, layers->least, shuffled, wanted))
            return true;
    }
    return false;
}

struct shuffler {
    uint64_t seed;
    uint64_t stream;
    uint64_t drawn;
};

/* Fisher and Yates; each draw of 64 bits gives two places. The bias of at most n / 2^32
 * is of no account. */
static void shuffle(double *scores, size_t n, struct shuffler *shuffler)
{
    uint64_t bits = 0;
    for (size_t i = n; i > 1; i--) {
        bits = i % 2 == n % 2
                   ? random_at(shuffler->seed, shuffler->stream, shuffler->drawn++)
                   : bits >> 32;
        size_t other = (size_t)(((bits & 0xffffffffU) * i) >> 32);
        double moved = scores[i - 1];
        scores[i - 1] = scores[other];
        scores[other] = moved;
    }
}

static double p_value(const struct layers *layers,
                      const struct shuffled *shuffled,
                      const struct change_scan_rule *rule,
                      uint64_t stream,
                      double seen)
{
    struct shuffler shuffler = { .seed = rule->seed, .stream = stream };
    double most = rule->alpha * (double)(rule->permutations + 1);
    size_t reached = 1;
    size_t tried = 1;
    while (tried <= rule->permutations && (double)reached <= most) {
        shuffle(shuffled->scores, shuffled->n, &shuffler);
        add_up(shuffled->scores, shuffled->n, shuffled->sums);
        reached += reaches(layers, shuffled, seen);
        tried++;
    }
    return (double)reached / (double)tried;
}

struct change_scan change_scan(const double *values,
                               size_t n,
                               const struct change_scan_rule *rule,
                               uint64_t stream)
{
    const struct change_scan none = { .p = 1 };
    if (n < 2 * rule->least_segment)
        return none;
    AUTO_FREE double *scores = change_scores(values, n);
    double squares = 0;
    for (size_t i = 0; i < n; i++)
        squares += scores[i] * scores[i];
    if (!(squares > 0))
        return none;

    AUTO(layers_clear) struct layers layers;
    AUTO_FREE double *sums = xcalloc(n + 1, sizeof *sums);
    layers_init(&layers, n, rule->least_segment, sqrt(squares / (double)(n - 1)));
    add_up(scores, n, sums);
    struct best best = scan(&layers, sums, n);
    if (!best.layer)
        return none;
    size_t split = split_of(best.layer, layers.least, sums + best.first, best.c);
    AUTO_FREE struct block *blocks = xcalloc(n / BLOCK + 1, sizeof *blocks);
    const struct shuffled shuffled = { scores, sums, blocks, n };
    return (struct change_scan){
        .split = best.first + split,
        .value = best.value,
        .p = p_value(&layers, &shuffled, rule, stream, best.value),
    };
}
