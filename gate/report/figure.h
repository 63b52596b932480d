/* A row's interval drawn against its margin, in characters of one width:
 *
 *     ······│···┊···│·[=#=]
 *
 * "┊" is no change, "│" the margin to either side, "[=#=]" the interval with the estimate
 * in it; "<" and ">" stand at an end where it goes on. Worse is always to the right. */
#pragma once

#include "gate/verdict/result.h"

struct str;

enum {
    FIGURE_WIDTH = 21
};

void figure_add(struct str *out, const struct row *row);

/* What the signs mean, in one line. */
#define FIGURE_LEGEND \
    "┊ no change, │ the margin, [=#=] the interval; worse is to the right"
