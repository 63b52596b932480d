/* The figures of a row beside its verdict: estimate, interval, noise, what the run could
 * have seen, and the sentences that say what is left open. Pure. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/experiment/experiment.h"
#include "gate/verdict/result.h"

/* Sets every figure of the row to "unknown" (NAN; unbounded intervals). */
void estimate_forget(struct row *row);

/* Medians, change with its 95 % interval, noise and order bias of row->metric, from the
 * pairs that count. Leaves the row unknown where there are none. */
void estimate_fill(const struct trial *trial, struct row *row);

/* The detection limit of a judged row. For one still in doubt it comes from the width
 * that its pairs reached. One that stopped early because it had its answer would have got
 * more pairs, had the change been larger: its limit is that of the pairs it could have
 * had, at its noise. */
void estimate_detection(const struct experiment *experiment,
                        const struct trial *trial,
                        const struct trial_row *judged,
                        struct row *row);

/* The reason of a row that has no pair. */
#define ESTIMATE_NOT_MEASURED "not measured: the time budget was spent before its turn"

/* For an undecided row: why it stopped, and what would decide it. The caller's. */
char *estimate_what_would_decide(const struct experiment *experiment,
                                 const struct trial *trial,
                                 const struct row *row) MUST_CHECK;

/* For an ok row: "" or that it could only have seen changes much larger than its margin.
 */
char *estimate_caveat(const struct row *row) MUST_CHECK;
