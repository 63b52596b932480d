/* --confirm replayed: what regressed is measured again, and both must show it.
 *
 * Each row's head is faster or slower by its true change and by a layout effect: what the
 * places of this build's code and files happen to cost. That effect is one number for all
 * pairs of an experiment, drawn from a normal distribution, and drawn anew for the second
 * one, which builds again. The second experiment runs on another window of the stream. */
#pragma once

#include <stddef.h>

#include "tests/bench/replay/deal.h"

struct confirm_spec {
    size_t rows;
    double margin;
    double change;    /* of one row of each gate; the others are unchanged */
    double layout_sd; /* of the layout effect of each row: 0.01 is 1 % */
    size_t gates;
};

/* Shares of all gates. */
struct confirm {
    double called;  /* the changed row regressed in the first experiment */
    double held;    /* and in the second */
    double cried;   /* an unchanged row regressed in the first */
    double kept_on; /* and the same row in the second */
    double ok;      /* share of the changed rows that are ok */
    double pairs;   /* of the first experiment: the mean */
    double more;    /* of the second: the mean over the gates that had one */
};

struct confirm confirm_replay(const struct view *view, const struct confirm_spec *spec);
