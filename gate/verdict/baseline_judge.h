/* The verdicts of rows that are held against stored sessions. Pure.
 *
 * Every session is another draw of the machine's speed, so what counts is the spread
 * between them (gate/stats/prediction.h), and not how many runs each had. */
#pragma once

#include "gate/config/config.h"
#include "gate/verdict/result.h"

/* One median, of a stored session or of head. */
struct baseline_value {
    double median; /* in the metric's base unit */
    size_t run_count;
    double spread; /* within the session: standard deviation of the runs' logarithms */
};

/* Counts whose runs, and sessions, lie so near to each other are compared outright. */
#define BASELINE_REPEATABLE 1e-4

/* Fills the figures and p-values of a row whose metric is set; a judged one becomes
 * inconclusive with a reason where there are fewer than PREDICTION_LEAST sessions.
 * Returns the standard deviation between the sessions; NAN for fewer than two. */
double baseline_fill(const struct margin *margin,
                     const struct baseline_value *stored,
                     size_t count,
                     const struct baseline_value *head,
                     struct row *row);

/* Corrects the p-values over the rows that are judged and have no verdict yet (Holm),
 * and settles these with their reasons, then each bench's. */
void baseline_settle(double false_alarm, double miss, struct result *result);
