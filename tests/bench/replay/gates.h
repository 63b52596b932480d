/* Whole gates replayed, with one row of each slower or none. */
#pragma once

#include <stddef.h>

#include "tests/bench/replay/deal.h"

struct gates_spec {
    size_t rows;
    double margin;
    double change; /* of one row of each gate; 0: none is changed */
    size_t gates;
};

struct gates {
    double cried;  /* share of gates that called a row regressed that is not slower */
    double found;  /* share of gates that called the slower row regressed */
    double ok;     /* share of the unchanged rows that are ok */
    double pairs;  /* a gate, warm-ups included: the mean */
    double slowed; /* pairs of the slower row: the mean */
};

struct gates gates_replay(const struct view *view, const struct gates_spec *spec);
