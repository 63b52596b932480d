/* From a stream to the samples of one replay: a window of consecutive runs is dealt to
 * base and head, and head's runs are multiplied by one plus the change. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "tests/bench/replay/peers.h"
#include "tests/bench/replay/stream.h"

/* One column of a stream. */
struct view {
    const char *stream; /* its name: coins and windows are drawn for it */
    const struct series *series;
    double second_costs; /* every other run takes so much longer */
};

struct view view_of_cpu(const struct stream *stream);
struct view view_of_wall(const struct stream *stream);

/* The run at index of the window that a replay starts at; beyond the end it goes on at
 * the stream's beginning. */
double view_run(const struct view *view, size_t start, size_t index);

/* Where the window of a replay starts; the same for all rules that need runs runs. */
size_t deal_start(const struct view *view, size_t runs, uint64_t replay);

/* Deals 2 n runs in a peer's design. base and head have room for n. */
void deal_sides(const struct view *view,
                size_t start,
                enum design design,
                size_t n,
                double *base,
                double *head);

/* Deals pairs by coins of the replay's own, and fills d with ln(head) - ln(base). */
void deal_pairs(
    const struct view *view, size_t start, uint64_t replay, size_t pairs, double *d);
