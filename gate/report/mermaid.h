/* A line over a few points as a chart that GitHub draws from text (mermaid's xychart, in
 * the form that its versions 10.6 to 12 read). Nothing foreign goes into it: labels are
 * numbers and words of our own. */
#pragma once

#include <stddef.h>

struct str;

/* More would not be read on a phone. */
enum {
    MERMAID_POINTS = 20
};

struct mermaid_line {
    const char *x_title; /* plain words, as are the labels and the unit */
    const char *unit;
    const char *const *labels; /* one a point */
    const double *values;      /* 2 to MERMAID_POINTS, finite, of at most 1e9 */
    size_t count;
    double limit; /* drawn as a straight line; NAN: none */
    double low;   /* of the axis; below high */
    double high;
};

/* Appends the chart as a fenced block. Its colours are its own: the palette of a theme
 * has a first line that is not to be seen on white. */
void mermaid_add_line(struct str *out, const struct mermaid_line *line);
