/* What a compared pair of profiles says, in sentences and in tables of a result. */
#pragma once

#include "gate/explain/profile_pair.h"
#include "gate/verdict/explanation.h"

/* Below this share of base's instructions, both sides executed the same. */
#define STORY_SAME 0.0005

/* Profiles that are sampled are told in samples, and only where they differ by more than
 * chance may make them: three standard deviations, of Poisson's counts. Those of an
 * operation are told in time.
 *
 * Fills in the instructions of an explanation, and, where these differ by at least that
 * share of base's (STORY_SAME or more), its functions and lines and the sentence that
 * says where the difference is. */
void story_tell(const struct profile_pair *pair,
                double least,
                struct explanation *explanation);
