/* How costs of a pair are told: instructions, samples, or the time of an operation. */
#pragma once

#include <stdbool.h>

#include "gate/explain/profile_pair.h"

struct str;

/* "instructions", "samples", "time"; "are" or "is", "them" or "it" of these; and "run" or
 * "operation", of which they are. */
const char *story_unit(const struct profile_pair *pair);
const char *story_verb(const struct profile_pair *pair);
const char *story_pronoun(const struct profile_pair *pair);
const char *story_whole(const struct profile_pair *pair);

/* Whether they are the time of an operation by parts of its instructions: what others
 * save may be no more than that instructions elsewhere are quicker. */
bool story_is_by_instructions(const struct profile_pair *pair);

/* "5.45 M", "12.3 ns"; and with what it is: "5.45 M instructions", "12.3 ns an
 * operation".
 */
void story_add_size(struct str *text, const struct profile_pair *pair, double cost);
void story_add_amount(struct str *text, const struct profile_pair *pair, double cost);

/* Three standard deviations of the difference of both sides that chance makes of samples
 * (Poisson: the variance of a count is the count, that of a scaled one the factor squared
 * times it); 0 where nothing was sampled. */
double story_noise(const struct profile_pair *pair);
/* How many samples, or instructions, the side's costs were made of. */
double story_counted(const struct profile_pair *pair, enum side side);

/* Whether an operation takes another time on either side, and each function about the
 * same part of it (less than a tenth of the difference went to others). */
bool story_is_alike(const struct profile_pair *pair);
