/* The words and numbers that all reports share. Plain text, not yet escaped: what comes
 * from outside is cleaned by who shows it. Numbers that are unknown or without bound
 * read "?". */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/verdict/result.h"

struct str;

/* "1 row", "2 rows". */
void phrase_add_count(struct str *out, size_t count, const char *noun);

/* "list[n=1000] cpu" */
void phrase_add_row_name(struct str *out, const struct row *row);

/* "12.3 ms" */
void phrase_add_value(struct str *out, enum metric metric, double value);

/* The same for a value of the row: "1.23 M cases/s" where it says what it counts. */
void phrase_add_row_value(struct str *out, const struct row *row, double value);

/* "2 %", without a sign */
void phrase_add_share(struct str *out, double share);

/* "+3.1 %", and with its interval "+3.1 % (+2.7 .. +3.5)" */
void phrase_add_change(struct str *out, double change);
void phrase_add_interval(struct str *out, double low, double high);

/* What a goal's limit is: "at most", and "at least" where larger is better. */
const char *phrase_limit(enum metric metric);

/* "612 ms (598 ms .. 630 ms)" */
void phrase_add_goal_value(struct str *out, const struct goal_result *goal);

/* How many characters of a commit's name are shown, and what follows for a work tree. */
enum {
    SHOWN_COMMIT = 10
};
#define PHRASE_DIRTY " with uncommitted changes"

/* How often the decision may be wrong, in two sentences; and "took 4.20 min, 3.12 min of
 * it measuring". */
void phrase_add_error_rates(struct str *out, const struct result *result);
void phrase_add_elapsed(struct str *out, const struct result *result);

/* "4 CPUs, 15.6 GiB, kernel 6.1.0, governor performance, boost on, kvm": without the
 * CPU's name, which comes first in every report. Unknown parts are left out. */
void phrase_add_machine(struct str *out, const struct machine *machine);

/* "3 of 120 pairs were thrown away: 2 as ..., 1 as ..."; nothing where none was. */
void phrase_add_discards(struct str *out, const struct result *result);

/* How many benches had their sides run at the same time; nothing where none had. */
void phrase_add_together(struct str *out, const struct result *result);

/* What the machine did around all pairs: load, other programs, pressure, frequency. In
 * parts with ';' between; nothing where that was not watched. */
void phrase_add_surroundings(struct str *out, const struct result *result);

/* How a verdict is named in front of people. */
const char *phrase_verdict(enum verdict verdict);
