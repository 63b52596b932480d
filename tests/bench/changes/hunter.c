#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/stats/distribution.h"
#include "tests/bench/changes/energy.h"
#include "tests/bench/changes/peers.h"

enum {
    WINDOW = 50
};
#define WEAK   0.01
#define STRONG 0.001

/* Changes in values from first to end, ascending. */
struct changes {
    size_t *items;
    size_t count;
    size_t first;
    size_t end;
};

static size_t bound(const struct changes *changes, size_t i)
{
    if (i == 0)
        return changes->first;
    return i > changes->count ? changes->end : changes->items[i - 1];
}

struct moments {
    double mean;
    double variance; /* divided by n, as Otava's */
    double n;
};

static struct moments moments_of(const double *values, size_t first, size_t end)
{
    struct moments moments = { 0, 0, (double)(end - first) };
    for (size_t i = first; i < end; i++)
        moments.mean += values[i] / moments.n;
    for (size_t i = first; i < end; i++)
        moments.variance += pow(values[i] - moments.mean, 2) / moments.n;
    return moments;
}

/* Student's t-test, two-sided, between the parts on either side of at. */
static double p_between(const double *values, size_t first, size_t at, size_t end)
{
    struct moments a = moments_of(values, first, at);
    struct moments b = moments_of(values, at, end);
    double freedom = a.n + b.n - 2;
    if (freedom <= 0)
        return 1;
    double pooled = ((a.n - 1) * a.variance + (b.n - 1) * b.variance) / freedom;
    double t = fabs(a.mean - b.mean) / sqrt(pooled * (1 / a.n + 1 / b.n));
    return isnan(t) ? 1 : 2 * student_upper(t, freedom);
}

static void insert(struct changes *changes, size_t index)
{
    size_t i = changes->count;
    for (size_t j = 0; j < changes->count; j++) {
        if (changes->items[j] == index)
            return;
    }
    changes->count++;
    for (; i > 0 && changes->items[i - 1] > index; i--)
        changes->items[i] = changes->items[i - 1];
    changes->items[i] = index;
}

/* The best split of all parts, and the part that it is in. */
static struct energy_split
best_split(const double *values, const struct changes *window, size_t *part)
{
    struct energy_split best = { 0, 0 };
    for (size_t i = 0; i <= window->count; i++) {
        size_t first = bound(window, i);
        struct energy_split split =
            energy_best_split(values + first, bound(window, i + 1) - first, 1);
        if (split.split && split.q > best.q) {
            best = (struct energy_split){ first + split.split, split.q };
            *part = i;
        }
    }
    return best;
}

static void find_in_window(const double *values, struct changes *window)
{
    for (;;) {
        size_t part = 0;
        struct energy_split best = best_split(values, window, &part);
        if (!best.split || p_between(values, bound(window, part), best.split,
                                     bound(window, part + 1)) > WEAK)
            return;
        insert(window, best.split);
    }
}

static void split(const double *values, struct changes *all)
{
    size_t start = 0;
    while (start < all->end) {
        size_t indexes[WINDOW];
        size_t end = start + WINDOW < all->end ? start + WINDOW : all->end;
        struct changes window = { indexes, 0, start, end };
        find_in_window(values, &window);
        for (size_t i = 0; i < window.count; i++)
            insert(all, indexes[i]);
        size_t last = window.count ? indexes[window.count - 1] : 0;
        start = last > start + WINDOW / 2 ? last : start + WINDOW / 2;
    }
}

/* The change with the largest p. */
static size_t weakest_of(const double *values, const struct changes *all, double *p)
{
    size_t weakest = 0;
    *p = -1;
    for (size_t i = 0; i < all->count; i++) {
        double own = p_between(values, bound(all, i), all->items[i], bound(all, i + 2));
        if (own > *p) {
            *p = own;
            weakest = i;
        }
    }
    return weakest;
}

static void merge(const double *values, struct changes *all)
{
    while (all->count) {
        double p = 0;
        size_t weakest = weakest_of(values, all, &p);
        if (p < STRONG)
            return;
        all->count--;
        memmove(all->items + weakest, all->items + weakest + 1,
                (all->count - weakest) * sizeof *all->items);
    }
}

size_t hunter_find(const double *values, size_t n, size_t *found)
{
    struct changes all = { found, 0, 0, n };
    split(values, &all);
    merge(values, &all);
    return all.count;
}
