/* From measured trials to rows with verdicts and reasons. Pure. */
#pragma once

#include "gate/experiment/experiment.h"
#include "gate/verdict/result.h"

struct bench;

/* Adds the bench of a trial, its pairs (copied) and its rows to the result: first the
 * judged ones, then wall, CPU and peak memory for information. Verdicts are still those
 * of each row alone; judge_rows settles them. */
void judge_trial(const struct experiment *experiment,
                 const struct trial *trial,
                 const struct bench *bench,
                 struct result *result);

/* Adds a bench that was not measured: identical, missing, new or failed before the first
 * pair. It counts with the rows that it would have had, but takes no part in the
 * correction. */
void judge_unmeasured(const struct bench *bench,
                      enum verdict verdict,
                      const char *reason,
                      struct result *result);

/* Corrects the p-values over the judged rows of all trials (Holm; each trial of the
 * experiment must have gone through judge_trial) and settles every verdict with its
 * reason, then each bench's. */
void judge_rows(const struct experiment *experiment, struct result *result);

/* Whether inconclusive rows are to fail the gate. */
struct judge_policy {
    bool fails_on_inconclusive;
};

/* Sets result->verdict and result->exit from rows and goals. */
void judge_gate(const struct judge_policy *policy, struct result *result);
