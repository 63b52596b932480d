/* Two witnesses: what the time of a bench and its counted instructions say together.
 * Each lies alone: fewer instructions may take longer, and equal ones another time. */
#pragma once

#include "gate/verdict/explanation.h"

struct result;

/* What moved at least this much, with an interval that is wholly on one side of nothing,
 * has moved. Counts have no interval; they must also be a tenth of the time's change, for
 * less can't be why. */
#define WITNESS_LEAST_TIME   0.01
#define WITNESS_LEAST_COUNTS 0.005
#define WITNESS_LEAST_MEMORY 0.05
#define WITNESS_LEAST_PART   0.1

/* Classifies the bench of the explanation by the result's rows and by the instructions of
 * the explanation's profiles (by the counted ones, where it has none), and adds the
 * sentence that says so. For WITNESS_OFF_CPU it also fills in the figures; the sentence
 * is left to off_cpu_tell. */
void witness_judge(const struct result *result, struct explanation *explanation);
