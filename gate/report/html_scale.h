/* The axis that all rows of the HTML report share: changes in multiples of each row's
 * margin, worse to the right. Steps get wider with distance (the inverse hyperbolic
 * sine), so that a row just beyond its margin and one fifty times beyond it both show. */
#pragma once

#include "gate/verdict/result.h"

/* A row's change and interval in margins, turned so that worse is above 0; NAN where not
 * known, and infinite where the interval has no bound. */
struct html_span {
    double low;
    double change;
    double high;
};
struct html_span html_span_of(const struct row *row);

/* What the axis reaches to either side: 3, 10, 30, 100 or 300, such that it holds the
 * changes of all judged rows, if one does. */
double html_scale_limit(const struct rows *rows);

/* Where on the axis, 0 .. 1; what lies beyond is at its end. */
double html_scale_at(double margins, double limit);
