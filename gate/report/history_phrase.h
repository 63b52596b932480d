/* The words that all ways of showing a history share. */
#pragma once

#include <stdbool.h>

#include "gate/history/history.h"

struct str;

/* "list[n=1000] cpu", cleaned. */
void history_add_name(struct str *out, const struct history_row *row);
/* "3.51 ms", "1.23 M cases/s" */
void history_add_value(struct str *out, const struct history_row *row, double value);
/* "0123456789" */
void history_add_commit(struct str *out, const struct history_commit *commit);
/* "2026-03-04", the committer's day in UTC. */
void history_add_date(struct str *out, const struct history_commit *commit);
/* "+12.3 % (+10.1 .. +14.2), p .003" */
void history_add_change(struct str *out, const struct history_change *change);
/* "182 sessions of 170 commits, 0123456789 (2026-01-02) to fedcba9876 (2026-11-25)" */
void history_add_extent(struct str *out,
                        const struct history *history,
                        const struct history_row *row);
/* "now 3.51 ms, +12.3 % since the first; sessions differ by 2.1 %" */
void history_add_summary(struct str *out, const struct history_row *row);
/* "+4.2 % (+1.0 .. +7.5) since the anchor v1.0 (...)"; nothing without. */
void history_add_creep(struct str *out,
                       const struct history *history,
                       const struct history_row *row);
/* "3 measurements of commits that ... are left out"; nothing where none is. */
void history_add_left_out(struct str *out, const struct history *history);

const struct history_commit *history_commit_at(const struct history *history,
                                               const struct history_row *row,
                                               size_t point);

/* A change to the worse, for the metric. */
bool history_is_worse(const struct history_row *row, double change);
