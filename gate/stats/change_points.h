/* Where the level of a series changed, for good or for a while.
 *
 * The values are logarithms, in the order of time, so that a change is a ratio. The
 * series is scanned for a change (change_scan.h). Where the scan's p-value is at most
 * alpha, the series is split there, and both parts are scanned again, until no part shows
 * a change: the divisive scheme of Matteson and James, "A nonparametric approach for
 * multiple change point analysis of multivariate data", JASA 109 (2014), with another
 * statistic than their energy distance (docs/evidence.md compares the two, and the
 * t-tests of Hunter). At the end each change is moved to where it fits best between its
 * two neighbours.
 *
 * Where nothing changed, one is found in at most alpha of all series: exactly, if every
 * order of the values is equally likely. Days that resemble their neighbours break that,
 * and are why such methods cry on machines that drift. So what a value has from the one
 * before (autocorrelation.h) is taken off first: what is scanned is x_i - phi x_(i-1).
 *
 * Deterministic: the same values, rule and stream give the same changes. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/stats/change_scan.h"
#include "gate/stats/interval.h"

/* What pawl's commands use. */
#define CHANGE_ALPHA        0.01
#define CHANGE_PERMUTATIONS 299
#define CHANGE_LEAST        5 /* values on either side */

struct change_point {
    size_t index; /* of the first value after the change */
    /* Where else it may lie: the first and last index that the data do not refute at 95
     * %, by the likelihood ratio of Hansen, "Sample splitting and threshold estimation",
     * Econometrica 68 (2000), over the scores. */
    size_t first;
    size_t last;
    double p;
    double before; /* medians, up to the neighbouring changes */
    double after;
    double shift;          /* Hodges and Lehmann's, after less before */
    struct interval range; /* of the shift, 95 %, from the rank sum */
    size_t before_count;   /* values up to the neighbouring changes */
    size_t after_count;
};

struct change_points {
    struct change_point *items; /* ascending */
    size_t count;
    size_t capacity;
    double phi; /* the autocorrelation that was taken off */
};

void change_points_clear(struct change_points *points);
#define AUTO_CHANGE_POINTS AUTO(change_points_clear)

/* Finds the changes of n finite values; what points held before is forgotten. stream
 * tells the shuffles of one series from another's. */
void change_points_find(const double *values,
                        size_t n,
                        const struct change_scan_rule *rule,
                        uint64_t stream,
                        struct change_points *points);
