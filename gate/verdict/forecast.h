/* What a gate would take, told from a few trial pairs of each bench: how many pairs each
 * row needs, how long that lasts, and how small a margin the budget could pay for.
 * Estimates for people, from the noise seen and the normal approximation of
 * stats/detection.h. Pure. */
#pragma once

#include <stddef.h>

#include "gate/experiment/experiment.h"

/* One judged row. Changes are relative: 0.03 is 3 %. */
struct forecast {
    const char *bench_id; /* borrowed from the experiment, as is runs */
    const char *runs;     /* what is run for it: the same for all benches of a group */
    enum metric metric;
    enum counting
        counting; /* how its pairs are run: rows of one bench share them, or not */
    double margin;
    double noise_sd;        /* robust, of the trial pairs' log ratios */
    double pair_s;          /* what one pair takes */
    double pairs_unchanged; /* until no change is called ok; of counts that repeat, the
                             * two that show it, as below */
    double pairs_doubled;   /* until a change of twice the margin is called regressed */
    double margin_in_reach; /* the smallest at which no change would be called ok within
                             * the bench's even share of the budget and pairs_allowed */
};
struct forecasts {
    struct forecast *items;
    size_t count;
    size_t capacity;
};
#define AUTO_FORECASTS AUTO(forecasts_clear)
void forecasts_clear(struct forecasts *forecasts);

/* The margin at which no change is called ok after so many pairs, nine times in ten, at
 * this noise (robust sd of the log ratios) and miss rate; relative. The inverse of
 * detection_pairs_with_looks for an estimate of no change. */
double forecast_margin(double pairs, double noise_sd, double miss);

/* Appends the judged rows of all trials that have pairs which count. budget_s and
 * pairs_allowed (a bench) are those of the gate that is planned. */
void forecast_rows(const struct experiment *experiment,
                   double budget_s,
                   size_t pairs_allowed,
                   struct forecasts *out);

/* The measuring time of all benches together, each (or each group, whose rows follow each
 * other) as long as its slowest row needs to be called ok, but no longer than
 * pairs_allowed. */
double forecast_total_s(const struct forecasts *forecasts, size_t pairs_allowed);
