/* What the pairs of one trial say of a single row: on which side of a threshold its
 * change lies, how sure that is, and how large it is. Pure.
 *
 * The pairs may have been measured for another threshold: they are gone through again,
 * look by look, as if they had been for this one. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/config/config.h"
#include "gate/experiment/trial.h"

/* The question. */
struct reading_question {
    const struct margin *margins; /* METRIC_COUNT of them, the row's alone gated: is the
                                   * change beyond it? Borrowed */
    double error;                 /* rate at which either answer may be given */
    size_t max_pairs;
};

enum reading_side {
    READING_OPEN, /* neither shown */
    READING_BELOW,
    READING_BEYOND
};

/* Effects are logs of head / base, of base / head where larger is better: above 0, head
 * is worse. */
struct reading {
    enum reading_side side;
    enum metric metric;
    double p_wrong; /* with a side: the rate at which it would still have been shown */
    enum reading_side lean; /* with or without one: the likelier side, */
    double p_lean;          /* and the same rate for that */
    double effect;          /* Hodges-Lehmann; NAN without pairs */
    double low;             /* 95 % interval; unbounded where the pairs are too few */
    double high;
    size_t pair_count; /* that counted */
};

/* A trial without a row to judge (failed, or the metric was not told) stays open. */
struct reading reading_of(const struct trial *measured,
                          const struct reading_question *question);

/* The one-sided p-values of the pairs' effects against "at most that" and "at least
 * that", as by one look at all of them. */
double reading_p_above(const struct trial *trial, enum metric metric, double effect);
double reading_p_below(const struct trial *trial, enum metric metric, double effect);
