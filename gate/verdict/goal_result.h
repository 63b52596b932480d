/* What became of a goal: part of a result. Plain data. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "runners/metric.h"

enum goal_outcome {
    GOAL_MET,         /* the upper bound is within the limit */
    GOAL_ELSEWHERE,   /* it is for other machines than this */
    GOAL_CANNOT_TELL, /* the limit lies inside the interval, or too few runs */
    GOAL_WAIVED,      /* missed, but that was accepted */
    GOAL_MISSED       /* the lower bound is beyond the limit */
};
/* "met", "not judged", "can't tell", "waived", "missed" */
const char *goal_outcome_name(enum goal_outcome outcome);

/* How a goal's figure stood in earlier sessions of this class of machines, in the
 * metric's base unit. */
struct goal_trend {
    size_t session_count; /* of the latest ones that have the figure; at least 1 */
    char *since;          /* when the first of them was recorded: RFC 3339, UTC */
    double first;         /* the figure in it, a median over its runs */
    double within; /* a movement up to this is what sessions differ by; NAN: they are too
                    * few to tell */
};
/* Whether head's figure is farther from the first one than sessions differ. */
bool goal_trend_is_movement(const struct goal_trend *trend, double value);

/* An absolute limit, judged on head alone. Values in the metric's base unit. */
struct goal_result {
    char *bench_id;
    char *label; /* "wall", "wall_p95", "peak_rss" */
    enum metric metric;
    double limit;
    double value; /* the statistic over head's runs */
    double low;   /* 95 % bounds of it; infinite where the runs are too few */
    double high;
    size_t run_count;
    enum goal_outcome outcome;
    bool was_missed_on_base;  /* then a miss is a warning, not a failure */
    char *reason;             /* what a waiver or the machine has to do with it; "" */
    struct goal_trend *trend; /* NULL: no session has the figure */
};
struct goal_results {
    struct goal_result *items;
    size_t count;
    size_t capacity;
};
/* Whether it fails the gate. */
bool goal_is_missed_anew(const struct goal_result *goal);
/* How far head's figure lies on the right side of the limit; below 0: beyond it. */
double goal_room(const struct goal_result *goal);
void goal_results_clear(struct goal_results *goals);
