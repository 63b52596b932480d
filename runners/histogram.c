/* A bucket's number is the leading bits of its values' binary form: sign (0), exponent
 * and the first HISTOGRAM_BITS bits of the fraction. These grow with the value, so that
 * finding a bucket is one shift, without a logarithm, and the rounding of none. The whole
 * range of double needs 2 million buckets; there is room for those between the smallest
 * and the largest value, in whole powers of two. */
#include "runners/histogram.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"

#define FRACTION_BITS (DBL_MANT_DIG - 1)
#define SHIFT         (FRACTION_BITS - HISTOGRAM_BITS)
#define OCTAVE        ((size_t)1 << HISTOGRAM_BITS) /* buckets of a power of two */

static size_t bucket_of(double value)
{
    uint64_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    return (size_t)(bits >> SHIFT);
}

static double value_of(uint64_t bits)
{
    double value = 0;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static double highest_in(size_t bucket)
{
    return value_of((((uint64_t)bucket + 1) << SHIFT) - 1);
}

static double middle_of(size_t bucket)
{
    return value_of(((uint64_t)bucket << SHIFT) + ((uint64_t)1 << (SHIFT - 1)));
}

void histogram_clear(struct histogram *histogram)
{
    free(histogram->counts);
    *histogram = (struct histogram){ 0 };
}

/* Room for the buckets from low to high, and all there is already. */
static void make_room(struct histogram *histogram, size_t low, size_t high)
{
    size_t end = histogram->first + histogram->bucket_count;
    if (histogram->counts && low >= histogram->first && high < end)
        return;
    size_t first = low - low % OCTAVE;
    size_t new_end = high - high % OCTAVE + OCTAVE;
    if (histogram->counts) {
        first = histogram->first < first ? histogram->first : first;
        new_end = end > new_end ? end : new_end;
    }
    uint64_t *counts = xcalloc(new_end - first, sizeof *counts);
    if (histogram->counts)
        memcpy(counts + (histogram->first - first), histogram->counts,
               histogram->bucket_count * sizeof *counts);
    free(histogram->counts);
    histogram->counts = counts;
    histogram->first = first;
    histogram->bucket_count = new_end - first;
}

static void see_extremes(struct histogram *histogram, double min, double max)
{
    bool is_first = histogram->total == 0;
    histogram->min = is_first || min < histogram->min ? min : histogram->min;
    histogram->max = is_first || max > histogram->max ? max : histogram->max;
}

void histogram_add(struct histogram *histogram, double value, uint64_t times)
{
    assert(isfinite(value) && value >= 0);
    if (!times)
        return;
    if (value < DBL_MIN) {
        value = 0;
        histogram->zero_count += times;
    } else {
        size_t bucket = bucket_of(value);
        make_room(histogram, bucket, bucket);
        histogram->counts[bucket - histogram->first] += times;
    }
    see_extremes(histogram, value, value);
    histogram->total += times;
}

void histogram_merge(struct histogram *histogram, const struct histogram *other)
{
    if (!other->total)
        return;
    if (other->counts) {
        make_room(histogram, other->first, other->first + other->bucket_count - 1);
        uint64_t *counts = histogram->counts + (other->first - histogram->first);
        for (size_t i = 0; i < other->bucket_count; i++)
            counts[i] += other->counts[i];
    }
    histogram->zero_count += other->zero_count;
    see_extremes(histogram, other->min, other->max);
    histogram->total += other->total;
}

/* ceil(total * part / whole), without the product, which may be too large. */
static uint64_t rank_of(uint64_t total, uint32_t part, uint32_t whole)
{
    uint64_t rest = total % whole * part;
    uint64_t rank = total / whole * part + (rest + whole - 1) / whole;
    return rank ? rank : 1;
}

double
histogram_quantile(const struct histogram *histogram, uint32_t part, uint32_t whole)
{
    assert(whole >= 1 && part <= whole && whole <= UINT32_C(1) << 31);
    uint64_t rank = rank_of(histogram->total, part, whole);
    if (rank <= histogram->zero_count || !histogram->total)
        return 0;
    uint64_t seen = histogram->zero_count;
    for (size_t i = 0; i < histogram->bucket_count; i++) {
        seen += histogram->counts[i];
        if (seen >= rank)
            return fmin(highest_in(histogram->first + i), histogram->max);
    }
    abort();
}

/* How many of the count values in a bucket (or of the zeros, given as bucket 0) are not
 * the smallest or the largest of all, which are steps of their own. */
static uint64_t
others_of(const struct histogram *histogram, size_t bucket, uint64_t count)
{
    bool has_min = bucket_of(histogram->min) == bucket;
    bool has_max = histogram->total > 1 && bucket_of(histogram->max) == bucket;
    return count - has_min - has_max;
}

static struct histogram_step bucket_step(const struct histogram *histogram, size_t i)
{
    size_t bucket = histogram->first + i;
    double middle = fmin(fmax(middle_of(bucket), histogram->min), histogram->max);
    uint64_t others = others_of(histogram, bucket, histogram->counts[i]);
    return (struct histogram_step){ .value = middle, .times = others };
}

/* Step 0 is the smallest value, then come the zeros, the buckets, and the largest. */
static struct histogram_step step_at(const struct histogram *histogram, size_t number)
{
    if (number == 0)
        return (struct histogram_step){ .value = histogram->min, .times = 1 };
    if (number == 1)
        return (struct histogram_step){
            .value = 0, .times = others_of(histogram, 0, histogram->zero_count)
        };
    if (number - 2 < histogram->bucket_count)
        return bucket_step(histogram, number - 2);
    return (struct histogram_step){ .value = histogram->max,
                                    .times = histogram->total > 1 };
}

bool histogram_next(const struct histogram *histogram, struct histogram_step *step)
{
    size_t end = histogram->total ? histogram->bucket_count + 3 : 0;
    for (size_t number = step->next; number < end; number++) {
        struct histogram_step found = step_at(histogram, number);
        if (found.times) {
            found.next = number + 1;
            *step = found;
            return true;
        }
    }
    return false;
}
