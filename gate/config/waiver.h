/* Waivers: regressions that somebody has accepted, for a reason and until a day.
 *
 * One is for a row (bench x metric), for the growth of a benchmark, or for a goal, and
 * says how far that may be worse. Pure. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"
#include "gate/config/config.h"

/* What a waiver accepts. Named as reports name it: "cpu", "growth of cpu", "goal of
 * wall_p95". */
enum waiver_kind {
    WAIVER_ROW,    /* a change beyond the row's margin */
    WAIVER_GROWTH, /* an exponent above base's */
    WAIVER_GOAL    /* a goal missed */
};

struct waiver {
    char *row; /* a bench's id or a benchmark's name, '*' and '?' are wild */
    enum waiver_kind kind;
    enum metric metric;
    enum goal_statistic statistic; /* WAIVER_GOAL */
    char *metric_text;             /* as written: "growth of cpu" */
    struct margin up_to; /* WAIVER_ROW: what it may change by, in place of its margin */
    double bound;        /* WAIVER_GROWTH: by how much the exponent may be above base's;
                          * WAIVER_GOAL: the limit in the goal's place, in base units */
    char *up_to_text;    /* for people: "5 %", "5 % or 1.00 MiB", "0.3", "620 ms" */
    char *reason;
    char *owner;
    char *until; /* the last day on which it holds, UTC: "2027-01-31" */
    char *place; /* of its row, for messages: "in 'pawl.json', line 4, column 5" */
};

void waivers_clear(struct waivers *waivers);

/* What a waiver may be for. */
struct waived {
    enum waiver_kind kind;
    enum metric metric;
    enum goal_statistic statistic; /* WAIVER_GOAL */
    const char *id;                /* the bench's, or the growth's name */
    const char *benchmark;         /* its benchmark's name */
};
/* Whether the waiver speaks of it, expired or not. */
bool waiver_is_for(const struct waiver *waiver, const struct waived *what);

/* Whether it holds on a day ("2026-11-26", UTC): up to its last day and on it. */
bool waiver_is_in_force(const struct waiver *waiver, const char *today);

/* Whether config has one that says the same; reasons and all. */
bool waivers_have(const struct waivers *waivers, const struct waiver *like);
