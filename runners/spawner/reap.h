/* Ending what a run left behind. */
#pragma once

#include <stdbool.h>

/* Kills and reaps every descendant of the spawner: as the spawner adopts orphans, also
 * those that moved to sessions of their own. False where some would not die for seconds.
 */
bool reap_all(void);
