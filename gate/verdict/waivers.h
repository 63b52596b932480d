/* What waivers make of rows, growths and goals, and what became of each waiver. Pure: the
 * day comes in with the result.
 *
 * A waiver of a row is a wider margin while it holds: the row is measured and judged
 * against what the waiver allows (waived_margin), so that "more than that" is shown, or
 * ruled out, with the error rates of any row. A growth and a goal are judged as ever; a
 * waiver takes back what failed the gate unless the 95 % interval lies beyond it. */
#pragma once

#include "gate/config/bench.h"
#include "gate/config/waiver.h"
#include "gate/verdict/result.h"

/* The margin of a row whose own margin is that, while the waiver holds: the wider of the
 * two, part by part. */
struct margin waived_margin(const struct margin *own, const struct waiver *waiver);

/* A row that was judged by a waived margin. */
struct waived_row {
    const struct waiver *waiver; /* borrowed */
    const char *bench_id;        /* borrowed */
    enum metric metric;
    struct margin own; /* its margin without the waiver */
};
struct waived_rows {
    struct waived_row *items;
    size_t count;
    size_t capacity;
};

struct waiver_rules {
    const struct waivers *waivers; /* head's */
    const struct waivers *base;    /* NULL: not told from head's */
    const struct benches *benches; /* all of the result's */
    const struct waived_rows *rows;
};

/* Settles the rows that the result has verdicts for, its growths and its goals, with the
 * reason; then the benches' verdicts. Adds each waiver to the result with its outcome,
 * by the day of result->started_at. */
void waivers_judge(const struct waiver_rules *rules, struct result *result);
