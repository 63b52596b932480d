/* One whole gate played on a stream: the experiment's loop orders the pairs, the stream
 * answers. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "tests/bench/replay/deal.h"

struct gate_play {
    const struct view *view;
    size_t start;  /* the run that the first pair begins with */
    uint64_t seed; /* of the experiment's coins */
    double margin;
    const double *changes_log; /* of each row: ln(1.05) makes its head 5 % slower */
    size_t rows;
};

struct gate_play_row {
    double p_regressed; /* after Holm */
    double p_ok;
    size_t pairs; /* warm-up included */
};

/* Plays the gate, fills the rows and returns the pairs of all of them. */
size_t gate_play(const struct gate_play *play, struct gate_play_row *rows);
