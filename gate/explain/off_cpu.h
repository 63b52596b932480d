/* Where the time goes that is not spent on a CPU: files and other machines, locks and
 * sleeps, or a busy machine. */
#pragma once

#include <stdbool.h>

#include "gate/verdict/explanation.h"

struct result;

/* How much of what was added the CPU, or one kind of waiting, must have to be why. */
#define OFF_CPU_PART 0.5

/* Whether the bench's time on the clock moved while its CPU time did less than half of
 * that. */
bool off_cpu_is_why(const struct result *result, const struct explanation *explanation);

/* Fills in the figures: the medians of all that tells of waiting and of bytes, of those
 * that the machine counts and either side has any of. */
void off_cpu_gather(const struct result *result, struct explanation *explanation);

/* Adds the sentence: what it waits for, and by which figures. Once the system calls are
 * in the explanation, where they are to be had. */
void off_cpu_tell(struct explanation *explanation);
