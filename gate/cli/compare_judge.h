/* Tests and verdicts of compared rows. */
#pragma once

#include "gate/cli/compare.h"

/* Medians, estimate, interval and p-values of a row; its counts are set. */
void judge_two_samples(const struct comparison *comparison,
                       struct comparison_row *row,
                       const struct series *base,
                       const struct series *head);
void judge_pairs(const struct comparison *comparison,
                 struct comparison_row *row,
                 const struct paired_series *pairs);

/* Corrects the p-values over the rows that have no verdict yet, gives each its verdict
 * and reason, sorts the rows (worst first, the order of the files among equals) and sets
 * verdict and exit of the whole. */
void judge_comparison(struct comparison *comparison);
