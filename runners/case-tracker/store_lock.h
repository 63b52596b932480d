/* One writer at a time for a store that is replaced as a whole: without it the second of
 * two writers would undo the first one's change. */
#pragma once

#include "gate/base/attributes.h"

struct error;

/* A descriptor that holds the lock on the file that path names now; closing it lets go.
 * Waits for other writers. -1 where the file can't be opened. */
int store_lock(const char *path, struct error *err) MUST_CHECK;
