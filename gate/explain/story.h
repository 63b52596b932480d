/* What a compared pair of profiles says, in sentences and in tables of a result. */
#pragma once

#include "gate/explain/profile_pair.h"
#include "gate/verdict/explanation.h"

/* Below this share of base's instructions, both sides executed the same. */
#define STORY_SAME 0.0005

/* Fills in the instructions, functions, lines and source of an explanation, and adds the
 * sentences that say where the difference is: nothing where there is none. */
void story_tell(const struct profile_pair *pair, struct explanation *explanation);
