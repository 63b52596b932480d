/* The words that the forms of a comparison share. */
#pragma once

#include "gate/cli/compare.h"

/* "No: 1 of 3 rows got worse by more than 2 %." */
void compare_add_headline(struct str *out, const struct comparison *comparison);

/* "12.3 ms"; "?" for NAN. */
void compare_add_value(struct str *out, enum series_unit unit, double value);

/* "12 and 15 values", "40 pairs"; "" where one side has none. */
void compare_add_counts(struct str *out,
                        const struct comparison *comparison,
                        const struct comparison_row *row);

/* "+3.1 % (+2.7 .. +3.5)"; "" where it is not known. */
void compare_add_change(struct str *out, const struct comparison_row *row);

/* How often the verdicts may be wrong. */
void compare_add_error_rates(struct str *out, const struct comparison *comparison);
