/* A session as `pawl run` makes it, for tests. */
#pragma once

#include "gate/store/session.h"

/* Two benches, three rows, one gap, of a Xeon with two CPUs. The caller clears it. */
void fixture_session(struct session *out);
/* The same with a base, and with changes on the head's first row. */
void fixture_check(struct session *out);
/* Another commit, at another time, both told by number (0 .. 99). */
void fixture_renumber(struct session *session, unsigned number);
