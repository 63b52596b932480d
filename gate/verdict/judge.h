/* From measured trials to rows with verdicts and reasons. Pure. */
#pragma once

#include "gate/experiment/experiment.h"
#include "gate/verdict/result.h"

struct bench;

/* Adds the bench of a trial, its pairs (copied) and its rows to the result: first the
 * judged ones, then wall, CPU, peak memory and what else the runs told of operations and
 * throughput for information. A trial that counts adds its rows to the bench that was
 * added last, which is the same one. Verdicts are still those of each row alone;
 * judge_rows settles them. */
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

/* Raises each bench's verdict to the worst of its rows. */
void judge_benches(struct result *result);

/* What the second measurement (result->confirm, if any) says of the rows that regressed:
 * they stay so where it finds the same; else they are inconclusive, or failed as it did,
 * and the reason shows both estimates. */
void judge_confirmation(struct result *result);

/* Gives the rows of a control that discredit the measurement their reasons: how far base
 * is from its copy, and what is known of the cause. */
void judge_control(struct second_opinion *control);

/* Which rows are to fail the gate beside those that regressed. */
struct judge_policy {
    bool fails_on_inconclusive;
    bool fails_on_layout; /* with the exit of a regression */
};

/* Sets result->verdict and result->exit from rows, goals and growths; where the control
 * discredits them, to failed and not measured; where a growth is worse, to regressed at
 * least. */
void judge_gate(const struct judge_policy *policy, struct result *result);
