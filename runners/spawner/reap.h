/* Ending what a run left behind. */
#pragma once

#include <stdbool.h>

#include "runners/spawner/leaf.h"
#include "runners/spawner/protocol.h"

/* Kills and reaps every descendant of the spawner: as the spawner adopts orphans, also
 * those that moved to sessions of their own, and what else is in the leaf. What they have
 * cost is added to usage. False where some would not die for seconds. */
bool reap_all(struct leaf *leaf, struct spawner_usage *usage);
