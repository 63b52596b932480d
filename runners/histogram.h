/* How often which value was seen, for percentiles of any number of values in little
 * memory: buckets whose width is a fixed share of the value (log-linear, as those of
 * HdrHistogram, G. Tene; the error guarantee is that of DDSketch, Masson, Rim and Lee,
 * VLDB 2019).
 *
 * Nothing is sampled, and nothing is capped: buckets reach as far as the values do, every
 * value counts, and the smallest and the largest are kept as they are.
 *
 * Resolution: values in a bucket differ by less than 2^-10 of the smaller one (0.098 %).
 * A percentile is the highest value of its bucket, so it is never below the true one,
 * above it by less than that share, and never above the largest value. Zeros have a
 * bucket of their own.
 *
 * { 0 } holds no value. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"

#define HISTOGRAM_BITS       10
#define HISTOGRAM_RESOLUTION (1.0 / (1 << HISTOGRAM_BITS))

struct histogram {
    uint64_t *counts;    /* of the buckets from number `first` on */
    size_t first;        /* a bucket's number: exponent and leading bits of its values */
    size_t bucket_count; /* how many there is room for */
    uint64_t zero_count;
    uint64_t total; /* values, zeros among them */
    double min;     /* exact; 0 where there are none, as max */
    double max;
};
void histogram_clear(struct histogram *histogram);
#define AUTO_HISTOGRAM AUTO(histogram_clear)

/* Counts a value `times` times. It must be finite and not negative; below 2^-1022 it is a
 * zero. */
void histogram_add(struct histogram *histogram, double value, uint64_t times);

/* Adds all that other holds: the same as adding its values one by one. */
void histogram_merge(struct histogram *histogram, const struct histogram *other);

/* The quantile at part / whole (99 / 100, 999 / 1000; part at most whole, whole at least
 * 1 and at most 2^31) by nearest rank: the value at rank ceil(part / whole * total), at
 * least 1, of all values in ascending order. So part / whole of them are at or below it
 * (definition 1 of Hyndman and Fan 1996, R's type 1): the 99th percentile of 100 values
 * is the second largest, and no value is made up between two that were seen. 0 where
 * there are no values. */
double
histogram_quantile(const struct histogram *histogram, uint32_t part, uint32_t whole);

/* Walks through what is there, from small to large: the smallest value and the largest
 * alone, as they are, and for each bucket the middle of it with how many it holds
 * otherwise. Adding these to an empty histogram gives this one. Begin with { 0 }. */
struct histogram_step {
    double value;
    uint64_t times;
    size_t next; /* of the walk itself */
};
bool histogram_next(const struct histogram *histogram, struct histogram_step *step)
    MUST_CHECK;
