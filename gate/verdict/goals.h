/* Absolute limits, judged on what was measured. Pure. */
#pragma once

#include "gate/experiment/trial.h"
#include "gate/verdict/result.h"

struct bench;

/* Judges the goals of a measured bench, which may be for other machines (struct goal's
 * elsewhere), that apply to its parameters, and adds them to the
 * result. A limit on a median is met when the upper 95 % bound of head's median is within
 * it, missed when the lower one is beyond; one on a 95th percentile likewise (its upper
 * bound needs 59 runs; with fewer the largest run stands for it, and it can only be met
 * or open). */
void goals_judge(const struct trial *trial,
                 const struct bench *bench,
                 struct result *result);
